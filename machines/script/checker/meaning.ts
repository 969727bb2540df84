import type { Condition, Script } from '../types.ts';
import { TYPE_WORDS, conditionFaults, fits } from './conditionFaults.ts';
import type { Finding } from './finding.ts';
import { coded, possibleValues, unknownContact } from './names.ts';
import type { Fault, Names } from './names.ts';
import { textFaults } from './textFaults.ts';
import { conditionsOf, setsOf, textsOf } from './texts.ts';

/** Every variable is defined and stands where it can; every condition can be true and can be false. */
export function checkMeaning(script: Script, names: Names): Finding[] {
  const texts = textsOf(script).flatMap((text) =>
    textFaults(text, names).map((fault) => finding(script, text.stepId, text.path, fault)),
  );
  const conditions = conditionsOf(script).flatMap(({ condition, path, stepId }) =>
    conditionFaults(condition, path, names).map(([at, fault]) => finding(script, stepId, at, fault)),
  );
  return [
    ...texts,
    ...conditions,
    ...setFaults(script, names),
    ...claimFaults(script),
    ...contactFaults(script, names),
  ];
}

const finding = (
  script: Script,
  stepId: string | undefined,
  path: readonly (string | number)[],
  [code, message, suggestion, severity = 'error']: Fault,
): Finding => ({
  severity,
  code,
  scriptId: script.id,
  ...(stepId === undefined ? {} : { stepId }),
  path,
  message,
  suggestion,
});

function contactFaults(script: Script, { contactPoints }: Names): Finding[] {
  if (!contactPoints) return [];
  return script.steps.flatMap((step, index) =>
    (step.contactPoints ?? []).flatMap((id, place) =>
      Object.hasOwn(contactPoints, id)
        ? []
        : [finding(script, step.id, ['steps', index, 'contactPoints', place], unknownContact(id, contactPoints))],
    ),
  );
}

/** What a choice or a reaction writes into a field must be something that the field can hold. */
function setFaults(script: Script, names: Names): Finding[] {
  return setsOf(script).flatMap(({ field, value, path, stepId }): Finding[] => {
    const kind = names.fields.get(field);
    if (!kind || kind.type === 'boolean') return [];
    const isOption = kind.values === undefined || kind.values.has(String(value));
    if (fits(value, kind.type) && isOption) return [];
    const advice = kind.values
      ? possibleValues(kind.values)
      : { ru: `Нужно значение вида: ${TYPE_WORDS[kind.type].ru}`, en: `Wanted: ${TYPE_WORDS[kind.type].en}` };
    return [
      finding(script, stepId, path, [
        'set.badValue',
        {
          ru: `В ответ «${kind.label.ru}» нельзя записать ${coded(String(value))}`,
          en: `${coded(String(value))} cannot be written into the answer “${kind.label.en}”`,
        },
        advice,
      ]),
    ];
  });
}

/** A script is chosen before anybody answered anything. */
function claimFaults(script: Script): Finding[] {
  const when = script.appliesTo?.when;
  return when && readsField(when)
    ? [
        finding(
          script,
          undefined,
          ['appliesTo', 'when'],
          [
            'appliesTo.field',
            {
              ru: 'Сценарий выбирается до разговора: ответов ещё нет, условие не выполнится',
              en: 'The script is chosen before the conversation: there are no answers yet, the condition cannot hold',
            },
            {
              ru: 'Проверяйте то, что известно о звонке, а не ответы',
              en: 'Compare what is known of the call, not answers',
              yaml: 'Проверяйте known: что известно о звонке',
            },
          ],
        ),
      ]
    : [];
}
function readsField(condition: Condition): boolean {
  if ('all' in condition) return condition.all.some(readsField);
  if ('any' in condition) return condition.any.some(readsField);
  return 'not' in condition ? readsField(condition.not) : 'field' in condition;
}
