import type { Milliseconds } from '../../../machines/vocabulary/index.ts';

/** What is counted of the calls that came to a step. */
export interface Sums {
  visits: number;
  calls: number;
  readonly stays: Milliseconds[];
  exits: number;
  hangUps: number;
  backs: number;
  unanswered: number;
  repeats: number;
  satisfied: number;
  unsatisfied: number;
  readonly choices: Map<string, number>;
}
export const nothing = (): Sums => ({
  ...{ visits: 0, calls: 0, exits: 0, hangUps: 0, backs: 0, unanswered: 0, repeats: 0, satisfied: 0, unsatisfied: 0 },
  ...{ stays: [], choices: new Map<string, number>() },
});
