import type { Instant } from '../../../machines/vocabulary/index.ts';

/**
 * What truly happened on the demo exchange, told by its model and not by its AMI events: against this the load
 * generator, chaos and benches compare what the product believes. `call` is the linkedid with which the conversation
 * began; the product's call id is `<exchangeId>/<call>`.
 */
export type Happening =
  | {
      type: 'started';
      direction: 'inbound' | 'outbound' | 'internal';
      number: string;
      dialled: string;
      device?: string;
    }
  | { type: 'queued'; queue: string }
  | { type: 'abandoned'; queue: string }
  | { type: 'offered'; device: string; queue?: string }
  | { type: 'offerEnded'; device: string; reason: 'noAnswer' | 'busy' | 'cancelled' }
  | { type: 'answered'; device: string }
  | { type: 'held'; device: string }
  | { type: 'resumed'; device: string }
  | { type: 'consultStarted'; device: string; number: string }
  | { type: 'consultEnded'; device: string; outcome: 'returned' | 'failed' | 'transferred' }
  | { type: 'transferred'; kind: 'blind' | 'attended'; device: string; number: string }
  | { type: 'transferRefused'; kind: 'blind' | 'attended'; device: string; number: string; count: number }
  | { type: 'parked'; space: string }
  | { type: 'unparked'; device?: string }
  | { type: 'surveyAnswered'; question: string; digit: string }
  | { type: 'ended'; by: 'client' | 'operator' | 'exchange'; cause: number };

export type HappeningAt = Happening & { readonly call: string; readonly at: Instant };
export type OnHappening = (happening: HappeningAt) => void;
