import type { CallId, InquiryId, Instant, PromiseId } from '../../machines/vocabulary/index.ts';
import { absorb, union } from './absorb.ts';
import type { Inquiry, LinkedPart } from './inquiry.ts';

/**
 * Links that can be undone: beside what all of it is together, each part goes on as if it had never been linked. An undone
 * link leaves both as they would be without it. Parts stand after whatever they were linked to.
 */
type Parts = readonly LinkedPart[];

export const withoutLinks = ({ linked: _linked, ...inquiry }: Inquiry): Inquiry => inquiry;
const ownOf = (inquiry: Inquiry): Inquiry => inquiry.linked?.own ?? inquiry;
const partsOf = (inquiry: Inquiry): Parts => inquiry.linked?.parts ?? [];
const withParts = (all: Inquiry, own: Inquiry, parts: Parts): Inquiry =>
  parts.length === 0 ? withoutLinks(all) : { ...all, linked: { own, parts } };

/** A person found in this call that the other is the same question. */
export function link(inquiry: Inquiry, other: Inquiry, callId: CallId, at: Instant): Inquiry {
  if (partsOf(inquiry).some(({ was }) => was.id === other.id)) return inquiry;
  const part = { callId, at, into: inquiry.id, was: ownOf(other) };
  return withParts(absorb(inquiry, other), ownOf(inquiry), [...partsOf(inquiry), part, ...partsOf(other)]);
}

/** The other becomes one with whichever part the call is of, for good; what was linked to it stays as it was. */
export function take(inquiry: Inquiry, other: Inquiry, callId: CallId | undefined): Inquiry {
  const parts = partsOf(inquiry);
  const target = partOf(parts, { callId }) ?? inquiry.id;
  const taken = (one: Inquiry): Inquiry => (one.id === target ? absorb(one, ownOf(other)) : one);
  const theirs = partsOf(other).filter(({ was }) => !parts.some((part) => part.was.id === was.id));
  return withParts(absorb(inquiry, other), taken(ownOf(inquiry)), [
    ...parts.map((part) => ({ ...part, was: taken(part.was) })),
    ...theirs.map((part) => (part.into === other.id ? { ...part, into: target } : part)),
  ]);
}

/** What happened to all of it happens to the part that it is of as well. */
export function inItsPart(
  inquiry: Inquiry,
  about: { readonly callId?: CallId | undefined; readonly callbackId?: PromiseId },
  apply: (part: Inquiry) => Inquiry,
): Inquiry {
  if (!inquiry.linked) return inquiry;
  const { own, parts } = inquiry.linked;
  const id = partOf(parts, about) ?? own.id;
  const applied = (one: Inquiry): Inquiry => (one.id === id ? apply(one) : one);
  return withParts(
    inquiry,
    applied(own),
    parts.map((part) => ({ ...part, was: applied(part.was) })),
  );
}
const partOf = (
  parts: Parts,
  { callId, callbackId }: { readonly callId?: CallId | undefined; readonly callbackId?: PromiseId },
): InquiryId | undefined =>
  parts.find(
    ({ was }) =>
      (callId !== undefined && (was.live.includes(callId) || was.calls.some((call) => call.callId === callId))) ||
      (callbackId !== undefined && was.callbacks.includes(callbackId)),
  )?.was.id;

/** The call is written up: what was linked in it stays linked. */
export const settle = (inquiry: Inquiry, callId: CallId): Inquiry =>
  partsOf(inquiry)
    .filter((part) => part.callId === callId)
    .reduce((all, { was }) => settlePart(all, was.id), inquiry);
function settlePart(inquiry: Inquiry, id: InquiryId): Inquiry {
  const settled = partsOf(inquiry).find(({ was }) => was.id === id);
  if (!settled) return inquiry;
  const joined = (one: Inquiry): Inquiry => (one.id === settled.into ? join(one, settled) : one);
  const rest = partsOf(inquiry).filter((part) => part !== settled);
  return withParts(
    inquiry,
    joined(ownOf(inquiry)),
    rest.map((part) => ({ ...part, into: part.into === id ? settled.into : part.into, was: joined(part.was) })),
  );
}

/** The link that this call can undo: the last one, with what it was linked to. */
export function linkOf(inquiry: Inquiry, callId: CallId): { part: LinkedPart; into: Inquiry } | undefined {
  const parts = partsOf(inquiry);
  const [part] = parts.filter((each) => each.callId === callId).toSorted((a, b) => b.at - a.at);
  const into = part && [ownOf(inquiry), ...parts.map(({ was }) => was)].find(({ id }) => id === part.into);
  return part && into && { part, into };
}

/**
 * Undoes a link: what stays, and what is a question of its own again with all that was linked to it. A link that was made
 * in a call that goes stays for good: nobody is left who could undo it.
 */
export function takeOut(inquiry: Inquiry, id: InquiryId): { kept: Inquiry; apart: Inquiry } | undefined {
  const parts = partsOf(inquiry);
  const undone = parts.find(({ was }) => was.id === id);
  if (!undone) return undefined;
  const goes = new Set([id]);
  for (const { into, was } of parts) if (goes.has(into)) goes.add(was.id);
  const stays = parts.filter(({ was }) => !goes.has(was.id));
  const theirs = parts.filter((part) => part !== undone && goes.has(part.was.id));
  const own = { ...undone.was, apart: union(undone.was.apart ?? [], [inquiry.id, undone.into]) };
  const apart = together(own, theirs);
  return { kept: apart.live.reduce(settle, together(ownOf(inquiry), stays)), apart };
}
const together = (own: Inquiry, parts: Parts): Inquiry => withParts(parts.reduce(join, own), own, parts);

/** A result counts when nothing came after it: neither the link nor a call. */
function join(inquiry: Inquiry, { at, was }: LinkedPart): Inquiry {
  const all = absorb(inquiry, was);
  const since = Math.max(at, ...all.calls.map((call) => call.at));
  const closed = [inquiry.closed, was.closed].filter((one) => one !== null && one.at >= since);
  return { ...all, closed: closed.toSorted((a, b) => (b?.at ?? 0) - (a?.at ?? 0))[0] ?? null };
}
