import { describe, expect, it } from 'vitest';
import { compile, restore, start, step, view } from '../../machines/script/index.ts';
import { PATH_LIMIT } from '../../machines/script/model.ts';
import { plainKnown } from './support.ts';
import { main, sub, talkMain } from '../support/nestedScript.ts';

describe('states', () => {
  it('[SCRIPT-26] any step of any version is taken up again; a step that is gone is not', () => {
    const compiled = compile(main, { version: 7, scripts: { calm: sub } });
    const began = start(compiled, plainKnown(), 1);
    for (const key of compiled.steps.keys()) {
      const stored: unknown = JSON.parse(
        JSON.stringify({ ...began.state, step: key, path: [{ step: key, at: 1, via: 'start' }] }),
      );
      expect(restore(compiled, stored)).toMatchObject({ step: key, scriptVersion: 7 });
      expect(view(compiled, restore(compiled, stored) ?? began.state, plainKnown()).stepId).toBe(key);
    }
    const { a: _, ...rest } = { a: 1 };
    expect([
      restore(compiled, { ...began.state, step: 'gone' }),
      restore(compiled, null),
      restore(compiled, rest),
      restore(compiled, 'x'),
      restore(compiled, { ...began.state, scriptId: 'other' }),
    ]).toEqual(Array.from({ length: 5 }, () => undefined));
  });

  it('[SCRIPT-27] a later version goes on from where an earlier one was', () => {
    const talk = talkMain().choose('next');
    const later = { ...main, steps: main.steps.map((one) => (one.id === 'b' ? { ...one, title: 'Новое Б' } : one)) };
    const compiled = compile(later, { version: 8, scripts: { calm: sub } });
    const taken = restore(compiled, talk.state);
    expect(taken && view(compiled, taken, talk.known)).toMatchObject({
      title: 'Новое Б',
      scriptVersion: 8,
      canGoBack: true,
    });
  });

  it('[SCRIPT-28] the path is bounded and the past is dropped from its beginning', () => {
    const talk = talkMain();
    for (let turn = 0; turn < PATH_LIMIT; turn += 1) talk.choose(talk.state.step === 'a' ? 'next' : 'back');
    expect(talk.state.path).toHaveLength(PATH_LIMIT);
    expect(JSON.stringify(talk.state).length).toBeLessThan(20_000);
  });

  it('[SCRIPT-29] equal scripts give equal machines, and a step changes nothing that it was given', () => {
    const one = compile(main, { scripts: { calm: sub } });
    const two = compile(structuredClone(main), { scripts: { calm: structuredClone(sub) } });
    expect(JSON.stringify(one.machine.config)).toBe(JSON.stringify(two.machine.config));
    const { state } = start(one, plainKnown(), 1);
    const before = JSON.stringify(state);
    const event = { type: 'choose', choiceId: 'next', at: 5 } as const;
    expect(step(one, state, event, plainKnown())).toEqual(step(two, state, event, plainKnown()));
    expect(JSON.stringify(state)).toBe(before);
  });
});
