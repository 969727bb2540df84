import type { LinkedScript } from './link.ts';
import type { PathEntry, StepTrial } from './model.ts';
import type { Step } from './types.ts';

/** What a call heard on a step with two wordings: `first` is its `say`, `second` its `trial`. */
export type Heard = 'first' | 'second';

/**
 * A trial is known by its words: the same two wordings on the same step are one trial over all versions, changed words
 * are another one.
 */
export const trialIdOf = (scriptId: string, { id, say, trial }: Step): string =>
  hash(JSON.stringify([scriptId, id, say, trial])).toString(36);

/** The lot: by the call's name alone, so that a restart, the browser and every engine draw the same. */
export const drawn = (callId: string, trialId: string): Heard =>
  hash(`${callId} ${trialId}`) % 2 === 0 ? 'first' : 'second';

/** What is written into the path on entering a step that has a trial; nothing outside a call. */
export function drawnAt(linked: LinkedScript, stepKey: string, callId: string | undefined): Pick<PathEntry, 'trial'> {
  const trial: StepTrial | undefined = linked.steps.get(stepKey)?.trial;
  return trial && callId !== undefined ? { trial: { id: trial.id, heard: drawn(callId, trial.id) } } : {};
}

/** FNV-1a, then the finaliser of MurmurHash3: each letter reaches each bit of the number. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
  return (value ^ (value >>> 16)) >>> 0;
}
