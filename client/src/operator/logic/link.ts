import type { Instant } from '../../../../machines/vocabulary/index.ts';
import type { PanelView } from '../../../../server/contract/panel.ts';
import { callInHand } from './stage.ts';

export interface LostLink {
  /** Since when the panel may be wrong; 0: there was no link since the server began. */
  readonly trueAt: Instant;
  /** Words for what is so, and for what to do meanwhile: whoever has nobody on the line is told of no talk. */
  readonly said: 'lost' | 'never';
  readonly todo: 'refused' | 'refusedIdle' | 'whatToDo' | 'whenItRings';
}

/** The exchange that is out of sight; undefined when all are in step. */
export function lostLink(view: Pick<PanelView, 'links' | 'calls'>): LostLink | undefined {
  const lost = view.links.find((link) => link.status !== 'up');
  if (!lost) return undefined;
  const call = callInHand(view);
  const talks = call !== undefined && call.phase !== 'wrapUp' && call.phase !== 'ringing';
  const { trueAt, status } = lost;
  const todo = status === 'refused' ? (talks ? 'refused' : 'refusedIdle') : talks ? 'whatToDo' : 'whenItRings';
  return { trueAt, said: trueAt === 0 ? 'never' : 'lost', todo };
}
