import { holds } from './conditions.ts';
import type { Facts } from './conditions.ts';
import type { Known } from './known.ts';
import { READERS, readingOf } from './read.ts';
import type { LinkedScript } from './link.ts';
import type { Script } from './types.ts';
import type { KnownName } from './variables.ts';

export type Choosable = Pick<Script, 'id' | 'appliesTo' | 'languages'>;

/**
 * The script for a call: of those that apply, the highest priority, then the one that says most about the call, then
 * the first by id. Undefined when none applies.
 */
export function chooseScript<S extends Choosable>(scripts: readonly S[], known: Known): S | undefined {
  const [best] = scripts
    .filter((script) => applies(script, known))
    .map((script) => ({ script, priority: script.appliesTo?.priority ?? 0, detail: detailOf(script) }))
    .sort((a, b) => b.priority - a.priority || b.detail - a.detail || (a.script.id < b.script.id ? -1 : 1));
  return best?.script;
}

function applies({ appliesTo }: Choosable, known: Known): boolean {
  if (!appliesTo) return false;
  const { directions, queues, clientKinds, workingHours, when } = appliesTo;
  if (directions && !directions.includes(known.call.direction)) return false;
  if (queues && !(known.call.queue !== undefined && queues.includes(known.call.queue))) return false;
  if (clientKinds && !clientKinds.includes(known.client.kind)) return false;
  if (workingHours !== undefined && workingHours !== known.workingHours) return false;
  return holds(when, factsOf(known));
}

const detailOf = ({ appliesTo = {} }: Choosable): number =>
  Object.keys(appliesTo).filter((key) => key !== 'priority').length;

/** Before any script runs nothing has been answered: conditions see what is known of the call. */
function factsOf(known: Known): Facts {
  const reading = readingOf({ linked: NOTHING, stepKey: '', fields: {}, language: 'ru', stackDepth: 0, known });
  return {
    today: reading.local.date,
    field: () => undefined,
    known: (name) => (Object.hasOwn(READERS, name) ? READERS[name as KnownName](reading) : undefined),
  };
}

const NOTHING: LinkedScript = {
  id: '' as LinkedScript['id'],
  version: 0,
  title: '',
  languages: ['ru'],
  start: '',
  steps: new Map(),
  questions: new Map(),
  fills: new Map(),
  stages: 0,
  road: new Set(),
  inherited: { reactions: {}, side: [] },
  templates: new Map(),
};
