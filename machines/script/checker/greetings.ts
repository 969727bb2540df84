import { parseTemplate, variablesOf } from '../text/template.ts';
import type { Script } from '../types.ts';
import type { Finding } from './finding.ts';
import { spokenTexts } from './texts.ts';
import { saidOf, type Said } from '../localText.ts';

/** What the greeting must name, by the clauses that the script says it keeps. */
const GREETINGS: Readonly<Record<string, readonly (readonly [variable: readonly string[], words: Said])[]>> = {
  '3.5.5': [
    [
      ['greeting'],
      { ru: 'приветствие по времени суток: {greeting}', en: 'the greeting by the time of day: {greeting}' },
    ],
    [
      ['operator.name', 'operator.fullName'],
      { ru: 'имя оператора: {operator.name}', en: 'the operator’s name: {operator.name}' },
    ],
  ],
  '3.5.6': [
    [
      ['greeting'],
      { ru: 'приветствие по времени суток: {greeting}', en: 'the greeting by the time of day: {greeting}' },
    ],
    [
      ['operator.name', 'operator.fullName'],
      { ru: 'имя оператора: {operator.name}', en: 'the operator’s name: {operator.name}' },
    ],
    [['organization'], { ru: 'орган власти: {organization}', en: 'the public body: {organization}' }],
  ],
  '3.8.8': [
    [
      ['operator.fullName'],
      { ru: 'фамилию, имя и отчество: {operator.fullName}', en: 'the full name: {operator.fullName}' },
    ],
    [['operator.position'], { ru: 'должность: {operator.position}', en: 'the position: {operator.position}' }],
    [['operator.unit'], { ru: 'подразделение: {operator.unit}', en: 'the unit: {operator.unit}' }],
  ],
};

export function greetingFaults(script: Script): Finding[] {
  const index = script.steps.findIndex((step) => step.id === script.start);
  const step = script.steps[index];
  if (!script.appliesTo || step?.kind !== 'greeting') return [];
  const said = new Set(
    spokenTexts(step).flatMap(({ text }) => variablesOf(parseTemplate(text)).map(({ name }) => name)),
  );
  return (script.clauses ?? []).flatMap((clause) =>
    (Object.hasOwn(GREETINGS, clause) ? (GREETINGS[clause] ?? []) : []).flatMap(([variables, words]): Finding[] =>
      variables.some((name) => said.has(name))
        ? []
        : [
            {
              severity: 'error',
              code: 'greeting.incomplete',
              scriptId: script.id,
              stepId: step.id,
              path: ['steps', index, 'say'],
              message: {
                ru: `Приветствие не называет ${words.ru} (п. ${clause})`,
                en: `The greeting does not name ${words.en} (${clause})`,
              },
              suggestion: { ru: 'Добавьте в текст приветствия', en: 'Add it to the text of the greeting' },
            },
          ],
    ),
  );
}

/** Two scripts that claim the same calls with the same right: which is chosen would hang on their names. */
export function checkRivals(scripts: readonly Script[]): Finding[] {
  const claims = new Map<string, Script>();
  return scripts.flatMap((script): Finding[] => {
    if (!script.appliesTo) return [];
    const { priority = 0, ...rest } = script.appliesTo;
    const claim = JSON.stringify([priority, Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))]);
    const rival = claims.get(claim);
    claims.set(claim, rival ?? script);
    if (rival === undefined) return [];
    const title = saidOf(rival.title);
    return [
      {
        severity: 'warning',
        code: 'script.rival',
        scriptId: script.id,
        path: ['appliesTo'],
        message: {
          ru: `Для тех же звонков есть сценарий «${title.ru}», и он ничем не хуже`,
          en: `The script “${title.en}” claims the same calls with the same right`,
        },
        suggestion: {
          ru: 'Дайте одному из них большую важность или уточните, для каких звонков он',
          en: 'Give one of them more weight, or say more precisely for which calls it is',
          yaml: 'Дайте одному из них больший priority или уточните appliesTo',
        },
      },
    ];
  });
}
