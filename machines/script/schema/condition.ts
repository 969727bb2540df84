import { z } from 'zod';
import { KNOWN_NAMES } from '../variables.ts';

const scalar = z.union([z.string().max(200), z.number(), z.boolean()]);
const list = z.array(scalar).min(1).max(50);

const operators = {
  is: scalar.exactOptional().meta({ description: 'Равно' }),
  isNot: scalar.exactOptional().meta({ description: 'Не равно (и когда значения нет)' }),
  in: list.exactOptional().meta({ description: 'Одно из перечисленных' }),
  notIn: list.exactOptional().meta({ description: 'Ни одно из перечисленных (и когда значения нет)' }),
  gt: z
    .union([z.number(), z.string().max(40)])
    .exactOptional()
    .meta({ description: 'Больше (число или дата)' }),
  gte: z
    .union([z.number(), z.string().max(40)])
    .exactOptional()
    .meta({ description: 'Больше или равно' }),
  lt: z
    .union([z.number(), z.string().max(40)])
    .exactOptional()
    .meta({ description: 'Меньше' }),
  lte: z
    .union([z.number(), z.string().max(40)])
    .exactOptional()
    .meta({ description: 'Меньше или равно' }),
  filled: z.boolean().exactOptional().meta({ description: 'true: значение есть, false: значения нет' }),
  includes: scalar.exactOptional().meta({ description: 'Список содержит (отмечено в чек-листе) или текст содержит' }),
};

const fieldTest = z
  .strictObject({ field: z.string().min(1).max(60).meta({ description: 'Поле вопроса' }), ...operators })
  .meta({ description: 'Условие на ответ клиента: поле и сравнение. Несколько сравнений — все должны выполняться.' });
const knownTest = z
  .strictObject({ known: z.enum(KNOWN_NAMES).meta({ description: 'Что известно о звонке' }), ...operators })
  .meta({ description: 'Условие на то, что известно о звонке.' });

/** `{ all | any | not }` over tests of answers and of what is known. Data only: nothing is ever evaluated as code. */
export type Condition =
  | z.infer<typeof fieldTest>
  | z.infer<typeof knownTest>
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition };

export type Operators = { [Name in keyof typeof operators]?: z.infer<(typeof operators)[Name]> };

const several = z.lazy(() => z.array(conditionSchema).min(1).max(20));

export const conditionSchema: z.ZodType<Condition> = z
  .lazy(() =>
    z.union([
      fieldTest,
      knownTest,
      z.strictObject({ all: several }).meta({ description: 'Выполняются все' }),
      z.strictObject({ any: several }).meta({ description: 'Выполняется хотя бы одно' }),
      z.strictObject({ not: conditionSchema }).meta({ description: 'Не выполняется' }),
    ]),
  )
  .meta({ id: 'Condition', description: 'Условие: { field | known, сравнение } или all / any / not.' });
