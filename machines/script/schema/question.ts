import { z } from 'zod';
import { FILLS } from '../names.ts';
import { conditionSchema } from './condition.ts';
import { idSchema, localTextSchema } from './text.ts';

const option = z.strictObject({
  value: z.string().min(1).max(60),
  label: localTextSchema.meta({ description: 'Как показать; в чек-листе — сам наводящий вопрос' }),
  when: conditionSchema.exactOptional(),
});

const common = {
  field: idSchema.meta({
    description: 'Имя поля: под ним ответ сохраняется и читается условиями и текстом {field.имя}',
  }),
  label: localTextSchema.meta({ description: 'Подпись поля' }),
  required: z.boolean().exactOptional().meta({ description: 'Без ответа дальше нельзя (кроме выбора с declined)' }),
  when: conditionSchema.exactOptional().meta({ description: 'Когда вопрос нужен' }),
  fills: z.enum(FILLS).exactOptional().meta({ description: 'Что ответ сообщает остальной системе' }),
  learned: z.boolean().exactOptional().meta({ description: 'false: не показывать в колонке «что уже известно»' }),
};

export const questionSchema = z
  .discriminatedUnion('type', [
    z.strictObject({
      ...common,
      type: z.literal('text'),
      minLength: z.int().min(1).max(500).exactOptional(),
      maxLength: z.int().min(1).max(2000).exactOptional().meta({ description: 'По умолчанию 500' }),
      format: z.enum(['name', 'email']).exactOptional().meta({ description: 'name: имя и отчество; email: почта' }),
    }),
    z.strictObject({
      ...common,
      type: z.literal('phone'),
      extensions: z.boolean().exactOptional().meta({ description: 'true: годится и внутренний номер из 2–6 цифр' }),
    }),
    z.strictObject({
      ...common,
      type: z.literal('date'),
      notBefore: z
        .string()
        .regex(/^(today|\d{4}-\d{2}-\d{2})$/)
        .exactOptional()
        .meta({ description: 'today или ГГГГ-ММ-ДД' }),
      notAfter: z
        .string()
        .regex(/^(today|\d{4}-\d{2}-\d{2})$/)
        .exactOptional()
        .meta({ description: 'today или ГГГГ-ММ-ДД' }),
    }),
    z.strictObject({
      ...common,
      type: z.literal('number'),
      min: z.number().exactOptional(),
      max: z.number().exactOptional(),
      fraction: z.boolean().exactOptional().meta({ description: 'true: можно дробное' }),
    }),
    z.strictObject({ ...common, type: z.literal('choice'), options: z.array(option).min(2).max(60) }),
    z.strictObject({
      ...common,
      type: z.literal('checklist'),
      options: z.array(option).min(1).max(20),
      atLeast: z
        .int()
        .min(1)
        .max(20)
        .exactOptional()
        .meta({ description: 'Сколько отметить; по умолчанию 1, если required' }),
    }),
  ])
  .meta({ id: 'Question', description: 'Вопрос клиенту: поле, которое заполняет оператор.' });
