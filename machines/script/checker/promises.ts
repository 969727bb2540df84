import { durationMs } from '../duration.ts';
import { reactionsOf } from '../moves.ts';
import { parseTemplate, variablesOf } from '../text/template.ts';
import type { Script, Step } from '../types.ts';
import { spokenTexts } from './texts.ts';
import { endFaults, farewellFaults, hangUpFaults, refusalFaults } from './endings.ts';
import type { Finding, StepFault } from './finding.ts';
import type { Flow } from './flow.ts';

/** What the regulation holds each kind of step to: terms, numbers, limits, hang-up, endings. */
export function checkPromises(flow: Flow, script: Script): Finding[] {
  const perStep = script.steps.flatMap((step, index): Finding[] => {
    const faults = [
      ...holdFaults(step),
      ...callbackFaults(step),
      ...transferFaults(flow, script, step),
      ...endFaults(step),
      ...refusalFaults(step),
      ...hangUpFaults(flow, script, step),
    ];
    return faults.map(([code, at, message, suggestion, severity = 'error']) => ({
      severity,
      code,
      scriptId: script.id,
      stepId: step.id,
      path: ['steps', index, ...at],
      message,
      suggestion,
    }));
  });
  return [...perStep, ...farewellFaults(flow, script)];
}

const says = (step: Step, variable: string): boolean =>
  spokenTexts(step).some(({ text }) => variablesOf(parseTemplate(text)).some(({ name }) => name === variable));

/** [3.5.5-б] A hold is never entered without a named time. */
function holdFaults(step: Step): StepFault[] {
  const faults: StepFault[] = [];
  for (const [index, choice] of (step.choices ?? []).entries()) {
    if (step.kind !== 'hold' && choice.effects?.includes('hold.start')) {
      faults.push([
        'hold.elsewhere',
        ['choices', index, 'effects'],
        'Удержание начинается не с шага hold: клиент не услышит срок (п. 3.5.5-б)',
        'Сначала шаг вида hold, где называют время',
      ]);
    }
  }
  if (step.kind !== 'hold') return faults;
  if (!step.hold) {
    faults.push([
      'hold.noTimes',
      ['kind'],
      'Не сказано, какие сроки возврата предложить (п. 3.5.5-б)',
      'Добавьте hold: { offer: [1мин, 2мин, 3мин] }',
    ]);
  } else if (step.hold.offer.some((time) => durationMs(time) < 10_000 || durationMs(time) > 3_600_000)) {
    faults.push(['hold.times', ['hold', 'offer'], 'Срок удержания — от 10 секунд до часа', 'Исправьте сроки']);
  }
  if (!says(step, 'hold.term')) {
    faults.push([
      'hold.termNotSaid',
      ['say'],
      'Оператор просит подождать, но не называет время (п. 3.5.5-б)',
      'Добавьте в текст {hold.term}',
    ]);
  }
  if (!(step.choices ?? []).some((choice) => choice.effects?.includes('hold.start'))) {
    faults.push([
      'hold.noStart',
      ['choices'],
      'С этого шага нельзя поставить на удержание',
      'Добавьте выбор с effects: [hold.start]',
      'warning',
    ]);
  }
  return faults;
}

/** [3.5.5-г] A callback is never left without a number and a term. */
function callbackFaults(step: Step): StepFault[] {
  const faults: StepFault[] = [];
  if (step.kind !== 'callback') {
    for (const [index, choice] of (step.choices ?? []).entries()) {
      if (choice.effects?.includes('callback.promise')) {
        faults.push([
          'callback.elsewhere',
          ['choices', index, 'effects'],
          'Звонок обещан не на шаге callback: срок и номер не названы',
          'Ведите сначала на шаг вида callback',
        ]);
      }
    }
    return faults;
  }
  const asked = (fills: string): boolean =>
    (step.questions ?? []).some((question) => question.fills === fills && question.required === true && !question.when);
  if (!asked('callback.number')) {
    faults.push([
      'callback.noNumber',
      ['questions'],
      'Не спрашивают номер для связи (п. 3.5.5-г)',
      'Добавьте обязательный вопрос type: phone, required: true, fills: callback.number',
    ]);
  }
  if (!step.callback && !asked('callback.dueAt')) {
    faults.push([
      'callback.noDeadline',
      ['kind'],
      'Неизвестно, к какому сроку перезвонить (п. 3.5.5-г)',
      'Добавьте callback: { rule: callback } или обязательный вопрос с fills: callback.dueAt',
    ]);
  }
  if (!says(step, 'callback.deadline')) {
    faults.push([
      'callback.termNotSaid',
      ['say'],
      'Оператор обещает перезвонить, но не называет срок (п. 3.5.5-г)',
      'Добавьте в текст {callback.deadline}',
    ]);
  }
  for (const [index, choice] of (step.choices ?? []).entries()) {
    if (choice.declined || choice.effects?.includes('callback.promise')) continue;
    faults.push([
      'callback.leftOpen',
      ['choices', index],
      'С шага уходят без обещания: номер и срок не записаны',
      'Добавьте effects: [callback.promise] или declined: true, если клиент отказался',
    ]);
  }
  if (!(step.choices ?? []).some((choice) => choice.effects?.includes('callback.promise'))) {
    faults.push([
      'callback.noPromise',
      ['choices'],
      'Обещание нечем подтвердить',
      'Добавьте выбор с effects: [callback.promise]',
    ]);
  }
  return faults;
}

/** [3.5.1] A transfer step always has the branch for "limit reached", and it does not lead to another transfer. */
function transferFaults(flow: Flow, script: Script, step: Step): StepFault[] {
  if (step.kind !== 'transfer') return [];
  const written = step.on?.limitReached ?? (step.outcome === undefined ? script.on?.limitReached : undefined);
  if (written === undefined) {
    return [
      [
        'transfer.noLimit',
        ['on'],
        'Не сказано, что делать, когда переводов больше нет (п. 3.5.1)',
        'Добавьте on: { limitReached: шаг }',
      ],
    ];
  }
  const kindOf = (stepId: string | undefined): string | undefined =>
    flow.scripts.get(script.id)?.steps.find((one) => one.id === stepId)?.kind;
  const back = reactionsOf(written).find(
    (one) => one.to !== undefined && (one.to === 'stay' || kindOf(one.to) === 'transfer'),
  );
  return back
    ? [
        [
          'transfer.limitAgain',
          ['on', 'limitReached'],
          'Когда переводов нет, ведёт опять к переводу',
          'Ведите к обещанию перезвонить или к другому виду связи',
        ],
      ]
    : [];
}
