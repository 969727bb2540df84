import { as, extensionOf, type DeviceId, type Party } from '../../../machines/vocabulary/index.ts';

/** Who stands behind a channel. `local` is Asterisk's own piece of wire. */
export type Role = 'staff' | 'outside' | 'local';

/**
 * The telephone or trunk of a channel's name: `PJSIP/101-0000001a` → `PJSIP/101`. Asterisk appends a dash and eight
 * (older: any number of) hexadecimal digits; a name may hold dashes of its own.
 */
export const deviceOf = (channelName: string): DeviceId =>
  as<DeviceId>(channelName.replace(/-[0-9a-f]{1,16}(;[12])?$/, ''));

export const isLocalChannel = (channelName: string): boolean => channelName.startsWith('Local/');

/** The extension in a Local channel's name: `Local/102@transfer-gate-00000000;1` → `102`. */
export const extensionOfLocal = (channelName: string): string => /^Local\/([^@;]*)@/.exec(channelName)?.[1] ?? '';

const NO_VALUE = '<unknown>';
export const known = (value: string | undefined): string => (value === undefined || value === NO_VALUE ? '' : value);

export const partyOf = (number: string | undefined, name: string | undefined): Party => ({
  number: known(number),
  name: known(name),
});

/** `PJSIP/…`, `SIP/…`: a telephone or trunk. Not `Queue:sales`, `Custom:lamp` or a Local channel. */
export const isDeviceName = (name: string): boolean => /^[A-Za-z0-9]+\/[^/\s]+$/.test(name) && !isLocalChannel(name);

export interface Classifier {
  /** What the product knows of a device: an operator's telephone, a trunk, or nothing. */
  readonly roleOfDevice?: (device: DeviceId) => 'staff' | 'outside' | undefined;
  /** Dialplan contexts in which telephones of the staff, and trunks, begin. */
  readonly staffContexts: readonly string[];
  readonly trunkContexts: readonly string[];
}

/** Contexts of the shipped dialplan. */
export const SHIPPED_CONTEXTS: Classifier = { staffContexts: ['from-operators'], trunkContexts: ['from-trunk'] };

/** Extensions of a workplace are short numbers; names of trunks are words or long numbers. */
const LOOKS_INTERNAL = /^\d{2,6}$/;

/**
 * Staff or outside, by the device alone: caller ids lie after transfers. Asked in this order: the product's own list,
 * members of queues, the context in which the channel began, the look of the name.
 */
export const roleOf = (
  device: DeviceId,
  context: string | undefined,
  members: ReadonlySet<DeviceId>,
  classifier: Classifier,
): 'staff' | 'outside' => {
  const told = classifier.roleOfDevice?.(device);
  if (told !== undefined) return told;
  if (members.has(device)) return 'staff';
  if (context !== undefined && classifier.staffContexts.includes(context)) return 'staff';
  if (context !== undefined && classifier.trunkContexts.includes(context)) return 'outside';
  return LOOKS_INTERNAL.test(extensionOf(device)) ? 'staff' : 'outside';
};
