import { link } from './link.ts';
import { buildMachine } from './machine/machine.ts';
import type { CompiledScript, CompileOptions } from './model.ts';
import type { Script } from './types.ts';

/**
 * Turns one version of a script, with its sub-scripts, into one XState v5 machine whose states are the steps. Pure and
 * deterministic. Expects a script that passed its schema; what else may be wrong with it is the checker's to say, and
 * makes here at worst a choice that is off or stays where it is, never a throw.
 */
export function compile(script: Script, options: CompileOptions = {}): CompiledScript {
  const linked = link(script, options);
  return { ...linked, machine: buildMachine(linked) };
}
