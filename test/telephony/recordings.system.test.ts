import { writeFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { asteriskRoot } from '../support/asterisk/asteriskRoot.ts';
import { scenarios } from '../support/asterisk/scenarios.ts';
import { openStage } from '../support/asterisk/stage.ts';

/**
 * Every scenario on a real exchange. With `RECORD=1` what the exchange said becomes the fixture of its name:
 * `RECORD=1 npx vitest run --project system test/telephony/recordings`.
 */
const folder = new URL('../fixtures/ami/', import.meta.url);
const only = process.env['ONLY']?.split(',');

describe.runIf(asteriskRoot() !== undefined)('[AMI] scenarios on the real exchange', () => {
  for (const scenario of scenarios.filter(({ name }) => only?.includes(name) ?? true)) {
    test(`[AMI] ${scenario.name}: ${scenario.says}`, { timeout: 40_000 }, async () => {
      const stage = await openStage();
      try {
        await scenario.play(stage);
      } finally {
        await stage.close();
      }
      const { chunks } = stage.ami;
      expect(chunks.length).toBeGreaterThan(0);
      if (process.env['RECORD'] !== undefined) {
        const lines = chunks.map((chunk) => `${JSON.stringify(chunk)}\n`);
        await writeFile(new URL(`${scenario.name}.jsonl`, folder), lines.join(''));
      }
    });
  }
});
