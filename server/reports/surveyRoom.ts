import { z } from 'zod';
import type { CallFact, Clock, Instant, OperatorId } from '../../machines/vocabulary/index.ts';
import type { SurveyQuestionFigures, SurveyReport, ReportPeriod } from '../contract/index.ts';
import type { Log } from '../log.ts';
import type { Collection, CollectionSpec } from '../storage/port.ts';
import { lastMonths, localMonth } from './periods.ts';

/**
 * One caller's answers on the keypad (regulation, V: as anonymous as can be). No number, no call, no operator; the
 * instant is cut to the day, so that it cannot be laid beside the list of calls. With the caller's consent the call and
 * the operator stand beside it.
 */
export interface SurveyDocument {
  readonly day: Instant;
  /** Key by question: `{ '1': '5', '2': '4' }`. */
  readonly answers: Readonly<Record<string, string>>;
  readonly agreed: { readonly callId: string; readonly operatorId: OperatorId | null } | null;
}
const schema = z.looseObject({ day: z.number(), answers: z.record(z.string(), z.string()) });
const mark = (document: SurveyDocument, question: string): number | null => {
  const digit = Number(document.answers[question] ?? '0');
  return digit >= 1 && digit <= 5 ? digit : null;
};
const QUESTIONS = ['1', '2', '3'] as const;
/** A question with this number asks for consent; `1` means yes. */
const CONSENT = '9';

export const surveySpec: CollectionSpec<SurveyDocument> = {
  name: 'survey',
  version: 1,
  columns: {
    day: { type: 'instant', of: (document) => document.day },
    ...Object.fromEntries(
      QUESTIONS.map((question) => [
        `mark${question}`,
        { type: 'integer' as const, of: (document: SurveyDocument) => mark(document, question) },
      ]),
    ),
    operatorId: { type: 'text', of: (document) => document.agreed?.operatorId ?? null },
  },
  indexes: [{ columns: ['day'] }],
  check: (document) => schema.parse(document) as unknown as SurveyDocument,
};

export interface SurveySetup {
  readonly collection: Collection<SurveyDocument>;
  readonly clock: Clock;
  readonly log: Log;
  readonly timeZone: string;
  startOfDay(at: Instant): Instant;
  /** Random: the place in the store must not follow the order of the calls. */
  newId(): string;
  operatorOf(callId: string): OperatorId | undefined;
}
const AGAIN_MS = 2_000;

/**
 * Gathers the keys of one call until it ends, in memory alone: the journal is read by call, so an answer must not be
 * in it. A crash in the few seconds of a survey loses that survey; its anonymity is worth more.
 */
export class SurveyRoom {
  readonly #setup: SurveySetup;
  readonly #open = new Map<string, Record<string, string>>();

  constructor(setup: SurveySetup) {
    this.#setup = setup;
  }
  onCallFact(fact: CallFact): void {
    if (fact.type === 'call.surveyAnswered') {
      this.#open.set(fact.callId, { ...this.#open.get(fact.callId), [fact.question]: fact.digit });
    } else if (fact.type === 'call.ended') this.#close(fact.callId, fact.at);
  }
  #close(callId: string, at: Instant): void {
    const given = this.#open.get(callId);
    if (!given) return;
    this.#open.delete(callId);
    const { [CONSENT]: consent, ...answers } = given;
    const setup = this.#setup;
    const agreed = consent === '1' ? { callId, operatorId: setup.operatorOf(callId) ?? null } : null;
    void this.#store(setup.newId(), { day: setup.startOfDay(at), answers, agreed });
  }
  async #store(id: string, document: SurveyDocument): Promise<void> {
    try {
      await this.#setup.collection.put(id, document);
    } catch (fault) {
      const { clock, log } = this.#setup;
      log.warn({ err: fault }, 'a survey could not be written; trying again');
      clock.setTimer(clock.now() + AGAIN_MS, () => void this.#store(id, document));
    }
  }

  /** The newest of what was answered, as it lies. */
  async all(): Promise<readonly SurveyDocument[]> {
    const page = await this.#setup.collection.find({ orderBy: { column: 'day', descending: true }, limit: 1_000 });
    return page.items.map(({ document }) => document);
  }
  /** Means over a period, over the period before, and by month up to the period's end. */
  async report(period: ReportPeriod, before: ReportPeriod): Promise<SurveyReport> {
    const { timeZone, collection } = this.#setup;
    const months = lastMonths(period.to - 1, 12, timeZone);
    const [questions, earlier, rows] = await Promise.all([
      this.#questions(period),
      this.#questions(before),
      collection.aggregate({
        where: { day: { gte: months[0] ?? 0, lt: period.to } },
        groupBy: ['day'],
        measures: { answers: { op: 'count', column: 'mark1' }, sum: { op: 'sum', column: 'mark1' } },
      }),
    ]);
    const byMonth = months.slice(0, -1).map((first) => {
      const month = localMonth(first, timeZone);
      const mine = rows.filter(({ day }) => localMonth(Number(day), timeZone) === month);
      const answers = mine.reduce((sum, row) => sum + Number(row['answers']), 0);
      const total = mine.reduce((sum, row) => sum + Number(row['sum']), 0);
      return { month, answers, mean: answers > 0 ? total / answers : null };
    });
    const answers = Math.max(0, ...questions.map((each) => each.answers));
    return { answers, questions, before: earlier, months: byMonth };
  }
  async #questions({ from, to }: ReportPeriod): Promise<SurveyQuestionFigures[]> {
    const { collection } = this.#setup;
    const since = this.#setup.startOfDay(from);
    const all = await Promise.all(
      QUESTIONS.map(async (question) => {
        const column = `mark${question}`;
        const rows = await collection.aggregate({
          where: { day: { gte: since, lt: to } },
          groupBy: [column],
          measures: { answers: { op: 'count' } },
        });
        const marked = rows.filter((row) => row[column] !== null);
        const answers = marked.reduce((sum, row) => sum + Number(row['answers']), 0);
        const total = marked.reduce((sum, row) => sum + Number(row['answers']) * Number(row[column]), 0);
        const byDigit = Object.fromEntries(marked.map((row) => [String(row[column]), Number(row['answers'])]));
        return { question, answers, mean: answers > 0 ? total / answers : 0, byDigit };
      }),
    );
    return all.filter(({ answers }) => answers > 0);
  }
}
