import { createHash } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import Database from 'libsql';
import { describe, expect, test } from 'vitest';
import { openDatabase } from '../../server/storage/embedded/database.ts';
import { packBody, unpackBody } from '../../server/storage/embedded/packing.ts';
import { DATABASE_FILE } from '../../server/storage/embedded/protocol.ts';
import { lengthened, words } from '../../server/storage/embedded/shorthand.ts';

/** Signs of one letter are all taken: new words come at the end. */
const KNOWN = { count: 119, hash: '7e8f03de2f377c86' };

const STREAM = 'call/main/1795702579.4';
const AT = 1_795_702_579_946;
const answered = JSON.stringify({
  type: 'call.answered',
  ...{ device: 'PJSIP/101', at: AT, exchangeId: 'main', callId: 'main/1795702579.4', operatorId: 'u-anna' },
});

describe('bodies of the journal', () => {
  test('[STORE-26] any JSON under any stream and instant comes back as it was', () => {
    const stream = fc.oneof(fc.string({ unit: 'binary' }), fc.constant(STREAM), fc.constant('inquiry/q-main/1.7'));
    const at = fc.oneof(fc.constant(AT), fc.integer({ min: 0, max: 99 }));
    fc.assert(
      fc.property(stream, at, fc.json({ stringUnit: 'binary' }), (name, moment, json) => {
        const body = JSON.stringify(JSON.parse(json));
        expect(unpackBody(name, moment, 'fact', packBody(name, moment, 'fact', body))).toBe(body);
      }),
    );
  });
  test('[STORE-26] words, ids and instants in whatever order come back as they were', () => {
    const piece = fc.constantFrom(
      'main/1795702579.4',
      'q-',
      String(AT),
      'call.answered',
      '$&',
      '\u0001',
      '\u001e!',
      'я',
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const body = JSON.stringify({ type: pieces.join(''), at: AT, callId: pieces.at(-1) });
        expect(unpackBody(STREAM, AT, 'fact', packBody(STREAM, AT, 'fact', body))).toBe(body);
      }),
    );
  });
  test('[STORE-26] a fact of a call is a few bytes of text', () => {
    const packed = packBody(STREAM, AT, 'fact', answered);
    expect(typeof packed).toBe('string');
    expect(packed.length).toBeLessThan(answered.length / 8);
  });
  test('[STORE-26] what servers of before deflated or left as it was is still read', () => {
    const before = JSON.stringify({
      ...{ type: 'call.answered', device: 'PJSIP/101', at: AT, exchangeId: 'main', callId: 'main/1795702579.4' },
    });
    const deflated = Buffer.from('AUP1EzyYMAokiAuwmEvYUSj21QIA', 'base64');
    expect(unpackBody(STREAM, AT, 'fact', deflated)).toBe(before);
    expect(unpackBody(STREAM, AT, 'fact', before)).toBe(before);
  });
  test('[STORE-26] no sign has changed its word since FORMAT 3: what is on disks stays what it was', () => {
    const known = [...words].slice(0, KNOWN.count);
    expect(createHash('sha256').update(JSON.stringify(known)).digest('hex').slice(0, 16)).toBe(KNOWN.hash);
  });
  test('[STORE-26] a folder of the format in between is refused in words instead of being misread', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'format-'));
    const db = new Database(join(folder, DATABASE_FILE));
    db.exec('PRAGMA user_version = 2');
    db.close();
    expect(() => openDatabase({ role: 'writer', folder })).toThrow(
      expect.objectContaining({ code: 'storage.tooOld', message: expect.stringContaining('another DATA_DIR') }),
    );
    await rm(folder, { recursive: true });
  });
  test('[STORE-26] a sign of a newer server is refused instead of being left out', () => {
    expect(() => lengthened('\u001e~', STREAM, AT)).toThrow(/does not know/);
    expect(() => lengthened('\u001f', STREAM, AT)).toThrow(/does not know/);
  });
});
