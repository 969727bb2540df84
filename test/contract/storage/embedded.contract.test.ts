import { describe, test } from 'vitest';
import { allCases } from './cases/all.ts';
import { onEmbedded } from './embedded.ts';

describe('storage contract: embedded', () => {
  for (const { title, run } of allCases) test(title, () => onEmbedded(run));
});
