import { z } from 'zod';

/** Ids of scripts, steps, choices and fields: kept for ever, because reports and live calls refer to them. */
export const idSchema = z
  .string()
  .regex(/^[a-z][A-Za-z0-9-]{0,59}$/)
  .meta({ description: 'Латиница, цифры и дефис, с маленькой буквы. Не меняется никогда: на него ссылаются отчёты.' });

export const languageSchema = z.enum(['ru', 'en']);

const plainText = z.string().min(1).max(2000);

/** A text in one or several languages. A bare string is in the script's first language. */
export const localTextSchema = z
  .union([
    plainText,
    z
      .strictObject({ ru: plainText.exactOptional(), en: plainText.exactOptional() })
      .refine((text) => text.ru ?? text.en, {
        message: 'text.empty',
      }),
  ])
  .meta({ description: 'Текст: строка на основном языке сценария или { ru: …, en: … }.' });

/** `90s`, `2m`, `1h`, or in Russian letters `90с`, `2мин`, `1ч`. */
export const durationSchema = z
  .string()
  .regex(/^\d{1,5} ?(s|m|h|с|сек|м|мин|ч)$/)
  .meta({ description: 'Длительность: 90с, 2мин, 1ч (или 90s, 2m, 1h).' });

export const dayPartSchema = z.enum(['morning', 'day', 'evening', 'night']);
export const clientKindSchema = z.enum(['external', 'internal']);
