import { expect, test } from 'vitest';
import { keptEventToken } from '../../server/telephony/eventToken.ts';

test('[AMI-26] the token of the dialplan’s events outlives a restart: what was signed before it is believed after it', async () => {
  const notes = new Map<string, string>();
  const store = {
    note: async (key: string) => notes.get(key),
    setNote: async (key: string, value: string) => void notes.set(key, value),
  };
  const first = await keptEventToken(store);
  expect(first).toMatch(/^[\w-]{32}$/);
  expect(await keptEventToken(store)).toBe(first);
});
