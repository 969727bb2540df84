import type { Script, Step } from '../types.ts';
import { nodeOf } from './exits.ts';
import type { Finding, StepFault } from './finding.ts';
import { startOf } from './flow.ts';
import type { Flow } from './flow.ts';

/** [1.4] Every end is one of the two farewells or says why it is none; an unsatisfied one says what happens next. */
export function endFaults(step: Step): StepFault[] {
  const { outcome, kind } = step;
  if (kind === 'farewell' && outcome === undefined) {
    return [
      [
        'end.noOutcome',
        ['kind'],
        {
          ru: 'Прощание не говорит, решён ли вопрос (п. 3.5.5)',
          en: 'The farewell does not say whether the question is solved (3.5.5)',
        },
        {
          ru: 'Выберите, чем кончается разговор',
          en: 'Choose how the conversation ends',
          yaml: 'Добавьте outcome: satisfied или unsatisfied',
        },
      ],
    ];
  }
  if (outcome === undefined) return [];
  const faults: StepFault[] = [];
  if (outcome === 'none') {
    if (step.because === undefined) {
      faults.push([
        'end.unexplained',
        ['outcome'],
        { ru: 'Конец без прощания не объяснён', en: 'An end without a farewell is not explained' },
        {
          ru: 'Напишите, почему без прощания',
          en: 'Write why there is no farewell',
          yaml: 'Добавьте because: почему разговор не состоялся',
        },
      ]);
    }
    if (kind === 'farewell') {
      faults.push([
        'end.farewellNone',
        ['outcome'],
        {
          ru: 'Прощание бывает одно из двух: вопрос решён или не решён',
          en: 'A farewell is one of two: the question is solved, or it is not',
        },
        {
          ru: 'Выберите другой конец разговора или вид шага «заметка»',
          en: 'Choose another end, or make the step a note',
          yaml: 'Исправьте outcome или вид шага на note',
        },
      ]);
    }
    return faults;
  }
  if (kind !== 'farewell') {
    faults.push([
      'end.notFarewell',
      ['kind'],
      { ru: 'Разговор кончается без прощания (п. 3.5.5)', en: 'The conversation ends without a farewell (3.5.5)' },
      {
        ru: 'Сделайте шаг прощанием или выберите «разговор не состоялся» и напишите почему',
        en: 'Make the step a farewell, or choose “no conversation” and write why',
        yaml: 'Сделайте шаг видом farewell или поставьте outcome: none и because',
      },
    ]);
  }
  if (step.say === undefined)
    faults.push([
      'end.silent',
      ['kind'],
      { ru: 'Прощание без слов', en: 'A farewell without words' },
      { ru: 'Напишите, что сказать', en: 'Write what to say', yaml: 'Добавьте say' },
    ]);
  if (outcome === 'unsatisfied' && step.next === undefined) {
    faults.push([
      'end.noNext',
      ['outcome'],
      {
        ru: 'Вопрос не решён, а что будет дальше, не сказано (п. 1.4)',
        en: 'The question is not solved, and nothing says what happens next (1.4)',
      },
      {
        ru: 'Напишите, что будет дальше для клиента, к какому сроку и кто отвечает',
        en: 'Write what happens next for the client, by when and who answers for it',
        yaml: 'Добавьте next: { what, by, who }',
      },
    ]);
  }
  if (outcome === 'unsatisfied' && step.next && (step.next.by === undefined || step.next.who === undefined)) {
    faults.push([
      'end.nextPart',
      ['next'],
      {
        ru: 'Не сказано, к какому сроку или кто отвечает (п. 1.4)',
        en: 'It is not said by when, or who answers for it (1.4)',
      },
      { ru: 'Заполните срок и кто отвечает', en: 'Fill in the term and who answers for it', yaml: 'Добавьте by и who' },
      'warning',
    ]);
  }
  return faults;
}

/** [3.1.3] A refusal says what is done instead. */
export function refusalFaults(step: Step): StepFault[] {
  if (step.kind !== 'refusal' || step.next || step.outcome !== undefined) return [];
  return [
    [
      'refusal.noNext',
      ['kind'],
      {
        ru: 'Отказ не говорит, что будет дальше (пп. 1.4, 3.1.3)',
        en: 'The refusal does not say what happens next (1.4, 3.1.3)',
      },
      {
        ru: 'Напишите, что будет дальше для клиента, к какому сроку и кто отвечает',
        en: 'Write what happens next for the client, by when and who answers for it',
        yaml: 'Добавьте next: { what, by, who }',
      },
      'warning',
    ],
  ];
}

/** A call can break off at any moment: each step, itself or through its script or its callers, must say what then. */
export function hangUpFaults(flow: Flow, script: Script, step: Step): StepFault[] {
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
      {
        ru: 'Если клиент положит трубку, сценарий этого не заметит',
        en: 'If the client hangs up, the script will not notice',
      },
      {
        ru: 'Добавьте событие «клиент положил трубку» для всего сценария или этого шага',
        en: 'Add the event “client hung up” to the whole script or to this step',
        yaml: 'Добавьте on: { clientHungUp: шаг } для всего сценария или этого шага',
      },
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
export function farewellFaults(flow: Flow, script: Script): Finding[] {
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
          ? {
              ru: 'Нет прощания для случая, когда вопрос решён (п. 3.5.5)',
              en: 'There is no farewell for a question that is solved (3.5.5)',
            }
          : {
              ru: 'Нет прощания для случая, когда вопрос не решён (п. 3.5.5)',
              en: 'There is no farewell for a question that is not solved (3.5.5)',
            },
      suggestion: {
        ru: 'Добавьте такое прощание и ведите к нему кнопку',
        en: 'Add such a farewell and lead a button to it',
        yaml: `Добавьте шаг kind: farewell с outcome: ${outcome}`,
      },
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
