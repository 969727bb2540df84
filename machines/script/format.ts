import { z } from 'zod';
import { conditionSchema } from './schema/condition.ts';
import { choiceSchema, reactionsSchema, stepSchema } from './schema/step.ts';
import { clientKindSchema, idSchema, languageSchema, localTextSchema } from './schema/text.ts';

/** The format that this code writes; older files are brought up by `migrations/`, newer ones are refused. */
export const FORMAT_VERSION = 1;

const appliesTo = z
  .strictObject({
    directions: z
      .array(z.enum(['inbound', 'outbound', 'internal']))
      .min(1)
      .exactOptional(),
    queues: z.array(z.string().min(1).max(80)).min(1).exactOptional().meta({ description: 'Очереди АТС; нет — любые' }),
    clientKinds: z.array(clientKindSchema).min(1).exactOptional(),
    workingHours: z
      .boolean()
      .exactOptional()
      .meta({ description: 'true: только в рабочее время, false: только вне его' }),
    when: conditionSchema.exactOptional(),
    priority: z
      .int()
      .min(0)
      .max(100)
      .exactOptional()
      .meta({ description: 'Кто важнее, если подходят несколько; по умолчанию 0' }),
  })
  .meta({ description: 'Для каких звонков сценарий выбирается сам. Нет — только вложенный или открытый вручную.' });

/**
 * A script as its author writes it in YAML. Texts may hold `{variables}` and `[optional parts]`; see
 * `scripts-library/README.md`. Nothing in it is ever run as code.
 */
export const scriptSchema = z
  .strictObject({
    formatVersion: z.literal(FORMAT_VERSION),
    id: idSchema,
    title: localTextSchema,
    description: localTextSchema.exactOptional(),
    languages: z.array(languageSchema).min(1).max(2).meta({ description: 'Языки; первый — основной' }),
    clauses: z
      .array(z.string().min(1).max(20))
      .max(30)
      .exactOptional()
      .meta({ description: 'Пункты Порядка, которые исполняет' }),
    appliesTo: appliesTo.exactOptional(),
    start: idSchema.meta({ description: 'Первый шаг' }),
    mainPath: z
      .array(z.union([idSchema, z.array(idSchema).min(1).max(40)]))
      .max(20)
      .exactOptional()
      .meta({ description: 'Этапы по порядку для «шаг 3 из 6»; этап — шаг или несколько шагов' }),
    on: reactionsSchema.exactOptional().meta({ description: 'Реакции для всех шагов; шаг может задать свою' }),
    everywhere: z
      .array(choiceSchema)
      .max(12)
      .exactOptional()
      .meta({ description: 'Особые ситуации: выбор, доступный на каждом шаге (клиент молчит, расстроен…)' }),
    steps: z.array(stepSchema).min(1).max(1000),
    tags: z.array(idSchema).max(10).exactOptional(),
  })
  .meta({ title: 'Сценарий разговора', description: 'Сценарий телефонного разговора, formatVersion 1' });
