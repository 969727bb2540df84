import { z } from 'zod';
import { bothLanguages } from './issueWords.ts';

/** By this scripts and reports know a thing of a list; it never changes. */
export const code = z
  .string()
  .regex(
    /^[a-z][A-Za-z0-9-]{0,59}$/,
    bothLanguages(
      'код: латинские буквы, цифры и дефис, с маленькой буквы',
      'a code: Latin letters, digits and hyphens, a small letter first',
    ),
  );
