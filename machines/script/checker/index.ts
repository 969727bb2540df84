import type { Script } from '../types.ts';
import { checkCraft } from './craft.ts';
import { checkRivals } from './greetings.ts';
import { byId } from './exits.ts';
import { checkQuestions, fieldsOf } from './fields.ts';
import type { Finding } from './finding.ts';
import { checkFlow, flowOf } from './flow.ts';
import { checkMeaning } from './meaning.ts';
import type { ContactParts } from './names.ts';
import { checkPromises } from './promises.ts';
import { checkStructure } from './structure.ts';
import { checkStyle } from './style.ts';
import { withTrials } from './trials.ts';
import { checkUnrest } from './unrest.ts';

export type { Finding } from './finding.ts';
export type { ContactParts } from './names.ts';

export interface CheckOptions {
  /** The directory of contact points; without it references to them are not checked. */
  readonly contactPoints?: ContactParts;
  /** Findings about these scripts only; the others are still seen as callers and callees. */
  readonly only?: readonly string[];
}

/**
 * Everything that can be said of these scripts together, in the order of the scripts and of their lines. Errors keep a
 * script from being published, warnings advise. Expects scripts that passed their schema; never throws.
 */
export function check(scripts: readonly Script[], options: CheckOptions = {}): Finding[] {
  return withTrials(scripts, (each) => checkSaid(each, options));
}

function checkSaid(scripts: readonly Script[], options: CheckOptions): Finding[] {
  const map = byId(scripts);
  const flow = flowOf(map);
  const { contactPoints } = options;
  const only = options.only ? new Set(options.only) : undefined;
  const findings = [...map.values()]
    .filter((script) => only?.has(script.id) ?? true)
    .flatMap((script) => {
      const fields = fieldsOf(map, script);
      return [
        ...checkStructure(map, script),
        ...checkFlow(flow, script),
        ...checkPromises(flow, script),
        ...checkUnrest(flow, script),
        ...checkQuestions(script),
        ...checkMeaning(script, contactPoints ? { fields, contactPoints } : { fields }),
        ...checkCraft(script, fields),
        ...checkStyle(script),
      ];
    });
  return [...findings, ...checkRivals([...map.values()]).filter(({ scriptId }) => only?.has(scriptId) ?? true)];
}
