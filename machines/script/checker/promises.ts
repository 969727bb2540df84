import { durationMs } from '../duration.ts';
import { reactionsOf } from '../moves.ts';
import { parseTemplate, variablesOf } from '../text/template.ts';
import type { Script, Step } from '../types.ts';
import { spokenTexts } from './texts.ts';
import type { Finding } from './finding.ts';
import { startOf } from './flow.ts';
import type { Flow } from './flow.ts';
import { nodeOf } from './exits.ts';

type Fault = readonly [
  code: string,
  at: readonly (string | number)[],
  message: string,
  suggestion: string,
  severity?: Finding['severity'],
];

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
function holdFaults(step: Step): Fault[] {
  const faults: Fault[] = [];
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
function callbackFaults(step: Step): Fault[] {
  const faults: Fault[] = [];
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
function transferFaults(flow: Flow, script: Script, step: Step): Fault[] {
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

/** [1.4] Every end is one of the two farewells or says why it is none; an unsatisfied one says what happens next. */
function endFaults(step: Step): Fault[] {
  const { outcome, kind } = step;
  if (kind === 'farewell' && outcome === undefined) {
    return [
      [
        'end.noOutcome',
        ['kind'],
        'Прощание не говорит, удовлетворена ли потребность (п. 3.5.5)',
        'Добавьте outcome: satisfied или unsatisfied',
      ],
    ];
  }
  if (outcome === undefined) return [];
  const faults: Fault[] = [];
  if (outcome === 'none') {
    if (step.because === undefined) {
      faults.push([
        'end.unexplained',
        ['outcome'],
        'Конец без прощания не объяснён',
        'Добавьте because: почему разговор не состоялся',
      ]);
    }
    if (kind === 'farewell') {
      faults.push([
        'end.farewellNone',
        ['outcome'],
        'Прощание должно быть одним из двух: satisfied или unsatisfied',
        'Исправьте outcome или вид шага на note',
      ]);
    }
    return faults;
  }
  if (kind !== 'farewell') {
    faults.push([
      'end.notFarewell',
      ['kind'],
      'Разговор кончается без прощания (п. 3.5.5)',
      'Сделайте шаг видом farewell или поставьте outcome: none и because',
    ]);
  }
  if (step.say === undefined) faults.push(['end.silent', ['kind'], 'Прощание без слов', 'Добавьте say']);
  if (outcome === 'unsatisfied' && step.next === undefined) {
    faults.push([
      'end.noNext',
      ['outcome'],
      'Вопрос не решён, а что будет дальше, не сказано (п. 1.4)',
      'Добавьте next: { what, by, who }',
    ]);
  }
  if (outcome === 'unsatisfied' && step.next && (step.next.by === undefined || step.next.who === undefined)) {
    faults.push([
      'end.nextPart',
      ['next'],
      'Не сказано, к какому сроку или кто отвечает (п. 1.4)',
      'Добавьте by и who',
      'warning',
    ]);
  }
  return faults;
}

/** [3.1.3] A refusal says what is done instead. */
function refusalFaults(step: Step): Fault[] {
  if (step.kind !== 'refusal' || step.next || step.outcome !== undefined) return [];
  return [
    [
      'refusal.noNext',
      ['kind'],
      'Отказ не говорит, что будет дальше (пп. 1.4, 3.1.3)',
      'Добавьте next: { what, by, who }',
      'warning',
    ],
  ];
}

/** A call can break off at any moment: each step, itself or through its script or its callers, must say what then. */
function hangUpFaults(flow: Flow, script: Script, step: Step): Fault[] {
  if (step.outcome !== undefined || step.on?.clientHungUp !== undefined || script.on?.clientHungUp !== undefined)
    return [];
  const callers = rootsCalling(flow, script.id);
  const isInherited =
    !script.appliesTo && callers.length > 0 && callers.every((caller) => caller.on?.clientHungUp !== undefined);
  if (isInherited) return [];
  return [
    [
      'hangUp.unhandled',
      ['id'],
      'Если клиент положит трубку, сценарий этого не заметит',
      'Добавьте on: { clientHungUp: шаг } для всего сценария или этого шага',
    ],
  ];
}

/** Main scripts that reach this one through calls. */
function rootsCalling(flow: Flow, scriptId: string): Script[] {
  const callersOf = (id: string): string[] =>
    [...flow.exits]
      .filter(([, exits]) => exits.some((exit) => exit.call?.scriptId === id))
      .map(([node]) => node.slice(0, node.indexOf('/')));
  const seen = new Set([scriptId]);
  const queue = [scriptId];
  for (let id = queue.pop(); id !== undefined; id = queue.pop()) {
    for (const caller of callersOf(id)) {
      if (!seen.has(caller)) {
        seen.add(caller);
        queue.push(caller);
      }
    }
  }
  seen.delete(scriptId);
  return [...seen].flatMap((id) => flow.scripts.get(id) ?? []).filter((one) => one.appliesTo !== undefined);
}

/** [3.5.5, 3.5.6] Both farewells exist in a script that is chosen for calls. */
function farewellFaults(flow: Flow, script: Script): Finding[] {
  if (!script.appliesTo) return [];
  const reachable = reachableFrom(flow, startOf(script));
  const outcomes = new Set([...reachable].map((node) => stepOf(flow, node)?.outcome));
  return (['satisfied', 'unsatisfied'] as const)
    .filter((outcome) => !outcomes.has(outcome))
    .map((outcome) => ({
      severity: 'error',
      code: `farewell.no-${outcome}`,
      scriptId: script.id,
      path: ['steps'],
      message:
        outcome === 'satisfied'
          ? 'Нет прощания для случая, когда вопрос решён (п. 3.5.5)'
          : 'Нет прощания для случая, когда вопрос не решён (п. 3.5.5)',
      suggestion: `Добавьте шаг kind: farewell с outcome: ${outcome}`,
    }));
}

function stepOf(flow: Flow, node: string): Step | undefined {
  const slash = node.indexOf('/');
  return flow.scripts.get(node.slice(0, slash))?.steps.find((step) => step.id === node.slice(slash + 1));
}

function reachableFrom(flow: Flow, start: string): Set<string> {
  const seen = new Set<string>();
  const queue = [start];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    const scriptId = node.slice(0, node.indexOf('/'));
    for (const { kind, to, call } of flow.exits.get(node) ?? []) {
      if (kind === 'to' && to !== undefined) queue.push(nodeOf(scriptId, to));
      if (call) queue.push(nodeOf(call.scriptId, call.stepId ?? ''), nodeOf(scriptId, call.returnTo));
    }
  }
  return seen;
}
