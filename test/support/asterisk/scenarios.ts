import { attended } from './scenarios/attended.ts';
import { blind } from './scenarios/blind.ts';
import { direct } from './scenarios/direct.ts';
import { queued } from './scenarios/queued.ts';
import { special } from './scenarios/special.ts';
import type { Scenario } from './scenarios/dialling.ts';

/** Every way a call can go that is recorded on the real exchange. */
export const scenarios: readonly Scenario[] = [...queued, ...direct, ...blind, ...attended, ...special];
