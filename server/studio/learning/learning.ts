import { textIn } from '../../../machines/script/localText.ts';
import { AppError, type Instant } from '../../../machines/vocabulary/index.ts';
import type { LearningView, TrialView, UnansweredItem, WordingsView } from '../../contract/index.ts';
import type { CallHistoryDocument } from '../../reports/callHistory.ts';
import type { Catalogue } from '../../scripts/catalogue.ts';
import type { Collection } from '../../storage/port.ts';
import { compareShares, type Tally } from './chance.ts';
import { pathOf, StepCounter, type ClosedCall, type ScriptOfCall } from './stepFigures.ts';
import { linesOf, TrialCounter, trialsOf } from './trials.ts';
import type { Unanswered } from './unanswered.ts';

export interface LearningSetup {
  readonly history: Collection<CallHistoryDocument>;
  readonly catalogue: Catalogue;
  readonly inbox: Unanswered;
}
export interface Period {
  readonly from: Instant;
  readonly to: Instant;
}
export interface WordingsQuestion extends Period {
  readonly scriptId: string;
  readonly stepId: string;
  readonly choiceId?: string | undefined;
  readonly a: number;
  readonly b: number;
}

/** Figures from closed calls, read page by page so that live calls go on between pages. */
export class Learning {
  readonly inbox: Unanswered;
  readonly #setup: LearningSetup;

  constructor(setup: LearningSetup) {
    this.#setup = setup;
    this.inbox = setup.inbox;
  }

  async figures(scriptId: string, { from, to }: Period, version?: number): Promise<LearningView> {
    const counter = new StepCounter(scriptId, version);
    const versionIn = await this.#versionsIn(scriptId);
    await this.#each({ from, to }, async (closed) => {
      const versions = new Map<ScriptOfCall, number | undefined>();
      for (const script of closed.call.scripts) versions.set(script, await versionIn(script));
      counter.add(closed, versions);
    });
    return { scriptId, from, to, ...counter.result() };
  }
  /** Which version of a script another one had in it: the one that was current when that was published. */
  async #versionsIn(scriptId: string): Promise<(script: ScriptOfCall) => Promise<number | undefined>> {
    const { catalogue } = this.#setup;
    const own = await catalogue.versionsOf(scriptId);
    const known = new Map<string, number | undefined>();
    return async ({ scriptId: host, version }) => {
      if (host === scriptId) return version;
      const key = `${host}@${String(version)}`;
      if (!known.has(key)) {
        const at = (await catalogue.version(host, version))?.publishedAt ?? 0;
        known.set(key, own.find(({ publishedAt }) => publishedAt <= at)?.version);
      }
      return known.get(key);
    };
  }

  /** Two wordings that the lot divided calls between: all trials of the script, or those of one step. */
  async trials(scriptId: string, now: Instant, stepId?: string): Promise<TrialView[]> {
    const versions = await this.#setup.catalogue.versionsOf(scriptId);
    const trials = trialsOf(versions).filter(({ step }) => stepId === undefined || step.id === stepId);
    if (trials.length === 0) return [];
    const counters = trials.map((trial) => new TrialCounter(trial));
    const from = Math.min(...trials.map(({ since }) => since));
    await this.#each({ from, to: now }, (closed) => {
      for (const counter of counters) counter.add(closed);
    });
    return counters.map((counter) => counter.result());
  }

  /** Calls that came to the step on either version: how many took the choice, or ended satisfied. */
  async wordings(question: WordingsQuestion): Promise<WordingsView> {
    const tallies = new Map<number, { took: number; calls: number }>([
      [question.a, { took: 0, calls: 0 }],
      [question.b, { took: 0, calls: 0 }],
    ]);
    await this.#each(question, ({ call }) => {
      for (const script of call.scripts) {
        const tally = script.scriptId === question.scriptId ? tallies.get(script.version) : undefined;
        const path = pathOf(script);
        const visits = path.flatMap(({ step }, index) => (step === question.stepId ? [index] : []));
        if (!tally || visits.length === 0) continue;
        const tookIt =
          question.choiceId === undefined
            ? call.facts.satisfied
            : visits.some((index) => path[index + 1]?.via === question.choiceId);
        // A call whose satisfaction nobody noted says nothing of it.
        if (tookIt === null) continue;
        tally.calls += 1;
        if (tookIt) tally.took += 1;
      }
    });
    const [a, b] = [tallies.get(question.a), tallies.get(question.b)] as [Tally, Tally];
    return {
      a: await this.#side(question, question.a, a),
      b: await this.#side(question, question.b, b),
      ...compareShares(a, b),
    };
  }
  async #side({ scriptId, stepId }: WordingsQuestion, version: number, tally: Tally): Promise<WordingsView['a']> {
    const published = await this.#setup.catalogue.version(scriptId, version);
    if (!published) throw new AppError('studio.unknown', 'no such version', { kind: 'user' });
    const [line = ''] = linesOf(published.script.steps.find(({ id }) => id === stepId)?.say);
    return { version, line, ...tally, share: tally.calls === 0 ? 0 : tally.took / tally.calls };
  }

  async unanswered(filter: Parameters<Unanswered['list']>[0]): Promise<UnansweredItem[]> {
    const items = await this.inbox.list(filter);
    return items.map(({ became, byName, ...item }) => ({
      ...item,
      stepTitle: this.#stepTitle(item.scriptId, item.stepId),
      ...(became === null ? {} : { became }),
      ...(byName === null ? {} : { byName }),
    }));
  }
  #stepTitle(scriptId: string, stepKey: string): string {
    const [sub, step] = stepKey.includes('/') ? stepKey.split('/') : [scriptId, stepKey];
    const script = this.#setup.catalogue.currentOf(sub ?? scriptId)?.script;
    const title = script?.steps.find(({ id }) => id === step)?.title;
    return title === undefined ? stepKey : textIn(title, 'ru');
  }

  /** Newest first: what came after a call is known when it is reached, also what came after the period. */
  async #each({ from, to }: Period, take: (closed: ClosedCall) => void | Promise<void>): Promise<void> {
    const calledAgain = new Set<string>();
    let cursor: string | undefined;
    do {
      const page = await this.#setup.history.find({
        where: { startedAt: { gte: from } },
        orderBy: { column: 'startedAt', descending: true },
        limit: 500,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const { document: call } of page.items) {
        const { inquiryId, facts } = call;
        if (facts.startedAt < to) await take({ call, calledAgain: inquiryId !== null && calledAgain.has(inquiryId) });
        // A promised call back is not the client's own.
        if (inquiryId !== null && facts.direction !== 'outbound') calledAgain.add(inquiryId);
      }
      cursor = page.next;
    } while (cursor !== undefined);
  }
}
