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
        {
          ru: 'Удержание начинается не с шага «удержание»: клиент не услышит срок (п. 3.5.5-б)',
          en: 'The hold begins on a step that is no hold: the client will not hear the term (3.5.5-б)',
        },
        {
          ru: 'Сначала шаг вида «удержание», где называют время',
          en: 'First a step of the kind “hold”, which names the time',
          yaml: 'Сначала шаг вида hold, где называют время',
        },
      ]);
    }
  }
  if (step.kind !== 'hold') return faults;
  if (!step.hold) {
    faults.push([
      'hold.noTimes',
      ['kind'],
      {
        ru: 'Не сказано, какие сроки возврата предложить (п. 3.5.5-б)',
        en: 'It is not said which terms to offer (3.5.5-б)',
      },
      {
        ru: 'Заполните, какие сроки предложить, например: 1мин, 2мин',
        en: 'Fill in the terms to offer, for example: 1мин, 2мин',
        yaml: 'Добавьте hold: { offer: [1мин, 2мин, 3мин] }',
      },
    ]);
  } else if (step.hold.offer.some((time) => durationMs(time) < 10_000 || durationMs(time) > 3_600_000)) {
    faults.push([
      'hold.times',
      ['hold', 'offer'],
      { ru: 'Срок удержания — от 10 секунд до часа', en: 'A hold takes from 10 seconds to an hour' },
      { ru: 'Исправьте сроки', en: 'Correct the terms' },
    ]);
  }
  if (!says(step, 'hold.term')) {
    faults.push([
      'hold.termNotSaid',
      ['say'],
      {
        ru: 'Оператор просит подождать, но не называет время (п. 3.5.5-б)',
        en: 'The operator asks to wait but does not name the time (3.5.5-б)',
      },
      {
        ru: 'Вставьте в текст срок удержания',
        en: 'Insert the term of the hold into the text',
        yaml: 'Добавьте в текст {hold.term}',
      },
    ]);
  }
  if (!(step.choices ?? []).some((choice) => choice.effects?.includes('hold.start'))) {
    faults.push([
      'hold.noStart',
      ['choices'],
      { ru: 'С этого шага нельзя поставить на удержание', en: 'This step cannot put the client on hold' },
      {
        ru: 'Добавьте кнопку, которая делает «поставить на удержание»',
        en: 'Add a button that does “put on hold”',
        yaml: 'Добавьте выбор с effects: [hold.start]',
      },
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
          {
            ru: 'Звонок обещан не на шаге «обратный звонок»: срок и номер не названы',
            en: 'A call is promised on a step that is no callback: neither term nor number is named',
          },
          {
            ru: 'Ведите сначала на шаг вида «обратный звонок»',
            en: 'Lead to a step of the kind “callback” first',
            yaml: 'Ведите сначала на шаг вида callback',
          },
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
      { ru: 'Не спрашивают номер для связи (п. 3.5.5-г)', en: 'The number to call back is not asked for (3.5.5-г)' },
      {
        ru: 'Добавьте обязательный вопрос с видом ответа «телефон»; что узнаём — «номер для связи»',
        en: 'Add a required question with a telephone as its answer; what it tells: “number to call back”',
        yaml: 'Добавьте обязательный вопрос type: phone, required: true, fills: callback.number',
      },
    ]);
  }
  if (!step.callback && !asked('callback.dueAt')) {
    faults.push([
      'callback.noDeadline',
      ['kind'],
      {
        ru: 'Неизвестно, к какому сроку перезвонить (п. 3.5.5-г)',
        en: 'It is not known by when to call back (3.5.5-г)',
      },
      {
        ru: 'Выберите, по какому правилу назвать срок, или добавьте обязательный вопрос «день обратного звонка»',
        en: 'Choose the rule of the term, or add a required question that tells the “day of the callback”',
        yaml: 'Добавьте callback: { rule: callback } или обязательный вопрос с fills: callback.dueAt',
      },
    ]);
  }
  if (!says(step, 'callback.deadline')) {
    faults.push([
      'callback.termNotSaid',
      ['say'],
      {
        ru: 'Оператор обещает перезвонить, но не называет срок (п. 3.5.5-г)',
        en: 'The operator promises to call back but does not name the term (3.5.5-г)',
      },
      {
        ru: 'Вставьте в текст срок обратного звонка',
        en: 'Insert the term of the callback into the text',
        yaml: 'Добавьте в текст {callback.deadline}',
      },
    ]);
  }
  for (const [index, choice] of (step.choices ?? []).entries()) {
    if (choice.declined || choice.effects?.includes('callback.promise')) continue;
    faults.push([
      'callback.leftOpen',
      ['choices', index],
      {
        ru: 'С шага уходят без обещания: номер и срок не записаны',
        en: 'One can leave the step without a promise: number and term are not recorded',
      },
      {
        ru: 'Кнопка должна делать «записать обещание перезвонить», или отметьте, что клиент отказался',
        en: 'The button should do “record a callback promise”, or mark that the client declined',
        yaml: 'Добавьте effects: [callback.promise] или declined: true, если клиент отказался',
      },
    ]);
  }
  if (!(step.choices ?? []).some((choice) => choice.effects?.includes('callback.promise'))) {
    faults.push([
      'callback.noPromise',
      ['choices'],
      { ru: 'Обещание нечем подтвердить', en: 'Nothing confirms the promise' },
      {
        ru: 'Добавьте кнопку, которая делает «записать обещание перезвонить»',
        en: 'Add a button that does “record a callback promise”',
        yaml: 'Добавьте выбор с effects: [callback.promise]',
      },
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
        {
          ru: 'Не сказано, что делать, когда переводов больше нет (п. 3.5.1)',
          en: 'It is not said what to do when no transfer is left (3.5.1)',
        },
        {
          ru: 'Добавьте событие «переводы исчерпаны» и выберите, куда идти',
          en: 'Add the event “no transfers left” and choose where to go',
          yaml: 'Добавьте on: { limitReached: шаг }',
        },
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
          {
            ru: 'Когда переводов нет, ведёт опять к переводу',
            en: 'When no transfer is left it leads to a transfer again',
          },
          {
            ru: 'Ведите к обещанию перезвонить или к другому виду связи',
            en: 'Lead to a callback promise or to another channel',
          },
        ],
      ]
    : [];
}
