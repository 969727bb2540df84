import type { OperatorId } from '../../machines/vocabulary/index.ts';
import type { CommandContext } from '../commands.ts';
import type { Notices } from '../notices/notices.ts';
import { fullName } from '../people/users.ts';

/** Each who got promises of a colleague hears of it, with the reason and from whom. */
export function tellHeirs(
  notices: Notices,
  heirs: readonly OperatorId[],
  reason: string,
  { person, at }: CommandContext,
): void {
  for (const heir of new Set(heirs))
    notices.tell(heir, at, { level: 'info', code: 'callback.allHandedToYou', text: reason, from: fullName(person) });
}
