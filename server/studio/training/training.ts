import { AppError, type Instant } from '../../../machines/vocabulary/index.ts';
import type { CompiledScript } from '../../../machines/script/index.ts';
import type {
  TrainingReplay,
  TrainingRunRow,
  TrainingRunView,
  TrainingTask,
  WalkEvent,
  WalkView,
  WhichVersion,
} from '../../contract/index.ts';
import { fullName, type Person } from '../../people/users.ts';
import type { Catalogue } from '../../scripts/catalogue.ts';
import type { Collection, Storage } from '../../storage/port.ts';
import { isPlain, type Plain } from '../source/values.ts';
import type { Walks } from '../walks.ts';
import { runSpec, taskSpec, type Frame, type Run } from './run.ts';
import { labelsOf, saidAt } from './replayWords.ts';
import { scoreRun } from './score.ts';

export interface TrainingSetup {
  readonly walks: Walks;
  readonly catalogue: Catalogue;
  compiled(scriptId: string, which: WhichVersion, at: Instant): Promise<CompiledScript>;
}
export interface StartOf {
  readonly task: TrainingTask | null;
  readonly scriptId: string;
  readonly version: WhichVersion;
  readonly known: Plain;
}
const refuse = (code: string, message: string): AppError => new AppError(code, message, { kind: 'user' });

/** Tasks, and runs of them: every event is stored before it is acknowledged. */
export class Training {
  readonly #tasks: Collection<TrainingTask>;
  readonly #runs: Collection<Run>;
  readonly #setup: TrainingSetup;
  /** Of each run, what is being done to it. */
  readonly #turns = new Map<string, Promise<unknown>>();

  private constructor(tasks: Collection<TrainingTask>, runs: Collection<Run>, setup: TrainingSetup) {
    this.#tasks = tasks;
    this.#runs = runs;
    this.#setup = setup;
  }
  static async open(storage: Storage, setup: TrainingSetup): Promise<Training> {
    return new Training(await storage.collection(taskSpec), await storage.collection(runSpec), setup);
  }

  /** Tasks that were never there; what a trainer changed or removed stays as it is. */
  async seed(tasks: readonly TrainingTask[]): Promise<void> {
    for (const task of tasks) await this.#tasks.insert(task.taskId, task);
  }
  async tasks(): Promise<TrainingTask[]> {
    const page = await this.#tasks.find({ where: { removed: false }, limit: 500 });
    return page.items.map(({ document }) => document).sort((a, b) => a.title.localeCompare(b.title, 'ru'));
  }
  async task(taskId: string): Promise<TrainingTask> {
    const stored = await this.#tasks.get(taskId);
    if (!stored || stored.document.removed) throw refuse('training.unknown', 'no such task');
    return stored.document;
  }
  async saveTask(task: TrainingTask): Promise<void> {
    await this.#tasks.put(task.taskId, task);
  }
  async removeTask(taskId: string): Promise<void> {
    await this.#tasks.put(taskId, { ...(await this.task(taskId)), removed: true });
  }

  async start(runId: string, person: Person, wish: StartOf, at: Instant): Promise<TrainingRunView> {
    const version = wish.version === 'draft' ? 0 : Number(wish.version);
    const compiled = await this.#setup.compiled(wish.scriptId, wish.version, at);
    const walk = this.#setup.walks.begin(compiled, wish.known, at);
    const run: Run = {
      runId,
      personId: person.id,
      personName: fullName(person),
      task: wish.task,
      scriptId: wish.scriptId,
      version,
      startedAt: at,
      finishedAt: null,
      known: wish.known,
      state: walk.state,
      frames: [frameOf(walk, at)],
      score: null,
    };
    if ((await this.#runs.insert(runId, run)) === 'exists') return this.#view(run, walk);
    return this.#view(run, walk);
  }

  /** Troubles of the task that are due by now happen first, as they would on the line. */
  event(
    runId: string,
    personId: string,
    event: WalkEvent | undefined,
    parts: Plain | undefined,
    at: Instant,
  ): Promise<TrainingRunView> {
    return this.#inTurn(runId, () => this.#event(runId, personId, event, parts, at));
  }
  finish(runId: string, personId: string, at: Instant): Promise<TrainingRunView> {
    return this.#inTurn(runId, () => this.#finish(runId, personId, at));
  }
  /** A button that is pressed ends what was being typed: two events of one hand come at once. */
  async #inTurn<T>(runId: string, work: () => Promise<T>): Promise<T> {
    const done = (this.#turns.get(runId) ?? Promise.resolve()).then(work, work);
    this.#turns.set(runId, done);
    try {
      return await done;
    } finally {
      if (this.#turns.get(runId) === done) this.#turns.delete(runId);
    }
  }
  async #event(
    runId: string,
    personId: string,
    event: WalkEvent | undefined,
    parts: Plain | undefined,
    at: Instant,
  ): Promise<TrainingRunView> {
    const { run, revision } = await this.#own(runId, personId);
    const compiled = await this.#compiled(run, at);
    const known = { ...run.known, ...parts };
    let next: Run = { ...run, known };
    let walk: WalkView | undefined;
    for (const each of [...troublesDue(run, at), ...(event ? [{ event, at }] : [])]) {
      walk = this.#setup.walks.go(compiled, next.state, each.event, known, each.at);
      next = { ...next, state: walk.state, frames: [...next.frames, frameOf(walk, each.at, each.event)] };
    }
    await this.#replace(next, revision);
    return this.#view(next, walk ?? this.#look(compiled, next, at));
  }
  async #finish(runId: string, personId: string, at: Instant): Promise<TrainingRunView> {
    const { run, revision } = await this.#own(runId, personId);
    const compiled = await this.#compiled(run, at);
    const finished = { ...run, finishedAt: at };
    const next: Run = { ...finished, score: scoreRun(finished, compiled) };
    await this.#replace(next, revision);
    return this.#view(next, this.#look(compiled, next, at));
  }

  async rows(filter: {
    readonly personId?: string | undefined;
    readonly taskId?: string | undefined;
  }): Promise<TrainingRunRow[]> {
    const page = await this.#runs.find({
      where: {
        ...(filter.personId === undefined ? {} : { personId: filter.personId }),
        ...(filter.taskId === undefined ? {} : { taskId: filter.taskId }),
      },
      orderBy: { column: 'startedAt', descending: true },
      limit: 200,
    });
    return page.items.map(({ document }) => rowOf(document));
  }
  async replay(runId: string, viewer: Person): Promise<TrainingReplay> {
    const run = (await this.#runs.get(runId))?.document;
    const isTrainer = viewer.roles.some((role) => role !== 'operator');
    if (!run || (run.personId !== viewer.id && !isTrainer)) throw refuse('training.unknown', 'no such run');
    return {
      ...rowOf(run),
      ...(run.score ? { score: run.score } : {}),
      frames: run.frames.map((frame, index) => ({
        at: frame.at,
        said: saidAt(frame, run.frames[index - 1]),
        stepId: frame.stepId,
        title: frame.title,
        lines: frame.lines,
      })),
    };
  }

  async #own(runId: string, personId: string): Promise<{ run: Run; revision: number }> {
    const stored = await this.#runs.get(runId);
    if (!stored || stored.document.personId !== personId) throw refuse('training.unknown', 'no such run');
    if (stored.document.finishedAt !== null) throw refuse('training.finished', 'the run is over');
    return { run: stored.document, revision: stored.revision };
  }
  async #replace(run: Run, revision: number): Promise<void> {
    if ((await this.#runs.replace(run.runId, run, revision)) === 'conflict')
      throw refuse('training.conflict', 'another window of yours went on meanwhile');
  }
  #compiled(run: Run, at: Instant): Promise<CompiledScript> {
    return this.#setup.compiled(run.scriptId, run.version === 0 ? 'draft' : run.version, at);
  }
  #look(compiled: CompiledScript, run: Run, at: Instant): WalkView {
    return this.#setup.walks.go(compiled, run.state, undefined, run.known, at);
  }
  #view(run: Run, walk: WalkView): TrainingRunView {
    return {
      runId: run.runId,
      ...(run.task ? { task: run.task } : {}),
      startedAt: run.startedAt,
      walk,
      ...(run.score ? { score: run.score } : {}),
    };
  }
}

/** Facts that should have come by now on the step where the run stands, and have not. */
export function troublesDue(run: Run, at: Instant): { readonly event: WalkEvent; readonly at: Instant }[] {
  const last = run.frames.at(-1);
  const arrived = run.frames.findLast(({ stepId }, index) => run.frames[index - 1]?.stepId !== stepId);
  if (!last || !arrived) return [];
  const since = run.frames.slice(run.frames.indexOf(arrived));
  return (run.task?.trouble ?? [])
    .filter(({ atStep, afterMs, fact }) => {
      const isHere = atStep === last.stepId && arrived.at + afterMs <= at;
      return isHere && !since.some(({ event }) => event?.type === 'fact' && event.name === fact);
    })
    .map(({ fact, afterMs }) => ({ event: { type: 'fact' as const, name: fact }, at: arrived.at + afterMs }))
    .sort((a, b) => a.at - b.at);
}

function frameOf({ view, effects, refused }: WalkView, at: Instant, event?: WalkEvent): Frame {
  return {
    at,
    ...(event ? { event } : {}),
    effects: effects.map(({ type }) => type),
    stepId: view.stepId,
    kind: view.kind,
    title: view.title,
    lines: view.lines,
    labels: labelsOf(view),
    hasNext: view.next !== undefined,
    ended: view.ended !== undefined,
    outcome: view.ended?.satisfied ?? null,
    ...(refused ? { refused: refused.code } : {}),
  };
}
const rowOf = (run: Run): TrainingRunRow => ({
  runId: run.runId,
  personId: run.personId,
  personName: run.personName,
  taskId: run.task?.taskId ?? null,
  taskTitle: run.task?.title ?? null,
  scriptId: run.scriptId,
  version: run.version,
  startedAt: run.startedAt,
  ...(run.finishedAt === null ? {} : { finishedAt: run.finishedAt }),
  ...(run.score ? { total: run.score.total } : {}),
});
export const plainOr = (value: unknown): Plain => (isPlain(value) ? value : {});
