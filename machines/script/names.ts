/** Closed lists of the format, apart from its schemas so that the browser needs no zod to know them. */

/** What the rest of the product learns from an answer, besides the script itself. */
export const FILLS = [
  'client.name',
  'callback.number',
  'callback.dueAt',
  'inquiry.topic',
  'inquiry.situation',
  'inquiry.profile',
  'inquiry.question',
] as const;

/**
 * Facts of the call to which a script can react. The server translates the exchange's facts (and its own, such as
 * `holdOverdue`) into these; `limitReached` is told when a transfer is asked for and none is left.
 */
export const REACTION_FACTS = [
  'answered',
  'held',
  'resumed',
  'consultStarted',
  'consultReturned',
  'transferred',
  'transferRefused',
  'limitReached',
  'clientHungUp',
  'callEnded',
  'operatorChanged',
  'holdNamed',
  'holdOverdue',
  'callbackPromised',
  'timeUp',
] as const;

/** What a path says where no choice led there; beside them `fact:…`. A choice named so could not be told apart. */
export const OWN_WAYS: ReadonlySet<string> = new Set(['start', 'back', 'restart', 'limit', 'timeUp']);

/** What a choice or a reaction asks the product to do. */
export const ASKED_EFFECTS = [
  'hold.start',
  'hold.resume',
  'callback.promise',
  'transfer.ask',
  'help.ask',
  'survey.invite',
] as const;

/** Rules of the business calendar by which a term is named (CLAUSES.md: 3.5.5-г, 3.5.11, 3.4.4, 3.4.5, 3.3.2). */
export const DEADLINE_RULES = ['callback', 'internal', 'appeal', 'forwarding', 'social'] as const;

/** Parts of a contact point that a text may name: `{contact.site.address}`. */
export const CONTACT_PARTS = ['title', 'address', 'phone', 'email', 'url', 'hours', 'note'] as const;
