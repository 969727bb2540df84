import { compile, learned, matterOf, start, step, view } from '../../machines/script/index.ts';
import type { CompiledScript, FieldValue, Known, ScriptEffect, ScriptState } from '../../machines/script/index.ts';
import type { StepView } from '../../machines/script/view.ts';
import type { Language } from '../../machines/vocabulary/index.ts';
import type { Script } from '../../machines/script/index.ts';
import type { ReactionFact } from '../../machines/script/index.ts';
import { asKnown } from '../../server/knowledge/contactPoints.ts';
import { orThrow } from '../../server/knowledge/fault.ts';
import { loadLibrary } from '../../server/knowledge/library.ts';
import { readContactParts, readLibrary } from '../../server/scripts/library.ts';

export const LIBRARY_FOLDER = 'scripts-library';
export const library = orThrow(await loadLibrary(LIBRARY_FOLDER));
const parts = await readContactParts(`${LIBRARY_FOLDER}/contact-points.yaml`);
const read = await readLibrary([`${LIBRARY_FOLDER}/scripts`], {
  folder: LIBRARY_FOLDER,
  ...(parts ? { contactPoints: parts } : {}),
});
export const findings = read.findings;
export const scripts: ReadonlyMap<string, Script> = read.scripts;

const MINUTE = 60_000;
/** Thursday, 26 November 2026, 10:05 in Moscow. */
export const NOW = Date.UTC(2026, 10, 26, 7, 5);

export const world = (changed: Partial<Known> = {}): Known => ({
  now: NOW,
  timeZone: 'Europe/Moscow',
  workingHours: true,
  hours: { schedule: { ru: 'по будням с 9:00 до 18:00', en: 'on weekdays from 9:00 to 18:00' } },
  organization: {
    ru: 'Министерство образования и науки Курской области',
    en: 'Ministry of Education and Science of Kursk Region',
  },
  operator: { fullName: 'Смирнова Анна Петровна', position: 'ведущий консультант', unit: 'справочная служба' },
  client: { kind: 'external', number: '+79065550101', earlierCalls: 0 },
  call: { phase: 'talking', direction: 'inbound', isCallback: false },
  inquiry: { callNumber: 1 },
  transfers: { count: 0, limit: 2, extra: 0 },
  deadlines: {
    callback: Date.UTC(2026, 10, 26, 13, 30),
    internal: Date.UTC(2026, 10, 26, 15, 0),
    appeal: Date.UTC(2026, 11, 25, 15, 0),
    forwarding: Date.UTC(2026, 11, 3, 15, 0),
    social: Date.UTC(2026, 10, 26, 10, 5),
  },
  contactPoints: asKnown(library.contactPoints),
  ...changed,
});

const compiled = new Map<string, CompiledScript>();
export function compiledScript(id: string): CompiledScript {
  const before = compiled.get(id);
  if (before) return before;
  const script = scripts.get(id);
  if (!script) throw new RangeError(`No script ${id} in the library`);
  const made = compile(script, { scripts });
  compiled.set(id, made);
  return made;
}

/** One conversation by a script of the library, as the operator's panel leads it. */
export class Conversation {
  known: Known;
  at = NOW;
  readonly effects: ScriptEffect[] = [];
  readonly #script: CompiledScript;
  #state: ScriptState;

  constructor(id: string, known: Known = world(), language: Language = 'ru') {
    this.#script = compiledScript(id);
    this.known = known;
    const begun = start(this.#script, known, this.at, { language });
    this.#state = begun.state;
    this.effects.push(...begun.effects);
  }

  get view(): StepView {
    return view(this.#script, this.#state, this.known);
  }
  get step(): string {
    return this.view.stepId;
  }
  /** What the operator is to say now. */
  get line(): string {
    return this.view.lines[0] ?? '';
  }
  get lines(): string {
    return this.view.lines.join(' | ');
  }
  /** The column «что известно». */
  get learned(): ReturnType<typeof learned> {
    return learned(this.#script, this.#state, this.known);
  }
  /** What the client asks, as the prepared answers are put in order by. */
  get matter(): string {
    return matterOf(this.#script, this.#state, this.known);
  }
  get fields(): ScriptState['fields'] {
    return this.#state.fields;
  }

  choose(...choiceIds: string[]): this {
    for (const choiceId of choiceIds) this.#apply({ type: 'choose', choiceId, at: this.at }, choiceId);
    return this;
  }
  answer(fieldId: string, value: FieldValue): this {
    return this.#apply({ type: 'answer', fieldId, value, at: this.at }, fieldId);
  }
  fact(name: Exclude<ReactionFact, 'timeUp'>, changed: Partial<Known> = {}): this {
    this.known = { ...this.known, ...changed };
    return this.#apply({ type: 'fact', name, at: this.at }, name);
  }
  /** What the panel says of a choice that is refused. */
  refusalOf(choiceId: string): string {
    const { refused } = step(this.#script, this.#state, { type: 'choose', choiceId, at: this.at }, this.known);
    return refused?.message ?? '';
  }
  know(changed: Partial<Known>): this {
    this.known = { ...this.known, ...changed };
    return this;
  }
  wait(minutes: number): this {
    this.at += minutes * MINUTE;
    this.known = { ...this.known, now: this.at };
    return this;
  }
  effectsOf<Type extends ScriptEffect['type']>(type: Type): Extract<ScriptEffect, { type: Type }>[] {
    return this.effects.filter((effect): effect is Extract<ScriptEffect, { type: Type }> => effect.type === type);
  }

  #apply(event: Parameters<typeof step>[2], what: string): this {
    const { state, effects, refused } = step(this.#script, this.#state, event, this.known);
    if (refused) throw new Error(`«${what}» on ${this.step} was refused: ${refused.message}`);
    this.#state = state;
    this.effects.push(...effects);
    return this;
  }
}

/** An inbound call up to the moment at which the question is understood. */
export const understood = (known: Known = world(), id = 'inbound'): Conversation =>
  new Conversation(id, known)
    .answer('question', 'когда придёт направление в сад')
    .choose('stated')
    .answer('clientName', 'Пётр Сергеевич')
    .choose('named')
    .answer('topic', 'kindergarten')
    .choose('clear');
