import type { Milliseconds } from '../../../machines/vocabulary/index.ts';

export interface SiteTelephone {
  /** `PJSIP/101`. */
  readonly device: string;
  readonly number: string;
  /** As the exchange names it: the queue member's name and the telephone's own caller name. */
  readonly name: string;
}
export interface SiteMember {
  readonly device: string;
  readonly penalty: number;
}
export interface SiteQueue {
  readonly name: string;
  /** The number by which staff reach it, and a transfer can. */
  readonly extension: string;
  /** The number that the city dials. */
  readonly did: string;
  readonly members: readonly SiteMember[];
  readonly strategy: 'leastrecent' | 'rrmemory' | 'fewestcalls' | 'random';
  /** How long one member rings. */
  readonly ringMs: Milliseconds;
  readonly retryMs: Milliseconds;
  readonly wrapUpMs: Milliseconds;
  readonly serviceLevelMs: Milliseconds;
}

/**
 * What configuration files say of a real exchange: telephones, queues, numbers and times. The numbers and times of the
 * default are those of the shipped `asterisk/` folder.
 */
export interface Site {
  readonly telephones: readonly SiteTelephone[];
  readonly queues: readonly SiteQueue[];
  readonly organizationNumber: string;
  readonly organizationName: string;
  readonly language: string;
  readonly transferLimit: number;
  /** How long a telephone rings that was dialled, not called by a queue. */
  readonly ringMs: Milliseconds;
  readonly cityRingMs: Milliseconds;
  readonly queueMs: Milliseconds;
  /** Between `Answer()` and what follows: Asterisk waits for the first sound, half a second at most. */
  readonly answerPauseMs: Milliseconds;
  /** Length of what the client hears when the gate refuses. */
  readonly gatePromptMs: Milliseconds;
  readonly parkingMs: Milliseconds;
  /** `RECORD_CALLS=yes`. */
  readonly recordCalls: boolean;
  /** Questions of the survey; none: no survey. Each lasts `surveyQuestionMs` at most. */
  readonly surveyQuestions: number;
  readonly surveyQuestionMs: Milliseconds;
  readonly parkExtension: string;
  readonly firstParkingSpace: number;
  readonly parkingSpaces: number;
}

export const SITE_TIMES = {
  organizationNumber: '84712000000',
  organizationName: 'Министерство образования и науки',
  language: 'ru_RU_f_IvrvoiceRU',
  transferLimit: 2,
  ringMs: 25_000,
  cityRingMs: 60_000,
  queueMs: 1_800_000,
  answerPauseMs: 500,
  gatePromptMs: 3_500,
  parkingMs: 120_000,
  recordCalls: false,
  surveyQuestions: 0,
  surveyQuestionMs: 7_000,
  parkExtension: '700',
  firstParkingSpace: 701,
  parkingSpaces: 20,
} as const satisfies Partial<Site>;

/** The trunk to the city: every client's channel is one of its own. */
export const TRUNK = 'PJSIP/trunk';
export const isTrunk = (device: string): boolean => device === TRUNK;

/** Numbers of the city as the shipped dialplan takes them: 8 or 7 or +7 and ten digits. */
export const isCityNumber = (number: string): boolean => /^(?:[78]|\+7)\d{10}$/.test(number);
