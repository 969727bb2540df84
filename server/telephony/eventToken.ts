import { randomBytes } from 'node:crypto';

const NOTE = 'eventToken';

export const newEventToken = (): string => randomBytes(24).toString('base64url');

/**
 * The token of this installation, made at its first start. Kept, because what the dialplan says between our login and the
 * new token's arrival is signed with the old one: a refused transfer would count as one that happened.
 */
export async function keptEventToken(notes: {
  note(key: string): Promise<string | undefined>;
  setNote(key: string, value: string): Promise<void>;
}): Promise<string> {
  const kept = await notes.note(NOTE);
  if (kept !== undefined) return kept;
  const made = newEventToken();
  await notes.setNote(NOTE, made);
  return made;
}
