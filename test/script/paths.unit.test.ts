import { describe, expect, it } from 'vitest';
import { compile } from '../../machines/script/index.ts';
import { replay } from '../../server/scripts/walk/replay.ts';
import { describeWalk, walkLibrary } from '../../server/scripts/walk/report.ts';
import { walk } from '../../server/scripts/walk/walk.ts';
import { exampleScript } from './support.ts';

describe('paths', () => {
  it('[PATH-02] the report reads as the trainer’s own words', () => {
    const script = exampleScript();
    const report = describeWalk(walkLibrary(new Map([[script.id, script]])), true);
    expect(report).toContain(
      'Приветствие → «Клиент изложил вопрос» → Выяснение цели → «Понятно, отвечаю» → Ответ → «Да» → Прощание, вопрос решён',
    );
    expect(report).toContain('клиент положил трубку → Клиент положил трубку');
  });

  it('[PATH-03] a choice that nothing opens is told as not walked', () => {
    const script = exampleScript();
    const steps = script.steps.map((step) =>
      step.id === 'answer'
        ? {
            ...step,
            choices: [
              ...(step.choices ?? []),
              { id: 'never', label: 'Никогда', to: 'goodbye', when: { field: 'topic', is: 'gone' } },
            ],
          }
        : step,
    );
    const library = walkLibrary(new Map([[script.id, { ...script, steps }]]));
    expect(library.choicesMissed).toEqual(['example/answer/never']);
    expect(describeWalk(library, false)).toContain('НЕ ПРОЙДЕН выбор example/answer/never');
  });

  it('[PATH-04] a path that does not behave as it was found is a fault', () => {
    const compiled = compile(exampleScript());
    const { paths } = walk(compiled);
    const [path] = paths.filter(({ deeds }) => deeds.length > 2);
    if (!path) throw new Error('no path');
    expect(replay(compiled, path).faults).toEqual([]);
    expect(replay(compiled, { ...path, deeds: path.deeds.slice(1) }).faults).not.toEqual([]);
  });
});
