import { z } from 'zod';
import type { Instant } from '../../machines/vocabulary/index.ts';
import type { DemoView } from './demo.ts';
import { demoCommands } from './demo.ts';
import type { PanelView } from './panel.ts';

/**
 * A call played in the operator's own panel against a demonstration exchange that belongs to one person: a whole small
 * product of its own, which no real client, operator or report ever sees. Its pages are served below
 * `/rehearsal/<rehearsalId>/` to that person alone. Pushed as the topic `rehearsal`.
 */
export interface RehearsalView {
  readonly serverNow: Instant;
  /** Absent: none is going on. */
  readonly rehearsal?: {
    readonly rehearsalId: string;
    /** The script that is tried; the others are as published. */
    readonly scriptId: string | null;
    readonly title: string;
    readonly version: number | 'draft' | null;
    /** Its own time: it may be another day, and run faster. */
    readonly now: Instant;
    readonly speed: RehearsalSpeed;
    readonly isWorkingTime: boolean;
    /** The telephone that the trainee sits at. */
    readonly device: string;
    readonly demo: DemoView;
    /** Kept for the replay so far. */
    readonly moments: number;
  };
}
export const REHEARSAL_SPEEDS = [1, 5, 20] as const;
export type RehearsalSpeed = (typeof REHEARSAL_SPEEDS)[number];

/** `GET /rehearsals`: newest first, at most 200; trainees see their own. */
export interface RehearsalRow {
  readonly rehearsalId: string;
  readonly personId: string;
  readonly personName: string;
  readonly scriptId: string | null;
  readonly title: string;
  readonly version: number | 'draft' | null;
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  readonly moments: number;
}
/** `GET /rehearsals/{rehearsalId}`: the panel at each moment at which it changed, for the replay. */
export interface RehearsalReplay extends RehearsalRow {
  readonly frames: readonly { readonly at: Instant; readonly view: PanelView }[];
}

const KEYS = Object.keys(demoCommands) as [keyof typeof demoCommands, ...(keyof typeof demoCommands)[]];
export const rehearsalCommands = {
  /** Ends what the person was rehearsing before. `draft` for trainers only. Value: `{ rehearsalId }`. */
  'rehearsal.start': z.object({
    scriptId: z.string().max(60).optional(),
    version: z.union([z.int().min(1), z.literal('draft')]).optional(),
  }),
  /** A key of the demonstration's telephones, or what its clients do (`demoCommands`). */
  'rehearsal.key': z.object({ name: z.enum(KEYS), input: z.looseObject({}) }),
  'rehearsal.speed': z.object({ speed: z.union(REHEARSAL_SPEEDS.map((speed) => z.literal(speed))) }),
  /** Forward to the next working time, or to after hours. */
  'rehearsal.time': z.object({ to: z.enum(['working', 'closed']) }),
  /** Ends and keeps the record. Value: `{ rehearsalId }`. */
  'rehearsal.stop': z.object({}),
} as const;
export type RehearsalCommands = { [Name in keyof typeof rehearsalCommands]: z.infer<(typeof rehearsalCommands)[Name]> };
