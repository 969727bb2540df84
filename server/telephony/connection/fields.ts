/** The fields that the product reads, in lower case. What is not here does not get past the entry. */
const CHANNEL = `
  channel channelstate channelstatedesc calleridnum calleridname connectedlinenum connectedlinename
  language accountcode context exten priority uniqueid linkedid`;
const BRIDGE = 'bridgeuniqueid bridgetype bridgetechnology bridgecreator bridgename bridgenumchannels';

/** Events of several channels or bridges repeat the same fields behind these prefixes. */
const CHANNEL_PREFIXES = `
  dest transferer transferee origtransferer secondtransferer transfertarget localone localtwo source
  parkee parker retriever spyer spyee target desttransferer`;
const BRIDGE_PREFIXES = 'orig second dest to from';

const OTHER = `
  event response actionid message eventlist listitems items ping timestamp challenge
  amiversion asteriskversion systemname coremaxcalls corestartupdate corestartuptime corecurrentcalls
  status uptime lastreload shutdown restart module
  application applicationdata data duration seconds bridgeid
  dialstring dialstatus forward cause cause-txt techcause newname musicclass class swapuniqueid cid-callingpres
  result isexternal extension transfercontext desttype destapp localoptimization id success
  parkinglot parkingspace parkingtimeout parkingduration parkerdialstring
  queue position originalposition count holdtime ringtime talktime reason
  membername name interface location stateinterface membership penalty callstaken lastcall lastpause logintime incall
  paused pausedreason ringinuse wrapuptime
  max strategy calls completed abandoned servicelevel servicelevelperf servicelevelperf2 weight wait
  loggedin available callers longestholdtime
  device state hint statustext presentity subtype
  userevent variable value mixmonitorid direction
  objecttype objectname devicestate activechannels contacts aors endpointname endpoint uri contactstatus roundtripusec
  peer peerstatus channeltype username domain conference admin muted`;

const words = (text: string): string[] => text.trim().split(/\s+/);

const prefixed = (prefixes: string, names: string): string[] =>
  words(prefixes).flatMap((prefix) => words(names).map((name) => prefix + name));

const ALLOWED: ReadonlySet<string> = new Set([
  ...words(CHANNEL),
  ...prefixed(CHANNEL_PREFIXES, CHANNEL),
  ...words(BRIDGE),
  ...prefixed(BRIDGE_PREFIXES, BRIDGE),
  ...words(OTHER),
]);

/** `channelvars` of manager.conf, of each channel of the event. */
const CHANNEL_VARIABLES: ReadonlySet<string> = new Set([
  'chanvariable',
  ...words(CHANNEL_PREFIXES).map((prefix) => `${prefix}chanvariable`),
]);

export interface Field {
  /** Lower case. */
  readonly key: string;
  readonly kind: 'allowed' | 'channelVariable' | 'other';
  /** In most events Asterisk escapes its value as C does. */
  readonly isEscaped: boolean;
}
const ESCAPED = /(?:calleridname|connectedlinename)$/;

/** Header keys as they came, with what they are: Asterisk uses a few hundred, so most are met at once. */
const known = new Map<string, Field>();
const KNOWN_BOUND = 4_000;

export const fieldOf = (header: string): Field => {
  const met = known.get(header);
  if (met !== undefined) return met;
  const key = header.toLowerCase();
  const kind = ALLOWED.has(key) ? 'allowed' : CHANNEL_VARIABLES.has(key) ? 'channelVariable' : 'other';
  const field: Field = { key, kind, isEscaped: ESCAPED.test(key) };
  if (known.size < KNOWN_BOUND) known.set(header, field);
  return field;
};
