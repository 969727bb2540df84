import { describe, expect, it } from 'vitest';
import { check } from '../../machines/script/checker/index.ts';
import { diffScripts } from '../../machines/script/diff.ts';
import { compile, start, view, type Script } from '../../machines/script/index.ts';
import { drawn } from '../../machines/script/trial.ts';
import { Conversation, exampleScript, plainKnown } from './support.ts';

const SECOND = '{greeting}, {organization}, меня зовут {operator.name}. Слушаю вас.';
/** The example with two greetings. */
function onTrial(trial: NonNullable<Script['steps'][number]['trial']> = SECOND, at = 'greeting'): Script {
  const script = exampleScript();
  return { ...script, steps: script.steps.map((step) => (step.id === at ? { ...step, trial } : step)) };
}
const knownOf = (id?: string) => {
  const known = plainKnown();
  return id === undefined ? known : { ...known, call: { ...known.call, id } };
};

describe('two wordings on trial', () => {
  it('[TRIAL-01] the lot gives a call one of them, the same at every look, and writes down which', () => {
    const compiled = compile(onTrial());
    const said = (callId: string) => {
      const { state } = start(compiled, knownOf(callId), 0);
      const { heard } = state.path[0]?.trial ?? {};
      const { lines } = view(compiled, state, knownOf(callId));
      expect(lines).toHaveLength(1);
      expect(lines[0]?.includes('Слушаю вас')).toBe(heard === 'second');
      return heard;
    };
    const calls = Array.from({ length: 40 }, (_, index) => `demo/17000000${String(index)}.1`);
    expect(calls.map(said)).toEqual(calls.map(said));
  });

  it('[TRIAL-02] it is a fair one, and two trials of one call are drawn apart', () => {
    const calls = Array.from({ length: 2_000 }, (_, index) => `demo/17000000${String(index)}.1`);
    const count = (holds: (call: string) => boolean) => calls.filter(holds).length;
    // Within four deviations of a half.
    expect(Math.abs(count((call) => drawn(call, 'one') === 'second') - 1_000)).toBeLessThan(90);
    expect(Math.abs(count((call) => drawn(call, 'one') === drawn(call, 'other')) - 1_000)).toBeLessThan(90);
  });

  it('[TRIAL-03] going on, coming back and another version with the same words keep what was heard', () => {
    const known = knownOf('demo/7');
    const talk = new Conversation(onTrial(), {}, known);
    const before = talk.view.lines;
    talk.choose('on').do({ type: 'back' });
    expect(talk.view.lines).toEqual(before);
    const next = compile(onTrial(), { version: 2 });
    expect(view(next, talk.state, known).lines).toEqual(before);
    expect(start(next, known, 0).state.path[0]?.trial).toEqual(talk.state.path[0]?.trial);
  });

  it('[TRIAL-04] where there is no call the first wording stands and nothing is drawn', () => {
    const compiled = compile(onTrial());
    const { state } = start(compiled, knownOf(), 0);
    expect(state.path).toEqual([{ step: 'greeting', at: 0, via: 'start' }]);
    expect(view(compiled, state, knownOf()).lines[0]).toContain('чем могу помочь');
  });

  it('[TRIAL-05] the second wording is held to every rule of the first', () => {
    const codes = (script: Script) =>
      check([script])
        .filter(({ path }) => path[2] === 'trial')
        .map(({ code, path }) => [code, path.slice(0, 3).join('.')]);
    expect(codes(onTrial())).toEqual([]);
    expect(codes(onTrial('{client.shoeSize}, добрый день.'))).toContainEqual(['text.unknownVariable', 'steps.0.trial']);
    expect(codes(onTrial('{greeting}! Чем помочь?'))).toContainEqual(['greeting.incomplete', 'steps.0.trial']);
    expect(codes(onTrial('Подождите, пожалуйста.', 'holding'))).toContainEqual(['hold.termNotSaid', 'steps.3.trial']);
    expect(codes(onTrial(exampleScript().steps[0]?.say))).toEqual([['trial.same', 'steps.0.trial']]);
    expect(codes(onTrial('Ищите ответ.', 'waiting'))).toContainEqual(['trial.same', 'steps.4.trial']);
  });

  it('[TRIAL-06] its beginning and end are told in words', () => {
    const words = (a: Script, b: Script) => diffScripts(a, b).map(({ words: told }) => told.ru);
    expect(words(exampleScript(), onTrial())).toEqual(['начато испытание второй формулировки шага «Приветствие»']);
    expect(words(onTrial(), exampleScript())).toEqual(['закончено испытание формулировок шага «Приветствие»']);
    expect(words(onTrial(), onTrial(`${SECOND} Говорите.`))).toEqual([
      'изменена вторая формулировка шага «Приветствие»',
    ]);
  });
});
