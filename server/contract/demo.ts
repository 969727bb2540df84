import { z } from 'zod';
import type { Instant } from '../../machines/vocabulary/index.ts';

/** The demonstration exchange as its page shows it: pushed whole as the topic `demo` whenever any of it changes. */
export interface DemoView {
  readonly serverNow: Instant;
  /** How many times faster than the wall the demonstration's time runs. */
  readonly speed: number;
  /** How many AMI links are up: 0 while the product is cut off. */
  readonly links: number;
  readonly telephones: readonly DemoTelephoneView[];
  /** Everybody from outside who is on the line now, whoever called whom. */
  readonly clients: readonly DemoClientView[];
  /** Who can be made to call. */
  readonly callers: readonly DemoCallerView[];
  readonly queues: readonly DemoQueueView[];
  readonly parked: readonly { readonly space: string; readonly clientId: string; readonly name: string }[];
}
export interface DemoQueueView {
  readonly name: string;
  readonly title: string;
  /** The number by which staff transfer to it. */
  readonly extension: string;
  readonly waiting: number;
  /** How many members take its calls now: not paused, the telephone in the network. One who talks counts too. */
  readonly serving: number;
}
export interface DemoCallerView {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly queue: string;
  readonly question: string;
  readonly story: string;
  /** On the line now. */
  readonly clientId?: string;
}
export type DemoClientState =
  | 'dialling'
  | 'waiting'
  | 'offered'
  | 'called'
  | 'talking'
  | 'onHold'
  | 'parked'
  | 'transferring'
  | 'listening';
export interface DemoClientView {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  /** `waiting`: in a queue, nobody rings; `offered`: somebody's telephone rings; `called`: we call this client. */
  readonly state: DemoClientState;
  readonly since: Instant;
  readonly queue?: string;
  /** The telephone it talks with, or that rings with it. */
  readonly device?: string;
  /** What it wants, when it is one of the callers. */
  readonly question?: string;
  readonly story?: string;
  /** Transfers that the exchange's own gate has let through. */
  readonly transfers: number;
}
export type DemoCallState = 'ringing' | 'dialling' | 'talking' | 'onHold' | 'listening';
export interface DemoTelephoneCall {
  readonly id: string;
  readonly state: DemoCallState;
  readonly since: Instant;
  readonly number: string;
  readonly name: string;
  /** This call asks a colleague while the client waits on another call of this telephone. */
  readonly asking: boolean;
}
/** What a telephone does when it is called: waits for its key, lifts by itself, says busy, rings in vain, is unplugged. */
export const DEMO_BEHAVIOURS = ['manual', 'answers', 'busy', 'ringsInVain', 'unplugged'] as const;
export type DemoBehaviour = (typeof DEMO_BEHAVIOURS)[number];
export interface DemoTelephoneView {
  readonly device: string;
  readonly number: string;
  readonly name: string;
  readonly unit: string;
  /** `staff`: of the contact centre; `colleague`: of another department, lifts by itself. */
  readonly kind: 'staff' | 'colleague';
  readonly behaviour: DemoBehaviour;
  readonly calls: readonly DemoTelephoneCall[];
  /** The client waits while this number is being asked. */
  readonly consult?: { readonly number: string; readonly answered: boolean };
  readonly pausedFor?: string;
}

const device = z.string().regex(/^PJSIP\/\d{3}$/);
const number = z
  .string()
  .trim()
  .regex(/^\+?\d{2,15}$/);
const clientId = z.string().min(1).max(60);
const onTelephone = z.object({ device });
const towards = z.object({ device, number });

/** Keys of the demo telephones and what happens to the exchange. Open to everybody who is signed in. */
export const demoCommands = {
  /** A caller of the list, or anybody, calls a queue or an operator's own number. */
  'demo.call': z.object({
    callerId: z.string().max(60).optional(),
    number: z
      .string()
      .regex(/^\+?\d{0,15}$/)
      .optional(),
    name: z.string().trim().max(80).optional(),
    queue: z.string().max(80).optional(),
    device: device.optional(),
    /** Hangs up when nobody has answered by then. */
    patienceSeconds: z.number().int().min(1).max(3_600).optional(),
    /** Calls so much later. */
    inSeconds: z.number().int().min(0).max(3_600).optional(),
  }),
  'demo.clientHangUp': z.object({ clientId }),
  'demo.clientAnswer': z.object({ clientId }),
  'demo.clientBusy': z.object({ clientId }),
  'demo.answer': onTelephone,
  'demo.reject': onTelephone,
  'demo.hold': onTelephone,
  'demo.resume': onTelephone,
  'demo.hangUp': onTelephone,
  'demo.dial': towards,
  'demo.transfer': towards,
  'demo.consult': towards,
  'demo.completeConsult': onTelephone,
  'demo.cancelConsult': onTelephone,
  'demo.park': onTelephone,
  'demo.behave': z.object({ device, behaviour: z.enum(DEMO_BEHAVIOURS) }),
  /** `link`: the link to the product is cut for some seconds; `restart`: Asterisk crashes and starts anew. */
  'demo.fail': z.object({ what: z.enum(['link', 'restart']), seconds: z.number().int().min(0).max(300) }),
} as const;
export type DemoCommands = { [Name in keyof typeof demoCommands]: z.infer<(typeof demoCommands)[Name]> };
