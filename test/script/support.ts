import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { exampleKnown, EXAMPLE_NOW } from '../../machines/script/example.ts';
import { compile, start, step, view } from '../../machines/script/index.ts';
import type {
  CompiledScript,
  CompileOptions,
  Known,
  Script,
  ScriptEvent,
  ScriptState,
  StepResult,
  StepView,
} from '../../machines/script/index.ts';
import { parseScript } from '../../machines/script/parse.ts';

export const scriptFrom = (yaml: string): Script => {
  const parsed = parseScript(yaml);
  if (!parsed.ok)
    throw new Error(parsed.findings.map(({ line, message }) => `${String(line)}: ${message.ru}`).join('\n'));
  return parsed.script;
};

/** The complete example of `scripts-library/README.md`. */
export const exampleScript = (): Script => scriptFrom(exampleSource());
export function exampleSource(): string {
  const readme = readFileSync(new URL('../../scripts-library/README.md', import.meta.url), 'utf8');
  return /```yaml\n([\s\S]*?)```/.exec(readme)?.[1] ?? '';
}

type Unstamped<E> = E extends { at: number } ? Omit<E, 'at'> : never;

/** A call in hand: each event goes through the state stored as JSON, as between server and browser. */
export class Conversation {
  readonly compiled: CompiledScript;
  known: Known;
  now: number = EXAMPLE_NOW;
  state: ScriptState;
  last: StepResult;

  constructor(script: Script, options: CompileOptions = {}, known: Known = plainKnown()) {
    this.compiled = compile(script, options);
    this.known = known;
    this.last = start(this.compiled, known, this.now);
    this.state = this.last.state;
  }

  do(event: Unstamped<ScriptEvent>): this {
    this.now += 1000;
    this.known = { ...this.known, now: this.now };
    this.last = step(this.compiled, this.state, { ...event, at: this.now }, this.known);
    this.state = JSON.parse(JSON.stringify(this.last.state)) as ScriptState;
    expect(this.state).toEqual(this.last.state);
    return this;
  }
  choose(choiceId: string): this {
    this.do({ type: 'choose', choiceId });
    expect(this.last.refused).toBeUndefined();
    return this;
  }
  answer(fieldId: string, value: ScriptState['fields'][string] | null): this {
    return this.do({ type: 'answer', fieldId, value });
  }
  fact(name: Extract<ScriptEvent, { type: 'fact' }>['name']): this {
    return this.do({ type: 'fact', name });
  }
  get view(): StepView {
    return view(this.compiled, this.state, this.known);
  }
  get effects(): string[] {
    return this.last.effects.map(({ type }) => type);
  }
}

/** A call of which nothing is promised yet and the client is not known. */
export function plainKnown(): Known {
  const { hold: _hold, callback: _callback, client, inquiry, ...known } = exampleKnown();
  const { name: _name, ...stranger } = client;
  const { question: _question, ...plainInquiry } = inquiry;
  return { ...known, client: { ...stranger, earlierCalls: 0 }, inquiry: plainInquiry };
}
