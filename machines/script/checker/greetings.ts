import { parseTemplate, variablesOf } from '../text/template.ts';
import type { Script } from '../types.ts';
import type { Finding } from './finding.ts';
import { spokenTexts } from './texts.ts';

/** What the greeting must name, by the clauses that the script says it keeps. */
const GREETINGS: Readonly<Record<string, readonly (readonly [variable: readonly string[], words: string])[]>> = {
  '3.5.5': [
    [['greeting'], 'приветствие по времени суток: {greeting}'],
    [['operator.name', 'operator.fullName'], 'имя оператора: {operator.name}'],
  ],
  '3.5.6': [
    [['greeting'], 'приветствие по времени суток: {greeting}'],
    [['operator.name', 'operator.fullName'], 'имя оператора: {operator.name}'],
    [['organization'], 'орган власти: {organization}'],
  ],
  '3.8.8': [
    [['operator.fullName'], 'фамилию, имя и отчество: {operator.fullName}'],
    [['operator.position'], 'должность: {operator.position}'],
    [['operator.unit'], 'подразделение: {operator.unit}'],
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
              message: `Приветствие не называет ${words} (п. ${clause})`,
              suggestion: 'Добавьте в текст приветствия',
            },
          ],
    ),
  );
}

/** Two scripts that claim the same calls with the same right: which is chosen would hang on their names. */
export function checkRivals(scripts: readonly Script[]): Finding[] {
  const claims = new Map<string, string>();
  return scripts.flatMap((script): Finding[] => {
    if (!script.appliesTo) return [];
    const { priority = 0, ...rest } = script.appliesTo;
    const claim = JSON.stringify([priority, Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1))]);
    const rival = claims.get(claim);
    claims.set(claim, rival ?? script.id);
    if (rival === undefined) return [];
    return [
      {
        severity: 'warning',
        code: 'script.rival',
        scriptId: script.id,
        path: ['appliesTo'],
        message: `Для тех же звонков есть сценарий «${rival}», и он ничем не хуже`,
        suggestion: 'Дайте одному из них больший priority или уточните appliesTo',
      },
    ];
  });
}
