import type { Script } from '../types.ts';
import type { Finding } from './finding.ts';

/**
 * A second wording on trial is held to every rule of the first: the scripts are checked once more with it in the place
 * of `say`, and what is said of that place is said of `trial`.
 */
export function withTrials(
  scripts: readonly Script[],
  checkSaid: (scripts: readonly Script[]) => Finding[],
): Finding[] {
  const findings = [...checkSaid(scripts), ...scripts.flatMap(loneTrials)];
  if (!scripts.some(hasTrial)) return findings;
  const told = new Set(findings.map(keyOf));
  const byId = new Map(scripts.map((script) => [script.id, script]));
  const ofTrials = checkSaid(scripts.map(onTrial)).map((finding) => renamed(finding, byId.get(finding.scriptId)));
  return [...findings, ...ofTrials.filter((finding) => !told.has(keyOf(finding)))];
}

const hasTrial = ({ steps }: Script): boolean => steps.some(({ trial }) => trial !== undefined);
const keyOf = ({ scriptId, code, path, message }: Finding): string => JSON.stringify([scriptId, code, path, message]);

function onTrial(script: Script): Script {
  if (!hasTrial(script)) return script;
  const steps = script.steps.map(({ trial, ...step }) => (trial === undefined ? step : { ...step, say: trial }));
  return { ...script, steps };
}

function renamed(finding: Finding, script: Script | undefined): Finding {
  const [list, index, part, ...rest] = finding.path;
  if (list !== 'steps' || part !== 'say' || typeof index !== 'number') return finding;
  return script?.steps[index]?.trial === undefined ? finding : { ...finding, path: [list, index, 'trial', ...rest] };
}

/** Two wordings are compared, so there have to be two. */
const loneTrials = (script: Script): Finding[] =>
  script.steps.flatMap(({ id, say, trial }, index): Finding[] => {
    if (trial === undefined || (say !== undefined && JSON.stringify(say) !== JSON.stringify(trial))) return [];
    return [
      {
        severity: 'error',
        code: 'trial.same',
        scriptId: script.id,
        stepId: id,
        path: ['steps', index, 'trial'],
        message: {
          ru: 'Сравнивать нечего: второй формулировки, отличной от первой, нет',
          en: 'There is nothing to compare: no second wording differs from the first',
        },
        suggestion: { ru: 'Измените одну из двух или закончите испытание', en: 'Change one of them or end the trial' },
      },
    ];
  });
