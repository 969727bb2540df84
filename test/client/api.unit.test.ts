import { afterEach, describe, expect, it, vi } from 'vitest';
import { api } from '../../client/src/shared/http/api.ts';

/** An answer whose body breaks off as `fault` says. */
const brokenOff = (fault: Error): void =>
  void vi.stubGlobal('fetch', async () => ({ ok: true, status: 200, json: async () => Promise.reject(fault) }));

describe('[PANEL-26] requests', () => {
  afterEach(() => void vi.unstubAllGlobals());

  it('[PANEL-26] whoever asked and left while the answer was read is told so, as of any other refusal', async () => {
    const stop = new AbortController();
    stop.abort();
    brokenOff(new DOMException('signal is aborted without reason', 'AbortError'));
    await expect(api('/me', { signal: stop.signal })).rejects.toMatchObject({ code: 'client.aborted' });
  });
  it('[PANEL-26] an answer that breaks off on its way is a lost network', async () => {
    brokenOff(new TypeError('network error'));
    await expect(api('/me')).rejects.toMatchObject({ code: 'client.offline' });
  });
});
