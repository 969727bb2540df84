import type { CompiledScript, Script } from '../../../machines/script/index.ts';
import { api } from '../shared/http/api.ts';
import type * as AheadModule from './logic/ahead.ts';

type Runtime = typeof AheadModule & { readonly compile: (script: Script, options: object) => CompiledScript };
let runtime: Promise<Runtime> | undefined;

/** The script machine is not in the panel's first load: it is read when there is time, or with the first call. */
const loadRuntime = (): Promise<Runtime> =>
  (runtime ??= Promise.all([import('./logic/ahead.ts'), import('../../../machines/script/compile.ts')]).then(
    ([ahead, { compile }]) => ({ ...ahead, compile }),
  ));

export interface Running {
  readonly runtime: Runtime;
  readonly compiled: CompiledScript;
}
interface Document {
  readonly script: Script;
  readonly linked: Readonly<Record<string, Script>>;
}
const known = new Map<string, Promise<Running>>();

/** A published version never changes: it is read and compiled once. Rejects when it cannot be had. */
export function compiledScript(scriptId: string, version: number): Promise<Running> {
  const key = `${scriptId}@${version}`;
  const here = known.get(key);
  if (here) return here;
  const made = Promise.all([
    loadRuntime(),
    api<Document>(`/scripts/${encodeURIComponent(scriptId)}/versions/${version}`),
  ]).then(([loaded, { script, linked }]) => ({
    runtime: loaded,
    compiled: loaded.compile(script, { version, scripts: linked }),
  }));
  known.set(key, made);
  made.catch(() => known.delete(key));
  return made;
}
