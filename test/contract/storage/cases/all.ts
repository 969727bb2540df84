import type { Case } from '../harness.ts';
import { documentCases } from './documents.ts';
import { journalCases } from './journal.ts';
import { queryCases } from './queries.ts';
import { schemaCases } from './schema.ts';
import { toolCases } from './tools.ts';

/** What every engine must show. */
export const allCases: readonly Case[] = [
  ...documentCases,
  ...journalCases,
  ...queryCases,
  ...schemaCases,
  ...toolCases,
];
