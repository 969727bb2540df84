import type { Said } from '../../machines/script/localText.ts';
import type { ReactionFact } from '../../machines/script/types.ts';

/** What happened on the line, where a script's way is told: in its book, in a rehearsal's replay, in a walk's report. */
export const FACT_WORDS: Readonly<Record<ReactionFact, Said>> = {
  answered: { ru: 'разговор начался', en: 'the talk began' },
  held: { ru: 'клиент на удержании', en: 'the client is on hold' },
  resumed: { ru: 'оператор вернулся на линию', en: 'the operator came back to the line' },
  consultStarted: { ru: 'оператор советуется с коллегой', en: 'the operator consults a colleague' },
  consultReturned: { ru: 'оператор вернулся от коллеги', en: 'the operator came back from the colleague' },
  transferred: { ru: 'звонок переведён', en: 'the call was transferred' },
  transferRefused: { ru: 'перевод не состоялся', en: 'the transfer did not come about' },
  limitReached: { ru: 'переводов больше нет', en: 'no transfers are left' },
  clientHungUp: { ru: 'клиент положил трубку', en: 'the client hung up' },
  callEnded: { ru: 'звонок закончил не клиент', en: 'the call ended, not by the client' },
  operatorChanged: { ru: 'звонок принял другой оператор', en: 'another operator took the call' },
  holdNamed: { ru: 'срок удержания назван', en: 'a time of the hold was named' },
  holdOverdue: { ru: 'срок удержания вышел', en: 'the time of the hold is over' },
  callbackPromised: { ru: 'обратный звонок обещан', en: 'a callback was promised' },
  timeUp: { ru: 'время шага вышло', en: 'the time of the step is over' },
};
