/** What was typed and not yet sent, kept in this tab over a reload, per call; gone with the call. */
export interface Drafts {
  read(callId: string, name: string): string | undefined;
  write(callId: string, name: string, text: string | undefined): void;
  /** Forgets the drafts of calls that are not on the panel any more. */
  keepOnly(callIds: readonly string[]): void;
}
export interface TextBox {
  readonly length: number;
  key(index: number): string | null;
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

const PREFIX = 'draft:';
/** Neither part may be told apart from the separator: ids of calls hold slashes, never a line break. */
const keyFor = (callId: string, name: string): string => `${PREFIX}${callId}\n${name}`;

export function createDrafts(box: TextBox): Drafts {
  return {
    read: (callId, name) => box.getItem(keyFor(callId, name)) ?? undefined,
    write(callId, name, text) {
      if (text === undefined || text === '') box.removeItem(keyFor(callId, name));
      else box.setItem(keyFor(callId, name), text);
    },
    keepOnly(callIds) {
      const known = new Set(callIds);
      const keys = Array.from({ length: box.length }, (_, index) => box.key(index));
      for (const key of keys) {
        if (key?.startsWith(PREFIX) && !known.has(key.slice(PREFIX.length).split('\n')[0] ?? '')) box.removeItem(key);
      }
    },
  };
}
