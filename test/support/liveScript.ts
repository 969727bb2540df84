import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { scriptSchema } from '../../machines/script/format.ts';
import {
  compile,
  learned,
  start,
  step,
  view,
  type CompiledScript,
  type Known,
  type Script,
  type ScriptEvent,
  type ScriptState,
} from '../../machines/script/index.ts';
import type { CallView } from '../../server/contract/panel.ts';

/** A real script of the library, run as the server runs it. */
export interface LiveScript {
  /** As `GET /scripts/:id/versions/:version` gives it. */
  readonly document: { readonly script: Script; readonly linked: Record<string, Script>; readonly version: number };
  readonly compiled: CompiledScript;
  view(): NonNullable<CallView['script']>;
  learned(): CallView['learned'];
  /** The refusal, or undefined when the event was taken. */
  take(event: ScriptEvent): { readonly code: string; readonly message: string } | undefined;
  know(change: Partial<Known>): void;
}

let read: Record<string, Script> | undefined;
const library = (): Record<string, Script> => (read ??= readLibrary());
const readLibrary = (): Record<string, Script> => {
  const folder = join(process.cwd(), 'scripts-library/scripts');
  const scripts = readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => scriptSchema.parse(parse(readFileSync(join(folder, file), 'utf8'))));
  return Object.fromEntries(scripts.map((script) => [script.id, script]));
};

const made = new Map<string, CompiledScript>();
function compiledOf(script: Script): CompiledScript {
  const compiled = made.get(script.id) ?? compile(script, { version: 1, scripts: library() });
  made.set(script.id, compiled);
  return compiled;
}

export function startLiveScript(id: string, known: Known): LiveScript {
  const all = library();
  const script = all[id];
  if (!script) throw new Error(`no script ${id} in the library`);
  const compiled = compiledOf(script);
  let world = known;
  let state: ScriptState = start(compiled, known, known.now).state;
  return {
    document: { script, linked: all, version: 1 },
    compiled,
    view: () => ({
      title: typeof script.title === 'string' ? script.title : (script.title.ru ?? id),
      language: state.language,
      step: view(compiled, state, world),
      state,
      known: world,
    }),
    learned: () => learned(compiled, state, world),
    take(event) {
      const result = step(compiled, state, event, world);
      ({ state } = result);
      return result.refused;
    },
    know(change) {
      world = { ...world, ...change };
    },
  };
}

/** A step as it is drawn in any state, for looking at each one. */
export const viewOf = (compiled: CompiledScript, state: ScriptState, known: Known) => view(compiled, state, known);
export const libraryIds = (): readonly string[] => Object.keys(library());

/** The organisation's contact points, as the server tells them to scripts. */
export function contactPoints(): NonNullable<Known['contactPoints']> {
  const file = parse(readFileSync(join(process.cwd(), 'scripts-library/contact-points.yaml'), 'utf8')) as {
    contactPoints: ({ id: string } & NonNullable<Known['contactPoints']>[string])[];
  };
  return Object.fromEntries(file.contactPoints.map(({ id, ...point }) => [id, point]));
}
