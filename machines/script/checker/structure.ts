import { RETURN, STAY } from '../moves.ts';
import { OWN_WAYS } from '../names.ts';
import { textIn, type Said } from '../localText.ts';
import { HERE } from '../model.ts';
import type { LocalText, Script } from '../types.ts';
import { exitsOf } from './exits.ts';
import type { Exit, Scripts } from './exits.ts';
import type { Advice, Finding } from './finding.ts';

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
          message: {
            ru: `«${step.id}» — служебное слово, шаг так назвать нельзя`,
            en: `“${step.id}” is a reserved word, a step cannot be named so`,
          },
          suggestion: {
            ru: 'Скопируйте шаг: у копии будет другое имя, а этот удалите',
            en: 'Copy the step: the copy gets another name, then delete this one',
            yaml: 'Дайте шагу другой id',
          },
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
        message: { ru: `Шаг «${step.id}» в сценарии уже есть`, en: `The script already has a step “${step.id}”` },
        suggestion: {
          ru: 'Удалите один из двух или скопируйте его: у копии будет другое имя',
          en: 'Delete one of the two, or copy it: the copy gets another name',
          yaml: 'Дайте второму шагу другой id',
        },
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

type Fault = readonly [code: string, at: readonly string[], message: Said, suggestion: Advice];

const titled = (text: LocalText): string => textIn(text, 'ru') || textIn(text, 'en');
function ledFrom({ choice, by }: Exit): Said {
  if (choice) return { ru: `Кнопка «${titled(choice.label)}»`, en: `The button “${titled(choice.label)}”` };
  return by === 'limit'
    ? { ru: 'Предел времени', en: 'The time limit' }
    : { ru: 'Событие линии', en: 'An event of the line' };
}

function exitFault(scripts: Scripts, script: Script, exit: Exit): Fault | undefined {
  const { written, kind, call } = exit;
  if (exit.choice && OWN_WAYS.has(exit.choice.id)) {
    return [
      'choice.reserved',
      ['id'],
      {
        ru: `У кнопки «${titled(exit.choice.label)}» служебное имя «${exit.choice.id}»: в отчётах её не отличить`,
        en: `The button “${titled(exit.choice.label)}” has the reserved name “${exit.choice.id}”: reports cannot tell it apart`,
      },
      {
        ru: 'Добавьте такую же кнопку, а эту удалите',
        en: 'Add another button like this one, then delete this one',
        yaml: 'Дайте выбору другой id',
      },
    ];
  }
  if (written.to !== undefined && written.call) {
    return [
      'target.both',
      ['to'],
      {
        ru: 'Указано сразу два пути: непонятно, куда идти',
        en: 'Two destinations at once: it is not clear where to go',
      },
      { ru: 'Выберите, куда ведёт, ещё раз', en: 'Choose the destination again', yaml: 'Оставьте одно из двух' },
    ];
  }
  if (kind === 'to' && !has(script, exit.to)) {
    return [
      'target.missing',
      ['to'],
      {
        ru: `${ledFrom(exit).ru} ведёт на шаг «${exit.to ?? ''}», а его в сценарии нет`,
        en: `${ledFrom(exit).en} leads to the step “${exit.to ?? ''}”, which the script does not have`,
      },
      hintFor(script, exit.to),
    ];
  }
  if (call) {
    const called = scripts.get(call.scriptId);
    if (!called)
      return [
        'call.missing',
        ['call', 'script'],
        { ru: `Сценария «${call.scriptId}» нет`, en: `There is no script “${call.scriptId}”` },
        {
          ru: 'Выберите другой сценарий или сначала опубликуйте этот',
          en: 'Choose another script, or publish this one first',
          yaml: 'Проверьте id или добавьте сценарий',
        },
      ];
    if (written.call?.script === undefined && written.call?.step === undefined) {
      return [
        'call.empty',
        ['call'],
        { ru: 'Уводит в сторону, а куда, не сказано', en: 'It goes aside, but not said where' },
        { ru: 'Выберите, куда ведёт', en: 'Choose the destination', yaml: 'Добавьте script или step' },
      ];
    }
    if (!has(called, call.stepId)) {
      return [
        'target.missing',
        ['call', 'step'],
        {
          ru: `Шага «${call.stepId ?? ''}» в сценарии «${called.id}» нет`,
          en: `There is no step “${call.stepId ?? ''}” in the script “${called.id}”`,
        },
        hintFor(called, call.stepId),
      ];
    }
    if (!has(script, call.returnTo)) {
      return [
        'target.missing',
        ['call', 'returnTo'],
        {
          ru: `Вернуться нужно на шаг «${call.returnTo}», а его в сценарии нет`,
          en: `After going aside it returns to the step “${call.returnTo}”, which the script does not have`,
        },
        hintFor(script, call.returnTo),
      ];
    }
  }
  const isEmpty = kind === 'stay' && exit.choice && !written.effects?.length && !written.set;
  return isEmpty
    ? [
        'choice.idle',
        [],
        { ru: 'Кнопка ничего не делает', en: 'The button does nothing' },
        { ru: 'Выберите, куда она ведёт', en: 'Choose where it leads', yaml: 'Укажите to: на какой шаг перейти' },
      ]
    : undefined;
}

/** The step whose name is nearest to what was written. */
function hintFor(script: Script, wanted: string | undefined): Advice {
  const near = script.steps
    .map((step) => ({ ...step, distance: distance(step.id.toLowerCase(), (wanted ?? '').toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)
    .at(0);
  if (near && near.distance <= 3) {
    const title = titled(near.title);
    return { ru: `Может быть, «${title}»?`, en: `Perhaps “${title}”?`, yaml: `Может быть, «${near.id}»?` };
  }
  return {
    ru: 'Выберите другой шаг или добавьте такой',
    en: 'Choose another step, or add this one',
    yaml: 'Проверьте id шага или добавьте такой шаг',
  };
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
        message: {
          ru: `Кнопка с именем «${choice.id}» на этом шаге уже есть`,
          en: `The step already has a button with the name “${choice.id}”`,
        },
        suggestion: {
          ru: 'Уберите одну из двух и добавьте её заново',
          en: 'Remove one of the two and add it anew',
          yaml: 'Дайте выбору другой id',
        },
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
      message: {
        ru: `Первого шага «${script.start}» в сценарии нет`,
        en: `The script does not have the first step “${script.start}”`,
      },
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
              message: {
                ru: `В этапах разговора назван шаг «${stepId}», а его нет`,
                en: `The stages of the conversation name the step “${stepId}”, which is not there`,
              },
              suggestion: hintFor(script, stepId),
            },
          ],
    ),
  );
}
