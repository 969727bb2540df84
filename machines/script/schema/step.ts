import { z } from 'zod';
import { ASKED_EFFECTS, DEADLINE_RULES, REACTION_FACTS } from '../names.ts';
import { STEP_KINDS } from '../view.ts';
import { conditionSchema } from './condition.ts';
import { questionSchema } from './question.ts';
import { clientKindSchema, dayPartSchema, durationSchema, idSchema, languageSchema, localTextSchema } from './text.ts';

const wording = z
  .union([
    localTextSchema,
    z.strictObject({
      text: localTextSchema,
      when: conditionSchema.exactOptional(),
      dayPart: z.array(dayPartSchema).min(1).exactOptional(),
      clientKind: clientKindSchema.exactOptional(),
      language: languageSchema.exactOptional(),
      otherwise: z
        .literal(true)
        .exactOptional()
        .meta({ description: 'Только если ни одна формулировка выше не подошла' }),
    }),
  ])
  .meta({
    id: 'Wording',
    description: 'Что сказать: текст или текст с условием (when, dayPart, clientKind, language).',
  });

const say = z.union([localTextSchema, z.array(wording).min(1).max(12)]);

const hint = z.union([localTextSchema, z.strictObject({ text: localTextSchema, when: conditionSchema })]);

/** Where to go: a step, `return` from a sub-script or side path, or a `call` that comes back. */
const target = {
  to: idSchema
    .exactOptional()
    .meta({ description: 'Шаг этого сценария; return — вернуться туда, откуда вызвали; stay — остаться' }),
  call: z
    .strictObject({
      script: idSchema.exactOptional().meta({ description: 'Вложенный сценарий' }),
      step: idSchema.exactOptional().meta({ description: 'Или побочный шаг этого же сценария' }),
      returnTo: idSchema.exactOptional().meta({ description: 'Куда вернуться; по умолчанию на этот же шаг' }),
    })
    .exactOptional()
    .meta({ description: 'Уйти в сторону и вернуться (return)' }),
};

const effects = z.array(z.enum(ASKED_EFFECTS)).max(5).exactOptional();
const setFields = z.record(idSchema, z.union([z.string().max(500), z.number(), z.boolean()])).exactOptional();

export const choiceSchema = z
  .strictObject({
    id: idSchema,
    label: localTextSchema.meta({ description: 'Кнопка: что ответил клиент или что делает оператор' }),
    ...target,
    when: conditionSchema
      .exactOptional()
      .meta({ description: 'Когда кнопка работает; иначе она серая и показан whyNot' }),
    whyNot: localTextSchema.exactOptional().meta({ description: 'Почему нельзя и что можно вместо этого' }),
    shown: conditionSchema.exactOptional().meta({ description: 'Когда кнопка вообще показана' }),
    declined: z
      .literal(true)
      .exactOptional()
      .meta({ description: 'Клиент не стал отвечать: обязательные поля не нужны' }),
    set: setFields.meta({ description: 'Записать значения в поля' }),
    effects,
    tags: z.array(idSchema).max(10).exactOptional(),
  })
  .meta({ id: 'Choice', description: 'Выбор оператора: кнопка с цифрой.' });

const reaction = z.strictObject({ ...target, when: conditionSchema.exactOptional(), set: setFields, effects });

export const reactionsSchema = z
  .partialRecord(z.enum(REACTION_FACTS), z.union([idSchema, reaction, z.array(reaction).min(1).max(10)]))
  .meta({ description: 'Что делать, когда на линии что-то произошло: факт → шаг (или to/call с условием).' });

export const stepSchema = z
  .strictObject({
    id: idSchema,
    kind: z.enum(STEP_KINDS),
    title: localTextSchema,
    say: say.exactOptional().meta({ description: 'Что сказать вслух' }),
    trial: say.exactOptional().meta({
      description: 'Вторая формулировка на испытании: по жребию её вместо say слышит половина звонков',
    }),
    hints: z
      .union([localTextSchema, z.array(hint).min(1).max(8)])
      .exactOptional()
      .meta({ description: 'Подсказки, не для чтения вслух' }),
    questions: z.array(questionSchema).min(1).max(12).exactOptional(),
    choices: z
      .array(choiceSchema)
      .min(1)
      .max(20)
      .exactOptional()
      .meta({ description: 'Кнопки; показанных не больше 9' }),
    on: reactionsSchema.exactOptional(),
    limit: z
      .strictObject({
        after: durationSchema,
        remind: localTextSchema.exactOptional().meta({ description: 'Что напомнить оператору' }),
        to: idSchema.exactOptional().meta({ description: 'На какой шаг перейти' }),
      })
      .exactOptional()
      .meta({ description: 'Предел времени на шаге' }),
    hold: z
      .strictObject({ offer: z.array(durationSchema).min(1).max(6) })
      .exactOptional()
      .meta({ description: 'Шаг удержания: какие сроки возврата предложить' }),
    callback: z
      .strictObject({ rule: z.enum(DEADLINE_RULES) })
      .exactOptional()
      .meta({ description: 'Шаг обратного звонка: по какому правилу предложить срок' }),
    contactPoints: z.array(idSchema).max(20).exactOptional().meta({ description: 'Какие точки контакта показать' }),
    topic: idSchema.exactOptional().meta({ description: 'Тема для базы знаний, если не из поля inquiry.topic' }),
    next: z
      .strictObject({
        what: localTextSchema,
        by: localTextSchema.exactOptional(),
        who: localTextSchema.exactOptional(),
      })
      .exactOptional()
      .meta({ description: 'Чем кончилось для клиента: что будет дальше, к какому сроку, кто отвечает (п. 1.4)' }),
    outcome: z.enum(['satisfied', 'unsatisfied', 'none']).exactOptional().meta({
      description: 'Конец разговора: потребность удовлетворена, нет, или разговор не состоялся (тогда because)',
    }),
    because: localTextSchema
      .exactOptional()
      .meta({ description: 'Почему сценарий кончился без одного из двух прощаний' }),
    disposition: z
      .string()
      .min(1)
      .max(80)
      .exactOptional()
      .meta({ description: 'Итог звонка, который предложить оператору' }),
    tags: z.array(idSchema).max(10).exactOptional(),
  })
  .meta({ id: 'Step', description: 'Шаг сценария.' });
