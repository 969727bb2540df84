import { describe, expect, it } from 'vitest';
import { learned } from '../../machines/script/index.ts';
import type { Known } from '../../machines/script/index.ts';
import { Conversation, exampleScript, plainKnown, scriptFrom } from './support.ts';

const named = { state: 'named', promisedMs: 120_000 } as const;

/** To the hold step of the example, with name and topic noted. */
const onHoldStep = (): Conversation =>
  new Conversation(exampleScript())
    .answer('clientName', 'Иванов Пётр Сергеевич')
    .choose('on')
    .answer('topic', 'queue')
    .choose('search');

describe('a conversation by the script', () => {
  it('[3.5.5] [SCRIPT-01] the greeting names the hour, the organisation and the operator, and offers help', () => {
    const { view: greeting, last } = new Conversation(exampleScript());
    expect(greeting.lines).toEqual([
      'Доброе утро, Министерство образования и науки Курской области, Анна Петровна, чем могу помочь?',
    ]);
    expect(greeting).toMatchObject({ kind: 'greeting', position: { index: 1, total: 4 }, canGoBack: false });
    expect(last.effects).toEqual([{ type: 'step.entered', step: 'greeting', via: 'start', tags: [] }]);
  });

  it('[3.1.3] [SCRIPT-02] from the answer on every line addresses the client by name and patronymic', () => {
    const talk = new Conversation(exampleScript());
    talk.choose('on');
    expect(talk.view.lines[0]).toBe('Подскажите, пожалуйста, о каком детском саде идёт речь?');
    talk.do({ type: 'back' }).answer('clientName', 'Иванов Пётр Сергеевич');
    expect(talk.last.effects).toEqual([
      { type: 'learned', what: 'client.name', value: 'Иванов Пётр Сергеевич', text: 'Иванов Пётр Сергеевич' },
    ]);
    talk.choose('on');
    expect(talk.view.lines[0]).toBe('Пётр Сергеевич, подскажите, пожалуйста, о каком детском саде идёт речь?');
  });

  it('[SCRIPT-03] a choice waits for the required answers and says which are missing', () => {
    const talk = new Conversation(exampleScript()).choose('on');
    expect(talk.view.choices.map(({ key, enabled }) => [key, enabled])).toEqual([
      ['1', false],
      ['2', false],
    ]);
    talk.do({ type: 'choose', choiceId: 'known' });
    expect(talk.last).toMatchObject({
      effects: [],
      refused: { code: 'script.fieldsMissing', message: 'Заполните или исправьте: Тема' },
    });
    expect(talk.answer('topic', 'queue').choose('known').view).toMatchObject({ stepId: 'answer', kind: 'answer' });
  });

  it('[SCRIPT-04] a refused answer stays as typed, with the reason; taken back, it is gone', () => {
    const talk = new Conversation(exampleScript()).answer('clientName', '12');
    expect(talk.view.fields[0]).toMatchObject({
      id: 'clientName',
      value: '12',
      problem: 'В имени только буквы, дефис и пробелы',
    });
    expect(talk.effects).toEqual([]);
    talk.answer('clientName', 'Анна').answer('clientName', null);
    expect(talk.view.fields[0]).not.toHaveProperty('value');
    expect(talk.last.effects).toEqual([{ type: 'learned', what: 'client.name', value: null, text: '' }]);
  });

  it('[3.5.5-б] [SCRIPT-05] a hold begins only when its time is named, and the line names it', () => {
    const talk = onHoldStep();
    expect(talk.last.effects).toContainEqual({ type: 'hold.ask', offerMs: [60_000, 120_000, 180_000] });
    expect(talk.view.asks).toMatchObject({ holdOfferMs: [60_000, 120_000, 180_000] });
    expect(talk.view.choices[0]).toMatchObject({
      id: 'agreed',
      enabled: false,
      whyNot: 'Сначала назовите клиенту время, через которое вернётесь',
    });
    expect(talk.do({ type: 'choose', choiceId: 'agreed' }).last.refused?.code).toBe('script.choiceOff');
    talk.known = { ...talk.known, hold: named };
    expect(talk.view.lines[0]).toBe(
      'Пётр Сергеевич, мне нужно посмотреть сведения. Вернусь к вам через 2 минуты. Подождёте?',
    );
    expect(talk.choose('agreed').effects).toEqual(['chosen', 'hold.start', 'step.entered']);
  });

  it('[3.5.5-в] [SCRIPT-06] back on the line the script goes on where it is led to', () => {
    const talk = onHoldStep();
    talk.known = { ...talk.known, hold: named };
    talk.choose('agreed').fact('held');
    expect(talk.state.step).toBe('waiting');
    talk.fact('resumed');
    expect(talk.view.lines).toEqual(['Спасибо за ожидание!']);
    expect(talk.choose('go').state).toMatchObject({ step: 'answer', stack: [] });
  });

  it('[SCRIPT-07] a hold by the telephone in any step leads aside and back to that very step', () => {
    const talk = new Conversation(exampleScript()).choose('on').fact('held');
    expect(talk.state).toMatchObject({ step: 'waiting', stack: ['purpose'] });
    talk.fact('held').choose('resume');
    expect(talk.last.effects).toContainEqual({ type: 'hold.resume' });
    expect(talk.choose('go').state).toMatchObject({ step: 'purpose', stack: [] });
  });

  it('[3.5.5-г] [SCRIPT-08] a callback is promised with number, term and name, once', () => {
    const talk = new Conversation(exampleScript())
      .answer('clientName', 'Пётр Сергеевич')
      .choose('on')
      .answer('topic', 'queue')
      .choose('known')
      .choose('no');
    expect(talk.last.effects).toContainEqual({ type: 'callback.ask', rule: 'callback' });
    expect(talk.view.lines[0]).toBe('Я уточню и перезвоню вам завтра до 16:05. По какому номеру удобно?');
    expect(talk.view.choices[0]?.whyNot).toBe('Сначала запишите номер для связи');
    talk.answer('phone', '8 906 555-01-01').choose('promised');
    expect(talk.last.effects).toContainEqual({
      type: 'callback.promise',
      rule: 'callback',
      number: '+79065550101',
      dueAt: talk.known.deadlines?.callback,
      question: '',
      clientName: 'Пётр Сергеевич',
    });
    expect(talk.last.effects).toContainEqual({ type: 'ended', satisfied: false });
    talk.do({ type: 'back' });
    talk.known = { ...talk.known, callback: { number: '+79065550101', promised: true } };
    expect(talk.choose('promised').effects).toEqual(['chosen', 'step.entered', 'ended']);
  });

  it('[1.4] [SCRIPT-09] an end says what happens next, by when and who answers for it', () => {
    const talk = new Conversation(exampleScript())
      .choose('on')
      .answer('topic', 'queue')
      .choose('known')
      .choose('no')
      .answer('phone', '89065550101')
      .choose('promised');
    talk.known = {
      ...talk.known,
      callback: { number: '+79065550101', dueAt: talk.known.deadlines?.callback ?? 0, promised: true },
    };
    expect(talk.view).toMatchObject({
      ended: { satisfied: false },
      next: { what: 'Перезвоним с ответом', by: 'Завтра до 16:05', who: 'Анна Петровна' },
    });
  });

  it('[SCRIPT-10] a hang-up ends the conversation with its reason, but not after the farewell', () => {
    const talk = new Conversation(exampleScript()).choose('on').fact('clientHungUp');
    expect(talk.last.effects.at(-1)).toEqual({ type: 'ended', satisfied: null, because: 'Клиент завершил разговор' });
    expect(talk.view.ended).toEqual({ satisfied: null, because: 'Клиент завершил разговор' });
    const done = new Conversation(exampleScript()).choose('on').answer('topic', 'queue').choose('known').choose('yes');
    const before = done.state;
    expect(done.fact('clientHungUp').state).toEqual(before);
    expect(done.view.ended).toEqual({ satisfied: true });
  });

  it('[SCRIPT-11] back goes step by step to the first, restart to the first at once; answers stay', () => {
    const talk = new Conversation(exampleScript())
      .answer('clientName', 'Анна')
      .choose('on')
      .answer('topic', 'queue')
      .choose('known');
    expect(talk.do({ type: 'back' }).state.step).toBe('purpose');
    expect(talk.do({ type: 'back' }).state.step).toBe('greeting');
    expect(talk.do({ type: 'back' }).last.refused?.code).toBe('script.noBack');
    talk.choose('on').choose('known').do({ type: 'restart' });
    expect(talk.state).toMatchObject({ step: 'greeting', fields: { clientName: 'Анна', topic: 'queue' }, stack: [] });
    expect(talk.state.path.map(({ via }) => via)).toEqual(['back', 'on', 'known', 'restart']);
  });

  it('[SCRIPT-12] unknown choices, fields and languages are refused in words', () => {
    const talk = new Conversation(exampleScript());
    expect(talk.do({ type: 'choose', choiceId: 'nope' }).last.refused?.code).toBe('script.noSuchChoice');
    expect(talk.do({ type: 'choose', choiceId: '__proto__' }).last.refused?.code).toBe('script.noSuchChoice');
    expect(talk.answer('nope', '1').last.refused?.code).toBe('script.noSuchField');
    expect(talk.answer('clientName', 'я'.repeat(3000)).last.refused?.code).toBe('script.badValue');
    expect(talk.do({ type: 'language', language: 'en' }).last.refused?.code).toBe('script.language');
  });

  it('[SCRIPT-13] «нет нужного ответа» goes to the author with the step and what was said, and moves nothing', () => {
    const talk = new Conversation(exampleScript()).choose('on');
    const { state } = talk;
    talk.do({ type: 'noAnswer', said: 'спросили про лагерь' });
    expect(talk.last.effects).toEqual([{ type: 'noAnswer', step: 'purpose', said: 'спросили про лагерь' }]);
    expect(talk.state).toEqual(state);
  });

  it('[SCRIPT-14] what was learned is listed in the order of the questions, as it is said', () => {
    const talk = new Conversation(exampleScript())
      .answer('clientName', 'Пётр Сергеевич')
      .choose('on')
      .answer('topic', 'queue');
    expect(learned(talk.compiled, talk.state, talk.known)).toEqual([
      { label: 'Имя и отчество', value: 'Пётр Сергеевич' },
      { label: 'Тема', value: 'Очередь в сад' },
    ]);
  });

  it('[SCRIPT-37] what one question has told is shown by the others that ask it, and the last word stands', () => {
    const talk = new Conversation(scriptFrom(ASKED_TWICE), {}, inquiryOf({ profile: 'teacher' }));
    const shown = () => talk.view.fields.find(({ label }) => label === 'Кто')?.value;
    expect(shown()).toBe('teacher');
    talk.answer('who', 'parent').choose('on');
    expect(shown()).toBe('parent');
    expect(talk.answer('whoAgain', 'student').view.lines).toEqual(['Учащийся.']);
    expect(learned(talk.compiled, talk.state, talk.known)).toEqual([{ label: 'Кто', value: 'Учащийся' }]);
    // Its options do not hold what the other question was told.
    expect(talk.do({ type: 'back' }).view.fields[0]).not.toHaveProperty('value');
  });

  it('[SCRIPT-15] what a client said never becomes part of the script', () => {
    const talk = new Conversation(
      exampleScript(),
      {},
      { ...plainKnown(), client: { kind: 'external', number: '', name: '{operator.name}] <b>', earlierCalls: 0 } },
    );
    expect(talk.choose('on').view.lines[0]).toBe(
      '{operator.name}] <b>, подскажите, пожалуйста, о каком детском саде идёт речь?',
    );
  });
});

const inquiryOf = (inquiry: object): Known => {
  const known = plainKnown();
  return { ...known, inquiry: { ...known.inquiry, ...inquiry } };
};
const ASKED_TWICE = `
formatVersion: 1
id: main
title: Дважды
languages: [ru]
start: first
steps:
  - id: first
    kind: identity
    title: Первый
    questions:
      - field: who
        label: Кто
        type: choice
        fills: inquiry.profile
        options: [{ value: parent, label: Родитель }, { value: teacher, label: Педагог }]
    choices: [{ id: on, label: Дальше, to: second }]
  - id: second
    kind: purpose
    title: Второй
    say: [{ text: Учащийся., when: { known: inquiry.profile, is: student } }]
    questions:
      - field: whoAgain
        label: Кто
        type: choice
        fills: inquiry.profile
        options: [{ value: parent, label: Родитель }, { value: student, label: Учащийся }]
    choices: [{ id: on, label: Дальше, to: first }]
`;
