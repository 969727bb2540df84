import type { Language } from '../../../machines/vocabulary/index.ts';
import { en } from './en.ts';
import { ru } from './ru.ts';

/** What reports and their files say, in one language. */
export type ReportWords = typeof ru;
const WORDS: Readonly<Record<Language, ReportWords>> = { ru, en };
export const reportWords = (language: Language): ReportWords => WORDS[language];
