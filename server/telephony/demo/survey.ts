import type { Core } from './core.ts';
import type { Channel } from './model.ts';
import type { Pauses } from './pauses.ts';
import type { Talking } from './talking.ts';

/** Context `survey` of the shipped dialplan: after the operator has hung up, questions answered by one key each. */
export class Survey {
  readonly #core: Core;
  readonly #pauses: Pauses;
  readonly #talking: Talking;
  readonly #digitOf: (channel: Channel, question: number) => string;

  constructor(core: Core, pauses: Pauses, talking: Talking, digitOf: (channel: Channel, question: number) => string) {
    this.#core = core;
    this.#pauses = pauses;
    this.#talking = talking;
    this.#digitOf = digitOf;
  }

  /** Asks a client whom the operator invited (`SURVEY_WANTED`); everybody else is simply hung up. */
  ask(channel: Channel, question = 1): void {
    const { board, site } = this.#core;
    if (channel.gone) return;
    const place = { context: 'survey', exten: 's' };
    const wanted = channel.isClient && channel.variables.get('SURVEY_WANTED') === 'yes';
    if (!wanted || question > site.surveyQuestions) {
      board.run(channel, { ...place, priority: 11 }, 'Hangup');
      channel.program = undefined;
      this.#talking.finish(channel);
      return;
    }
    board.run(channel, { ...place, priority: 6 }, 'Read', `SURVEY_DIGIT,question-${question},1,,1,7`);
    this.#pauses.pause(channel, site.surveyQuestionMs, () => {
      this.#answered(channel, question, this.#digitOf(channel, question));
      this.ask(channel, question + 1);
    });
  }

  #answered(channel: Channel, question: number, digit: string): void {
    if (digit === '') return;
    const Token = this.#core.globals.get('EVENT_TOKEN') ?? '';
    const answer = { UserEvent: 'SurveyAnswered', Token, Question: question, Digit: digit };
    this.#core.board.tell('UserEvent', channel, answer);
    this.#core.happened(channel, { type: 'surveyAnswered', question: String(question), digit });
  }
}
