import { lastAnswered, type CallEvent, type CallSnapshot } from '../../machines/call/index.ts';
import type { ReactionFact as AnyReaction } from '../../machines/script/index.ts';

type ReactionFact = Exclude<AnyReaction, 'timeUp'>;

/** Which facts of the line a script hears, in the script language's own words. */
export function reactionsTo(event: CallEvent, before: CallSnapshot, after: CallSnapshot): readonly ReactionFact[] {
  switch (event.type) {
    case 'call.answered':
      return answered(before, after);
    case 'call.held':
      return event.by === 'operator' ? ['held'] : [];
    case 'call.resumed':
      return event.by === 'operator' ? ['resumed'] : [];
    case 'call.consultStarted':
      return ['consultStarted'];
    case 'call.consultEnded':
      return event.outcome === 'transferred' ? [] : ['consultReturned'];
    case 'call.transferred':
      return ['transferred'];
    case 'call.transferRefused':
      return ['transferRefused'];
    case 'call.ended':
      return [event.by === 'client' ? 'clientHungUp' : 'callEnded'];
    default:
      return [];
  }
}

function answered(before: CallSnapshot, after: CallSnapshot): readonly ReactionFact[] {
  const previous = lastAnswered(before.context);
  if (!previous) return ['answered'];
  return previous.device === lastAnswered(after.context)?.device ? [] : ['operatorChanged'];
}
