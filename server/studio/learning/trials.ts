import { textIn } from '../../../machines/script/localText.ts';
import { trialIdOf, type Heard } from '../../../machines/script/trial.ts';
import type { Script, Step } from '../../../machines/script/types.ts';
import type { Instant } from '../../../machines/vocabulary/index.ts';
import type { TrialArm, TrialShare, TrialView } from '../../contract/index.ts';
import type { ScriptVersion } from '../../scripts/catalogue.ts';
import { ALPHA, callsToTell, compareShares, plannedCalls, rankPValue, verdictOf, type Tally } from './chance.ts';
import { isChoice, isHangUp, median, staysOf, type ClosedCall } from './stepFigures.ts';
import { nothing, type Sums } from './sums.ts';

/** Two wordings of one step, from the version that began to compare them to the one that ended it. */
export interface Trial {
  readonly trialId: string;
  readonly step: Step;
  readonly since: Instant;
  readonly until?: Instant;
}

/** Trials of a script, newest first. `versions`: newest first, as the catalogue gives them. */
export function trialsOf(versions: readonly ScriptVersion[]): Trial[] {
  const found = new Map<string, Trial>();
  for (const [index, { script, publishedAt }] of versions.entries()) {
    const endedAt = versions[index - 1]?.publishedAt;
    for (const { trialId, step } of onTrial(script)) {
      const known = found.get(trialId);
      if (known) found.set(trialId, { ...known, since: publishedAt });
      else
        found.set(trialId, {
          ...{ trialId, step, since: publishedAt },
          ...(endedAt === undefined ? {} : { until: endedAt }),
        });
    }
  }
  return [...found.values()].sort((a, b) => b.since - a.since);
}
const onTrial = (script: Script) =>
  script.steps
    .filter(({ trial }) => trial !== undefined)
    .map((step) => ({ step, trialId: trialIdOf(script.id, step) }));

/** Calls of one trial, counted by what each heard; whichever script and version brought them to the step. */
export class TrialCounter {
  readonly #trial: Trial;
  readonly #heard: Readonly<Record<Heard, Sums>> = { first: nothing(), second: nothing() };

  constructor(trial: Trial) {
    this.#trial = trial;
  }

  add(closed: ClosedCall): void {
    const stays = staysOf(closed);
    const here = stays.find(({ entry }) => entry.trial?.id === this.#trial.trialId);
    if (!here?.entry.trial) return;
    const { facts } = closed.call;
    const sums = this.#heard[here.entry.trial.heard];
    sums.calls += 1;
    sums.stays.push(here.ms);
    const via = here.next?.via;
    if (via !== undefined && isChoice(via)) sums.choices.set(via, (sums.choices.get(via) ?? 0) + 1);
    if (isHangUp(closed.call, here)) sums.hangUps += 1;
    if (facts.satisfied === true) sums.satisfied += 1;
    if (facts.satisfied === false) sums.unsatisfied += 1;
    if (closed.calledAgain) sums.repeats += 1;
  }

  result(): TrialView {
    const { step, ...trial } = this.#trial;
    const { first, second } = this.#heard;
    const tallies = this.#tallies();
    const alpha = ALPHA / (tallies.length + 1);
    const p = rankPValue(first.stays, second.stays);
    return {
      ...trial,
      stepId: step.id,
      first: armOf(step.say, first),
      second: armOf(step.trial, second),
      time: { pValue: p, verdict: verdictOf(first.calls, second.calls, p, alpha) },
      shares: tallies.map((tally) => shareOf(tally, alpha)),
      alpha,
      plan: plannedCalls(alpha),
    };
  }
  #tallies(): Tallies[] {
    const { first, second } = this.#heard;
    const of = (took: (sums: Sums) => number, calls = (sums: Sums): number => sums.calls) => {
      const tally = (sums: Sums): Tally => ({ took: took(sums), calls: calls(sums) });
      return { first: tally(first), second: tally(second) };
    };
    const written = (this.#trial.step.choices ?? []).map(({ id }) => id);
    const choices = [...new Set([...written, ...first.choices.keys(), ...second.choices.keys()])].filter(
      (id) => first.choices.has(id) || second.choices.has(id),
    );
    return [
      ...choices.map((choiceId) => ({
        of: 'choice' as const,
        choiceId,
        ...of(({ choices: taken }) => taken.get(choiceId) ?? 0),
      })),
      { of: 'hangUp', ...of(({ hangUps }) => hangUps) },
      {
        of: 'satisfied',
        ...of(
          ({ satisfied }) => satisfied,
          ({ satisfied, unsatisfied }) => satisfied + unsatisfied,
        ),
      },
      { of: 'repeat', ...of(({ repeats }) => repeats) },
    ];
  }
}

type Tallies = Pick<TrialShare, 'of' | 'choiceId' | 'first' | 'second'>;
function shareOf(tallies: Tallies, alpha: number): TrialShare {
  const { first, second } = tallies;
  const compared = compareShares(first, second, alpha);
  const isOpen = compared.verdict === 'chance' || compared.verdict === 'few';
  const needed = isOpen ? callsToTell(first.took / first.calls, second.took / second.calls, alpha) : Infinity;
  const missing = needed - Math.min(first.calls, second.calls);
  return { ...tallies, ...compared, ...(Number.isFinite(needed) && missing > 0 ? { missing } : {}) };
}

function armOf(say: Step['say'], { calls, stays }: Sums): TrialArm {
  const medianMs = median(stays);
  return { lines: linesOf(say), calls, ...(medianMs === undefined ? {} : { medianMs }) };
}
export function linesOf(say: Step['say']): string[] {
  const list = say === undefined ? [] : Array.isArray(say) ? say : [say];
  return list.map((one) => textIn(typeof one === 'object' && 'text' in one ? one.text : one, 'ru'));
}
