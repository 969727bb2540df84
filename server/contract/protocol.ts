/**
 * The wire between server and browser over socket.io, on one page.
 *
 * 1. The browser connects with its session cookie and says its PROTOCOL_VERSION in `auth.protocol`. Another version is
 *    refused with `connect_error` `protocol.version`: the page then reloads itself.
 * 2. On every connection, first or again, the server pushes whole snapshots of what the page subscribed to
 *    (`subscribe` with a Topic); then it pushes changes. A page never asks twice and never polls.
 * 3. What the person does goes out as `command` {name, input}; the acknowledgement is a CommandResult. It comes after
 *    the journal has it: an acknowledged command survives `kill -9`. Commands carry ids, so a retry does nothing twice.
 * 4. All instants are the server's. Every push carries `serverNow`, from which a page keeps its offset.
 */
export const PROTOCOL_VERSION = 3;

export type CommandResult<T = unknown> =
  | { readonly ok: true; readonly value?: T }
  | {
      readonly ok: false;
      readonly error: {
        readonly code: string;
        readonly details?: Readonly<Record<string, string | number | boolean>>;
      };
    };

/**
 * What a socket can watch. The server checks the role: `panel`, `reminders` and `rehearsal` are one's own, the rest needs
 * the role named.
 */
export type Topic = 'panel' | 'reminders' | 'board' | 'mirror' | 'wallboard' | 'studio' | 'demo' | 'rehearsal';
