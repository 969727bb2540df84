import { RETURN, STAY } from '../moves.ts';
import { HERE } from '../model.ts';
import type { Script } from '../types.ts';
import { exitsOf } from './exits.ts';
import type { Exit, Scripts } from './exits.ts';
import type { Finding } from './finding.ts';

/** Names: every id once, every target there, every choice leading somewhere. */
export function checkStructure(scripts: Scripts, script: Script): Finding[] {
  return [
    ...duplicateSteps(script),
    ...script.steps.flatMap((_, index) => checkStep(scripts, script, index)),
    ...checkShared(scripts, script),
    ...checkStart(script),
    ...checkMainPath(script),
  ];
}

const has = (script: Script | undefined, stepId: string | undefined): boolean =>
  script !== undefined && stepId !== undefined && script.steps.some((step) => step.id === stepId);

function duplicateSteps(script: Script): Finding[] {
  const seen = new Set<string>();
  return script.steps.flatMap((step, index): Finding[] => {
    const path = ['steps', index, 'id'];
    const base = { severity: 'error' as const, scriptId: script.id, stepId: step.id, path };
    if ([RETURN, STAY, HERE].includes(step.id)) {
      return [
        {
          ...base,
          code: 'step.reserved',
          message: `«${step.id}» — служебное слово, шаг так назвать нельзя`,
          suggestion: 'Дайте шагу другой id',
        },
      ];
    }
    if (!seen.has(step.id)) {
      seen.add(step.id);
      return [];
    }
    return [
      {
        ...base,
        code: 'step.twin',
        message: `Шаг «${step.id}» в сценарии уже есть`,
        suggestion: 'Дайте второму шагу другой id',
      },
    ];
  });
}

function checkStep(scripts: Scripts, script: Script, index: number): Finding[] {
  const step = script.steps[index];
  if (!step) return [];
  const own = exitsOf(scripts, script, index).filter((exit) => !exit.inherited);
  return [...own.flatMap((exit) => checkExit(scripts, script, exit, step.id)), ...twinChoices(script, index)];
}

/** What is written once for the whole script is checked once. */
function checkShared(scripts: Scripts, script: Script): Finding[] {
  const index = script.steps.findIndex((step) => step.outcome === undefined);
  return exitsOf(scripts, script, index)
    .filter((exit) => exit.inherited)
    .flatMap((exit) => checkExit(scripts, script, exit, undefined));
}

function checkExit(scripts: Scripts, script: Script, exit: Exit, stepId: string | undefined): Finding[] {
  const fault = exitFault(scripts, script, exit);
  if (!fault) return [];
  const [code, at, message, suggestion] = fault;
  const place = { scriptId: script.id, ...(stepId === undefined ? {} : { stepId }) };
  const isWord =
    exit.by === 'limit' ||
    (exit.by === 'fact' && at[0] === 'to' && !('to' in exit.written && typeof at[1] === 'string'));
  return [{ severity: 'error', code, ...place, path: isWord ? exit.path : [...exit.path, ...at], message, suggestion }];
}

type Fault = readonly [code: string, at: readonly string[], message: string, suggestion: string];

function exitFault(scripts: Scripts, script: Script, exit: Exit): Fault | undefined {
  const { written, kind, call } = exit;
  if (written.to !== undefined && written.call) {
    return ['target.both', ['to'], 'Указаны и to, и call: непонятно, куда идти', 'Оставьте одно из двух'];
  }
  if (kind === 'to' && !has(script, exit.to)) {
    return ['target.missing', ['to'], `Шага «${exit.to ?? ''}» в сценарии нет`, hintFor(script, exit.to)];
  }
  if (call) {
    const called = scripts.get(call.scriptId);
    if (!called)
      return [
        'call.missing',
        ['call', 'script'],
        `Сценария «${call.scriptId}» нет`,
        'Проверьте id или добавьте сценарий',
      ];
    if (written.call?.script === undefined && written.call?.step === undefined) {
      return ['call.empty', ['call'], 'В call не сказано, что вызвать', 'Добавьте script или step'];
    }
    if (!has(called, call.stepId)) {
      return [
        'target.missing',
        ['call', 'step'],
        `Шага «${call.stepId ?? ''}» в сценарии «${called.id}» нет`,
        hintFor(called, call.stepId),
      ];
    }
    if (!has(script, call.returnTo)) {
      return [
        'target.missing',
        ['call', 'returnTo'],
        `Шага «${call.returnTo}» в сценарии нет`,
        hintFor(script, call.returnTo),
      ];
    }
  }
  const isEmpty = kind === 'stay' && exit.choice && !written.effects?.length && !written.set;
  return isEmpty ? ['choice.idle', [], 'Кнопка ничего не делает', 'Укажите to: на какой шаг перейти'] : undefined;
}

/** The step whose name is nearest to what was written. */
function hintFor(script: Script, wanted: string | undefined): string {
  const near = script.steps
    .map((step) => ({ id: step.id, distance: distance(step.id.toLowerCase(), (wanted ?? '').toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
    .at(0);
  return near && near.distance <= 3 ? `Может быть, «${near.id}»?` : 'Проверьте id шага или добавьте такой шаг';
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const substitute = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(substitute, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function twinChoices(script: Script, index: number): Finding[] {
  const step = script.steps[index];
  if (!step) return [];
  const seen = new Set<string>();
  return (step.choices ?? []).flatMap((choice, place): Finding[] => {
    const twin = seen.has(choice.id);
    seen.add(choice.id);
    if (!twin) return [];
    return [
      {
        severity: 'error',
        code: 'choice.twin',
        scriptId: script.id,
        stepId: step.id,
        path: ['steps', index, 'choices', place, 'id'],
        message: `Выбор с id «${choice.id}» на этом шаге уже есть`,
        suggestion: 'Дайте выбору другой id',
      },
    ];
  });
}

function checkStart(script: Script): Finding[] {
  if (has(script, script.start)) return [];
  return [
    {
      severity: 'error',
      code: 'target.missing',
      scriptId: script.id,
      path: ['start'],
      message: `Первого шага «${script.start}» в сценарии нет`,
      suggestion: hintFor(script, script.start),
    },
  ];
}

function checkMainPath(script: Script): Finding[] {
  return (script.mainPath ?? []).flatMap((stage, index) =>
    (typeof stage === 'string' ? [stage] : stage).flatMap((stepId, place): Finding[] =>
      has(script, stepId)
        ? []
        : [
            {
              severity: 'error',
              code: 'mainPath.missing',
              scriptId: script.id,
              path: typeof stage === 'string' ? ['mainPath', index] : ['mainPath', index, place],
              message: `На главном пути назван шаг «${stepId}», которого нет`,
              suggestion: hintFor(script, stepId),
            },
          ],
    ),
  );
}
