import { textIn } from '../../../machines/script/localText.ts';
import { AppError, type Instant } from '../../../machines/vocabulary/index.ts';
import type { LearningView, UnansweredItem, WordingsView } from '../../contract/index.ts';
import type { CallHistoryDocument } from '../../reports/callHistory.ts';
import type { Catalogue } from '../../scripts/catalogue.ts';
import type { Collection } from '../../storage/port.ts';
import { pathOf, StepCounter } from './stepFigures.ts';
import type { Unanswered } from './unanswered.ts';
import { compareTallies, type Tally } from './wordings.ts';

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
    await this.#each({ from, to }, (call) => counter.add(call));
    return { scriptId, from, to, ...counter.result() };
  }

  /** Calls that came to the step on either version: how many took the choice, or ended satisfied. */
  async wordings(question: WordingsQuestion): Promise<WordingsView> {
    const tallies = new Map<number, { took: number; calls: number }>([
      [question.a, { took: 0, calls: 0 }],
      [question.b, { took: 0, calls: 0 }],
    ]);
    await this.#each(question, (call) => {
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
      ...compareTallies(a, b),
    };
  }
  async #side({ scriptId, stepId }: WordingsQuestion, version: number, tally: Tally): Promise<WordingsView['a']> {
    const published = await this.#setup.catalogue.version(scriptId, version);
    if (!published) throw new AppError('studio.unknown', 'no such version', { kind: 'user' });
    const say = published.script.steps.find(({ id }) => id === stepId)?.say;
    const [first] = Array.isArray(say) ? say : [say];
    const text = typeof first === 'object' && 'text' in first ? first.text : first;
    const line = text === undefined ? '' : textIn(text, 'ru');
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

  async #each({ from, to }: Period, take: (call: CallHistoryDocument) => void): Promise<void> {
    let cursor: string | undefined;
    do {
      const page = await this.#setup.history.find({
        where: { startedAt: { gte: from, lt: to } },
        orderBy: { column: 'startedAt' },
        limit: 500,
        ...(cursor === undefined ? {} : { cursor }),
      });
      for (const { document } of page.items) take(document);
      cursor = page.next;
    } while (cursor !== undefined);
  }
}
