import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rightsOf, type ListeningRule, type ListeningRules } from '../../server/contract/index.ts';
import { DEFAULT_RULES } from '../../server/supervision/listeningRules.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

const UNIT = 'Отдел приёма обращений';
const everyone = DEFAULT_RULES[0] as ListeningRule;
const without = (mode: 'listen' | 'whisper' | 'join' | 'takeOver'): ListeningRule['rights'] => ({
  ...everyone.rights,
  [mode]: { ...everyone.rights[mode], allowed: false },
});

describe('the rules of listening', () => {
  let test: TestApp;
  beforeEach(async () => {
    test = await testApp();
    await test.command('anna', 'operator.chooseDevice', { device: 'PJSIP/101' });
    await test.command('anna', 'operator.ready', {});
  });
  afterEach(() => test.close());

  const set = (rules: ListeningRules) => test.command('vera', 'supervision.listeningRules', { rules });
  const listen = (mode: string, reason = '') =>
    test.command('vera', 'listening.start', {
      operatorId: test.person('anna').id,
      mode,
      device: 'PJSIP/190',
      reason,
    });

  it('[SUP-20] of a unit outweigh those of a role, which outweigh those of everyone', () => {
    const ofRole: ListeningRule = { role: 'supervisor', unit: null, rights: without('join') };
    const ofUnit: ListeningRule = { role: null, unit: UNIT, rights: without('listen') };
    const ofBoth: ListeningRule = { role: 'supervisor', unit: UNIT, rights: without('whisper') };
    const rules = [everyone, ofRole, ofUnit, ofBoth];
    expect(rightsOf(rules, ['supervisor'], UNIT)).toBe(ofBoth.rights);
    expect(rightsOf(rules, ['admin'], UNIT)).toBe(ofUnit.rights);
    expect(rightsOf(rules, ['supervisor'], 'Другой')).toBe(ofRole.rights);
    expect(rightsOf(rules, ['admin'], 'Другой')).toBe(everyone.rights);
    expect(rightsOf([], ['supervisor'], UNIT).listen.allowed).toBe(false);
  });

  it('[SUP-21] forbid, ask for a reason, and outlive a restart', async () => {
    expect(await listen('listen')).toMatchObject({ ok: true });
    const asked: ListeningRule['rights'] = {
      ...without('whisper'),
      listen: { allowed: true, reason: true, told: true },
    };
    expect(await set([{ role: null, unit: UNIT, rights: asked }, everyone])).toMatchObject({ ok: true });
    await test.crash();
    expect(await listen('whisper', 'учится')).toMatchObject({ ok: false, error: { code: 'listening.forbidden' } });
    expect(await listen('listen')).toMatchObject({ ok: false, error: { code: 'listening.reason' } });
    expect(await listen('listen', 'жалоба')).toMatchObject({ ok: true });
  });

  it('[SUP-22] a take-over always needs a reason and is told; operators do not keep the rules', async () => {
    const careless = { ...everyone.rights, takeOver: { allowed: true, reason: false, told: false } };
    await set([{ ...everyone, rights: careless }]);
    expect(test.app.rooms.listeningRules.rules[0]?.rights.takeOver).toEqual({
      allowed: true,
      reason: true,
      told: true,
    });
    expect(await test.command('anna', 'supervision.listeningRules', { rules: DEFAULT_RULES })).toMatchObject({
      ok: false,
      error: { code: 'command.forbidden' },
    });
    expect(await set([{ ...everyone, unit: UNIT }])).toMatchObject({ ok: false, error: { code: 'command.badInput' } });
  });

  it('[SUP-23] never by the telephone at which somebody else works; a free one, or of who has left, will do', async () => {
    await test.command('olga', 'operator.chooseDevice', { device: 'PJSIP/190' });
    await test.command('olga', 'operator.ready', {});
    const taken = { ok: false, error: { code: 'people.deviceTaken', details: { name: 'Орлова Ольга Петровна' } } };
    expect(await listen('listen')).toMatchObject(taken);
    const callId = test.exchange.ring('PJSIP/101');
    test.exchange.tell(callId, { type: 'call.answered', device: 'PJSIP/101' });
    const operatorId = test.person('anna').id;
    const takeOver = { operatorId, device: 'PJSIP/190', reason: 'угрозы' };
    expect(await test.command('vera', 'listening.takeOver', takeOver)).toMatchObject(taken);
    await test.command('vera', 'supervision.signOut', { operatorId: test.person('olga').id, reason: 'ушла' });
    expect(await listen('listen')).toMatchObject({ ok: true });
  });
});
