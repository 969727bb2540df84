import { readSettings } from './session.ts';

/**
 * Reads everything anew if the server is there to read from. When it is away, what stands on this page is all that the
 * person has, and it goes on.
 */
export const reloadWhenThere = (before: () => void = () => undefined): Promise<void> =>
  readSettings().then(
    () => {
      before();
      location.reload();
    },
    () => undefined,
  );
