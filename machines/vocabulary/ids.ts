/**
 * Identifiers. Each is a string with a brand, so that one kind can never be passed for another and none is ever
 * taken for a number (`1690000000.10` must not become `1690000000.1`).
 */
declare const brand: unique symbol;
export type Branded<Name extends string> = string & { readonly [brand]: Name };

/** Our name for one Asterisk, from configuration (`AMI_HOST` list); unique within an installation. */
export type ExchangeId = Branded<'ExchangeId'>;
/** Asterisk's id of one channel, `<epoch seconds>.<sequence>`. The key of a channel; its name is only a label. */
export type Uniqueid = Branded<'Uniqueid'>;
/** Asterisk's id that groups the channels of one conversation. It can change when channels are bridged. */
export type Linkedid = Branded<'Linkedid'>;
/** One conversation with a client: `<exchangeId>/<first linkedid>`. Never changes while the conversation lives. */
export type CallId = Branded<'CallId'>;
/**
 * A telephone as Asterisk names it without the channel's sequence: `PJSIP/101`. Of a further exchange with that exchange's
 * name before it, `main2:PJSIP/101`: two exchanges may have a telephone of one name each.
 */
export type DeviceId = Branded<'DeviceId'>;
/** A queue's name in `queues.conf`; of a further exchange `main2:exams`, as its telephones are named. */
export type QueueName = Branded<'QueueName'>;
/** A signed-in person who takes calls. Same value as the person's UserId. */
export type OperatorId = Branded<'OperatorId'>;
/** One question of one client over all its calls (обращение). */
export type InquiryId = Branded<'InquiryId'>;
/** A promise to a client: of a hold or of a callback. */
export type PromiseId = Branded<'PromiseId'>;
export type ScriptId = Branded<'ScriptId'>;
/** Stable within a script over its versions, so that reports survive edits. */
export type StepId = Branded<'StepId'>;
export type ChoiceId = Branded<'ChoiceId'>;

/** Names a raw string. The border that calls it has checked the string; nothing else should call it. */
export const as = <Id extends Branded<string>>(raw: string): Id => raw as Id;

export const callIdOf = (exchangeId: ExchangeId, linkedid: Linkedid): CallId => as<CallId>(`${exchangeId}/${linkedid}`);

/** The telephone or queue of a further exchange: `main2`, `PJSIP/101` → `main2:PJSIP/101`. */
export const ofExchange = (exchangeId: ExchangeId, bare: string): string => `${exchangeId}:${bare}`;
/** Whose telephone it is; `undefined`: the first exchange's. */
export const exchangeOfDevice = (device: DeviceId): ExchangeId | undefined => {
  const exchangeId = /^(\w+):/.exec(device)?.[1];
  return exchangeId === undefined ? undefined : as<ExchangeId>(exchangeId);
};

/** The number that rings the telephone, what follows the technology: `PJSIP/101`, `main2:PJSIP/101` → `101`. */
export const extensionOf = (device: DeviceId): string => device.slice(device.indexOf('/') + 1);
