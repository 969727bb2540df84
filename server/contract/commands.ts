import { z } from 'zod';

/**
 * Commands of the operator's panel: name → what it takes. The same schemas check what arrives and type what is sent.
 * Other subjects add their own maps beside this one (`supervision.ts`, `studio.ts`…).
 */
const callId = z.string().min(3).max(200);
const stepId = z.string().min(1).max(100);
const number = z.string().trim().min(1).max(40);
const instant = z.number().int().positive();
/** Who takes promises over, in turn by the nearest term; nobody: the common list. */
export const heirs = z.array(z.string().min(1).max(100)).max(50);

export const operatorCommands = {
  'operator.chooseDevice': z.object({ device: z.string().regex(/^(\w+:)?[A-Za-z0-9]+\/[\w.@-]{1,60}$/) }),
  'operator.ready': z.object({}),
  'operator.pause': z.object({ reason: z.string().trim().min(1).max(80) }),
  /** Refused with `operator.promisesOpen` while promises to call back are his, until he says that they stay so. */
  'operator.signOut': z.object({ keepsPromises: z.boolean().optional() }),
  'operator.askHelp': z.object({ reason: z.string().trim().min(1).max(200) }),
  'notice.dismiss': z.object({ id: z.string().min(1).max(100) }),

  'script.choose': z.object({ callId, stepId, choiceId: z.string().min(1).max(100) }),
  'script.answer': z.object({
    callId,
    stepId,
    fieldId: z.string().min(1).max(100),
    value: z.union([z.string().max(2000), z.number(), z.boolean(), z.array(z.string().max(200)).max(100), z.null()]),
  }),
  'script.back': z.object({ callId, stepId }),
  'script.restart': z.object({ callId }),
  'script.open': z.object({ callId, scriptId: z.string().min(1).max(100) }),
  'script.language': z.object({ callId, language: z.enum(['ru', 'en']) }),
  /** "Нет нужного ответа": what the caller said, for the script's author. */
  'script.noAnswer': z.object({ callId, stepId, said: z.string().trim().min(1).max(2000) }),

  'hold.name': z.object({ callId, promisedMs: z.number().int().min(10_000).max(3_600_000) }),
  /** The client did not agree, or it is not needed any more: the named time is nobody's promise. */
  'hold.withdraw': z.object({ callId }),
  'hold.start': z.object({ callId }),
  'hold.resume': z.object({ callId }),

  'call.hangUp': z.object({ callId }),
  'call.dial': z.object({ number, scriptId: z.string().max(100).optional() }),

  'transfer.blind': z.object({ callId, number }),
  'transfer.consult': z.object({ callId, number }),
  'transfer.complete': z.object({ callId }),
  'transfer.cancel': z.object({ callId }),

  'callback.promise': z.object({
    callId,
    number,
    dueAt: instant,
    question: z.string().trim().min(1).max(2000),
    clientName: z.string().trim().max(200),
  }),
  'callback.take': z.object({ promiseId: z.string() }),
  'callback.handOver': z.object({ promiseId: z.string(), to: z.string().nullable(), reason: z.string().max(500) }),
  /** End of shift or absence: all that one operator owns. `from` is another than oneself for a supervisor only. */
  'callback.handOverAll': z.object({
    from: z.string().max(100).optional(),
    to: heirs,
    reason: z.string().trim().min(1).max(500),
  }),
  /** A new term needs the client's knowledge: a try to reach him, a talk, or the operator's word (`clientInformed`). */
  'callback.reschedule': z.object({
    promiseId: z.string(),
    dueAt: instant,
    reason: z.string().trim().min(1).max(500),
    clientInformed: z.boolean().optional(),
  }),
  'callback.call': z.object({ promiseId: z.string() }),
  'callback.attempt': z.object({
    promiseId: z.string(),
    outcome: z.enum(['noAnswer', 'busy', 'wrongNumber']),
    note: z.string().max(1000),
  }),

  /** The client himself was talked to: the promise is kept. Only after the client's side answered. */
  'callback.confirm': z.object({ promiseId: z.string() }),
  /** Closes without a talk: before the term as cancelled, after it as broken. */
  'callback.cancel': z.object({ promiseId: z.string(), reason: z.string().trim().min(1).max(500) }),
  /** The client cannot be reached: all attempts are used, or the number is wrong. */
  'callback.giveUp': z.object({ promiseId: z.string(), reason: z.string().trim().min(1).max(500) }),
  'callback.correctNumber': z.object({ promiseId: z.string(), number, reason: z.string().trim().min(1).max(500) }),

  'inquiry.link': z.object({ callId, inquiryId: z.string().min(1).max(200) }),
  /** Until the call is written up; the call, and what came with it, is a question of its own again. */
  'inquiry.unlink': z.object({ callId }),
  'inquiry.close': z.object({ inquiryId: z.string().min(1).max(200), satisfied: z.boolean() }),
  'knowledge.use': z.object({ callId, articleId: z.string().min(1).max(100) }),

  'wrapUp.note': z.object({ callId, disposition: z.string().max(80).nullable(), note: z.string().max(4000) }),
  'wrapUp.close': z.object({
    callId,
    disposition: z.string().trim().min(1).max(80),
    note: z.string().max(4000),
    satisfied: z.boolean().nullable(),
  }),
} as const;

export type OperatorCommands = { [Name in keyof typeof operatorCommands]: z.infer<(typeof operatorCommands)[Name]> };
