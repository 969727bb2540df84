/**
 * Short JSON texts, written shorter: JSON has no control characters of its own, so they can stand for the words that
 * journal bodies have in common. What stands in the row anyway (the stream's id, the instant) is one sign as well.
 * Against deflate with a dictionary it is half the size at a tenth of the time: zlib is made anew for every line.
 */
const ID = '\u0001';
const AT = '\u0002';
const EXCHANGE = '\u0003';
const OF_EXCHANGE = `"exchangeId":"${EXCHANGE}"`;
const device = '"device":"PJSIP/';
const of = `,"at":${AT},${OF_EXCHANGE},"callId":"${ID}"`;

/**
 * The place in a list is the sign: never move or change a word, add at the end (a test holds them in place); whoever
 * must, raises FORMAT. Most frequent ones stand first.
 */
const ONE_SIGN = [
  `${of},"operatorId":"`,
  `${of}}`,
  of,
  `{"type":"call.answered",${device}`,
  `{"type":"call.offered",${device}`,
  `{"inquiryId":"q-${ID}","callNumber":1,"callbackId":null}`,
  `{"callId":"${ID}"}`,
  '{"type":"call.started","direction":"inbound","linkedid":"',
  '","client":{"number":"',
  '","name":"',
  '"},"dialled":"',
  '{"type":"call.ended","by":"client","cause":16,"causeText":"Normal Clearing"',
  `{"callId":"${ID}","at":${AT},"direction":"inbound","number":"`,
  ',"reason":""}',
  '{"type":"call.queueEntered","queue":"',
  '","position":1',
  '{"type":"call.queueLeft","queue":"',
  '","reason":"answered","queueWaitMs":',
  '","version":1,"language":"ru"}',
  '{"scriptId":"',
  '{"type":"time"',
  `{"type":"call.held","by":"operator",${device}`,
  `{"type":"call.resumed","by":"operator",${device}`,
  `,"at":${AT}}`,
  '{"satisfied":null,"disposition":"',
  '","queue":"',
] as const;

/** A sign that announces these, and a letter. */
const MORE = '\u001e';
const TWO_SIGNS = [
  '{"type":"',
  '{"closedBy":"time"}',
  '{"state":"ready"',
  '{"state":"ringing"',
  '{"state":"wrapUp"',
  '{"state":"onCall"',
  '{"state":"paused","reason":"',
  `{"type":"call.offerEnded",${device}`,
  `{"type":"call.operatorLeft",${device}`,
  '{"type":"call.transferred","kind":"',
  'blind","fromDevice":"PJSIP/',
  'attended","fromDevice":"PJSIP/',
  '","target":{"number":"',
  `",${device}`,
  '"}',
  `{"type":"call.consultStarted",${device}`,
  `{"type":"call.consultEnded",${device}`,
  '","outcome":"',
  'returned"',
  'failed"',
  'transferred"',
  '{"type":"call.transferRefused","fromDevice":"PJSIP/',
  '},"count":',
  '{"type":"call.confirmed","devices":[{"device":"PJSIP/',
  '","state":"talking"}]',
  '},{"device":"PJSIP/',
  ',"notBefore":',
  '{"type":"call.merged","absorbed":"',
  '{"type":"call.parked","space":"',
  `{"type":"call.unparked",${device}`,
  '{"type":"call.linkLost"',
  '{"type":"call.held","by":"client"',
  '{"type":"call.resumed","by":"client"',
  '{"type":"call.ended","by":"',
  ',"cause":16,"causeText":"Normal Clearing"',
  ',"cause":',
  ',"causeText":"',
  'operator"',
  'client"',
  'exchange"',
  '","reason":"',
  'noAnswer"',
  'busy"',
  'rejected"',
  'answeredElsewhere"',
  'cancelled"',
  'abandoned","queueWaitMs":',
  ',"queueWaitMs":',
  ',"position":',
  '{"type":"call.started","direction":"outbound","linkedid":"',
  '{"type":"call.started","direction":"internal","linkedid":"',
  ',"direction":"outbound"',
  ',"direction":"internal"',
  ',"direction":"inbound"',
  '","originateToken":"',
  '{"type":"call.recorded","file":"',
  '{"type":"call.listening","phase":"started","mode":"',
  '{"type":"call.listening","phase":"stopped","mode":"',
  '","supervisorDevice":"PJSIP/',
  '{"type":"call.surveyAnswered","question":"',
  '","digit":"',
  '{"type":"choose","choiceId":"',
  `{"type":"hold.named","at":${AT},"promiseId":"`,
  `{"type":"hold.extended","at":${AT},"promiseId":"`,
  '","promisedMs":',
  ',"by":"',
  '{"promiseId":"',
  '{"inquiryId":"',
  '","callNumber":',
  ',"callbackId":',
  `{"key":"${ID}","level":"`,
  '{"key":"',
  'warning","code":"',
  'breach","code":"',
  'hold.unpromised","callId":"',
  'transfer.refused","text":"',
  'missedCalls","riskKey":"trouble/',
  '","riskKey":"hold/',
  '","riskKey":"',
  '","operatorId":"',
  '","operatorName":"',
  '","text":"',
  '"callId":"',
  `{"type":"operator.signedIn"`,
  `{"type":"operator.deviceChosen"`,
  `{"type":"operator.wrapUpClosed"`,
  `{"type":"operator.`,
  `,"at":${AT},`,
  ',"number":"',
  '{"satisfied":true,"disposition":"',
  '{"satisfied":false,"disposition":"',
  '{"question":"',
  '{"into":"',
] as const;

const FIRST = 4;
const LETTER = 0x21;
const signs = new Map<string, string>([
  ...ONE_SIGN.map((word, at): [string, string] => [word, String.fromCharCode(FIRST + at)]),
  ...TWO_SIGNS.map((word, at): [string, string] => [word, MORE + String.fromCharCode(LETTER + at)]),
]);
/** What each sign stands for. */
export const words: ReadonlyMap<string, string> = new Map([...signs].map(([word, sign]) => [sign, word]));

const escaped = (word: string): string => word.replace(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
/** The longest word that fits, from the left. */
const WORD = new RegExp(
  [...signs.keys()]
    .sort((a, b) => b.length - a.length)
    .map(escaped)
    .join('|'),
  'g',
);
// oxlint-disable-next-line no-control-regex
const SIGN = /[\u0004-\u001d]|\u001e[^]|\u001f/g;

/** Shorter ones would stand for too much: `7` is in every number. */
const LEAST_ID = 4;
/** What follows the kind of a stream: `main/1795702579.1` of `call/main/1795702579.1` and `inquiry/q-main/1795702579.1`. */
const idOf = (stream: string): string => stream.slice(stream.indexOf('/') + 1).replace(/^q-/, '');

const exchangeOf = (id: string): string => id.slice(0, Math.max(0, id.indexOf('/')));

/** @param text as `JSON.stringify` makes it: without a raw control character. */
export function shortened(text: string, stream: string, at: number): string {
  const id = idOf(stream);
  const exchange = exchangeOf(id);
  let short = id.length < LEAST_ID ? text : text.replaceAll(id, ID);
  if (exchange !== '') short = short.replaceAll(`"exchangeId":"${exchange}"`, OF_EXCHANGE);
  return short.replaceAll(String(at), AT).replace(WORD, (word) => signs.get(word) ?? word);
}

/** @throws when a newer server wrote it with words that this one does not know. */
export function lengthened(short: string, stream: string, at: number): string {
  const id = idOf(stream);
  return short
    .replace(SIGN, wordOf)
    .replaceAll(AT, String(at))
    .replaceAll(EXCHANGE, () => exchangeOf(id))
    .replaceAll(ID, () => id);
}
function wordOf(sign: string): string {
  const word = words.get(sign);
  if (word === undefined)
    throw new Error(`a journal body has the sign ${JSON.stringify(sign)}, which this server does not know`);
  return word;
}
