import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { describeWith } from '../support/peers.ts';
import { listenTo } from '../support/asterisk/listenTo.ts';
import { scenarios } from '../support/asterisk/scenarios.ts';
import { openStage } from '../support/asterisk/stage.ts';
import { shapes } from './correlate/replay.ts';

/**
 * Every scenario on a real exchange, heard by the product itself: the facts must be those agreed to for the recording
 * of the same name. With `RECORD=1` what the exchange said becomes that recording:
 * `RECORD=1 npx vitest run --project system test/telephony/recordings`.
 */
const folder = new URL('../fixtures/ami/', import.meta.url);
const only = process.env['ONLY']?.split(',');

describeWith(['asterisk'], '[AMI] scenarios on the real exchange', () => {
  for (const scenario of scenarios.filter(({ name }) => only?.includes(name) ?? true)) {
    test(`[AMI] ${scenario.name}: ${scenario.says}`, async () => {
      const stage = await openStage(scenario.globals === undefined ? {} : { globals: scenario.globals });
      const heard = await listenTo(stage.asterisk);
      try {
        await scenario.play(stage);
        if (heard.exchange.link.status !== 'up') await heard.next('link.restored', undefined, heard.facts.length);
      } finally {
        await heard.close();
        await stage.close();
      }
      if (process.env['RECORD'] !== undefined) {
        const lines = stage.ami.chunks.map((chunk) => `${JSON.stringify(chunk)}\n`);
        await writeFile(new URL(`${scenario.name}.jsonl`, folder), lines.join(''));
      }
      if (process.env['RECORD'] !== undefined) return;
      const agreed: unknown = JSON.parse(readFileSync(new URL(`${scenario.name}.facts.json`, folder), 'utf8'));
      expect(JSON.parse(JSON.stringify(shapes(heard.facts)))).toEqual(agreed);
    });
  }
});
