import { describe, expect, it } from 'vitest';
import { compile, learned, restore, start, step, view } from '../../machines/script/index.ts';
import type { Known } from '../../machines/script/index.ts';
import { PATH_LIMIT } from '../../machines/script/model.ts';
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
    talk.fact('held').choose('back');
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

const SUB = `
formatVersion: 1
id: calm
title: Успокоить
languages: [ru]
start: hear
steps:
  - id: hear
    kind: note
    title: Выслушать
    choices:
      - { id: aside, label: В сторону, call: { step: side } }
      - { id: leave, label: Бросить, to: last }
      - { id: back, label: Вернуться, to: return }
  - id: side
    kind: note
    title: Сбоку
    choices:
      - { id: back, label: Назад, to: return }
      - { id: away, label: Прочь, to: last }
  - id: last
    kind: note
    title: Последний
    choices: [{ id: back, label: Вернуться, to: return }]
`;
const MAIN = `
formatVersion: 1
id: main
title: { ru: Главный, en: Main }
languages: [ru, en]
start: a
mainPath: [a, [b, transfer], end]
on:
  clientHungUp: end
  held: { call: { step: wait } }
  operatorChanged: [{ to: b, when: { known: client.kind, is: internal } }, { to: a }]
everywhere:
  - { id: upset, label: Расстроен, call: { script: calm } }
steps:
  - id: a
    kind: note
    title: А
    say:
      - { text: Утро., dayPart: [morning] }
      - { text: Коллега., clientKind: internal }
      - { text: { en: English. }, language: en }
      - { text: Иначе., otherwise: true }
    limit: { after: 30с, remind: Пора }
    choices:
      - { id: next, label: Дальше, to: b, set: { mood: good } }
      - { id: calm, label: Успокоить, call: { script: calm, returnTo: b } }
      - { id: transfer, label: Перевести, to: transfer }
      - { id: kept, label: Держим, to: transfer, when: { known: transfers.left, gt: 0 }, whyNot: 'Осталось {transfers.left|перевод|перевода|переводов}' }
      - { id: secret, label: Тайна, to: b, shown: { field: mood, is: good } }
  - id: b
    kind: note
    title: Б
    limit: { after: 1мин, to: a }
    tags: [b-tag]
    choices:
      - { id: back, label: А, to: a, tags: [t] }
      - { id: end, label: Конец, to: end, effects: [survey.invite, help.ask] }
  - id: transfer
    kind: transfer
    title: Перевод
    say: Соединяю.
    on: { limitReached: b, transferred: end, operatorChanged: stay }
    choices: [{ id: no, label: Нет, to: a }]
  - id: wait
    kind: note
    title: Ждёт
    on: { resumed: return }
    choices: [{ id: go, label: Назад, to: return }]
  - id: end
    kind: note
    title: Конец
    outcome: none
    because: Конец
`;
const sub = scriptFrom(SUB);
const main = scriptFrom(MAIN);
const talkMain = (): Conversation => new Conversation(main, { scripts: { calm: sub } });

describe('sub-scripts, reactions and limits', () => {
  it('[SCRIPT-16] a sub-script is entered, left aside and returned from to where its caller said', () => {
    const talk = talkMain().choose('calm');
    expect(talk.state).toMatchObject({ step: 'calm/hear', stack: ['b'] });
    talk.choose('aside');
    expect(talk.state).toMatchObject({ step: 'calm/side', stack: ['b', 'calm/hear'] });
    expect(talk.choose('back').state).toMatchObject({ step: 'calm/hear', stack: ['b'] });
    expect(talk.choose('back').state).toMatchObject({ step: 'b', stack: [] });
  });

  it('[SCRIPT-17] leaving a side path by its own way forgets where it came from, not who called the script', () => {
    const talk = talkMain().choose('calm').choose('aside').choose('away');
    expect(talk.state).toMatchObject({ step: 'calm/last', stack: ['b'] });
    expect(talk.choose('back').state).toMatchObject({ step: 'b', stack: [] });
  });

  it('[SCRIPT-18] a special situation is offered on every step, inside itself no more, and comes back', () => {
    const talk = talkMain().choose('next');
    expect(talk.view.side?.map(({ id, key }) => [id, key])).toEqual([['upset', '']]);
    talk.choose('upset');
    expect(talk.state).toMatchObject({ step: 'calm/hear', stack: ['b'] });
    expect(talk.view.side).toBeUndefined();
    expect(talk.choose('back').state.step).toBe('b');
    expect(talk.fact('clientHungUp').view.side).toBeUndefined();
  });

  it('[SCRIPT-19] inside a sub-script the main script still hears the line', () => {
    const talk = talkMain().choose('calm').fact('held');
    expect(talk.state).toMatchObject({ step: 'wait', stack: ['b', 'calm/hear'] });
    expect(talk.fact('resumed').state).toMatchObject({ step: 'calm/hear', stack: ['b'] });
    expect(talk.fact('clientHungUp').state).toMatchObject({ step: 'end', stack: [] });
  });

  it('[SCRIPT-20] of several reactions the first that holds is taken; a step can hold its place', () => {
    expect(talkMain().fact('operatorChanged').state.path.at(-1)).toMatchObject({
      step: 'a',
      via: 'fact:operatorChanged',
    });
    const talk = talkMain();
    talk.known = { ...talk.known, client: { ...talk.known.client, kind: 'internal' } };
    expect(talk.fact('operatorChanged').state.step).toBe('b');
    const transferring = talkMain().choose('transfer').fact('operatorChanged');
    expect(transferring.state.step).toBe('transfer');
    expect(transferring.fact('transferred').state.step).toBe('end');
    expect(talkMain().fact('answered').last).toMatchObject({ effects: [], state: { step: 'a' } });
  });

  it('[3.5.1] [SCRIPT-21] at the limit of transfers the branch for it is taken, or the button says why it is off', () => {
    const talk = talkMain();
    expect(talk.choose('transfer').last.effects.at(-1)).toEqual({ type: 'transfer.ask' });
    talk.choose('no');
    talk.known = { ...talk.known, transfers: { count: 2, limit: 2, extra: 0 } };
    expect(talk.view.choices.find(({ id }) => id === 'kept')).toMatchObject({
      enabled: false,
      whyNot: 'Осталось 0 переводов',
    });
    expect(talk.choose('transfer').state.step).toBe('b');
    talk.known = { ...talk.known, transfers: { count: 2, limit: 2, extra: 1 } };
    expect(talk.choose('back').choose('kept').state.step).toBe('transfer');
  });

  it('[SCRIPT-22] a time limit reminds or moves on, once, and not before its time', () => {
    const talk = talkMain();
    const dueAt = talk.state.dueAt ?? 0;
    expect(dueAt - talk.now).toBe(30_000);
    expect(talk.view.dueAt).toBe(dueAt);
    talk.do({ type: 'timeUp' });
    expect(talk.state.reminded).toBeUndefined();
    talk.now = dueAt;
    talk.do({ type: 'timeUp' });
    expect(talk.state).toMatchObject({ step: 'a', reminded: true });
    expect(talk.state.dueAt).toBeUndefined();
    expect(talk.view.hints).toEqual(['Пора']);
    talk.choose('next');
    expect(talk.state.reminded).toBeUndefined();
    talk.now = talk.state.dueAt ?? 0;
    expect(talk.do({ type: 'timeUp' }).state).toMatchObject({
      step: 'a',
      path: [{ via: 'start' }, { via: 'next' }, { via: 'fact:timeUp' }],
    });
  });

  it('[SCRIPT-23] choices can be hidden, set fields, ask for things and carry tags', () => {
    const talk = talkMain();
    expect(talk.view.choices.map(({ id }) => id)).not.toContain('secret');
    talk.choose('next');
    expect(talk.state.fields).toEqual({ mood: 'good' });
    expect(talk.last.effects.at(-1)).toEqual({ type: 'step.entered', step: 'b', via: 'next', tags: ['b-tag'] });
    expect(
      talk
        .choose('back')
        .view.choices.map(({ id, key }) => [id, key])
        .at(-1),
    ).toEqual(['secret', '5']);
    expect(talk.last.effects[0]).toEqual({ type: 'chosen', step: 'b', choiceId: 'back', tags: ['t'] });
    expect(talk.choose('next').choose('end').effects).toEqual([
      'chosen',
      'survey.invite',
      'help.ask',
      'step.entered',
      'ended',
    ]);
  });

  it('[SCRIPT-24] wordings follow the hour, the client and the language; the last resort only when none fits', () => {
    const talk = talkMain();
    const lines = (): readonly string[] => talk.view.lines;
    expect(lines()).toEqual(['Утро.']);
    talk.known = { ...talk.known, now: talk.known.now + 4 * 3_600_000 };
    expect(lines()).toEqual(['Иначе.']);
    talk.known = { ...talk.known, client: { ...talk.known.client, kind: 'internal' } };
    expect(lines()).toEqual(['Коллега.']);
    talk.known = { ...talk.known, now: talk.now, client: { ...talk.known.client, kind: 'external' } };
    talk.do({ type: 'language', language: 'en' });
    talk.known = { ...talk.known, now: talk.now + 4 * 3_600_000 };
    expect(lines()).toEqual(['English.']);
  });

  it('[SCRIPT-25] a sub-script that is not there, or a return with nothing to return to, is a choice that says so', () => {
    const alone = new Conversation(main);
    alone.do({ type: 'choose', choiceId: 'calm' });
    expect(alone.state.step).toBe('a');
    const opened = new Conversation(sub);
    expect(opened.do({ type: 'choose', choiceId: 'back' }).last.refused?.message).toBe(
      'Возвращаться некуда: выберите другой ответ',
    );
  });
});

describe('states', () => {
  it('[SCRIPT-26] any step of any version is taken up again; a step that is gone is not', () => {
    const compiled = compile(main, { version: 7, scripts: { calm: sub } });
    const began = start(compiled, plainKnown(), 1);
    for (const key of compiled.steps.keys()) {
      const stored: unknown = JSON.parse(
        JSON.stringify({ ...began.state, step: key, path: [{ step: key, at: 1, via: 'start' }] }),
      );
      expect(restore(compiled, stored)).toMatchObject({ step: key, scriptVersion: 7 });
      expect(view(compiled, restore(compiled, stored) ?? began.state, plainKnown()).stepId).toBe(key);
    }
    const { a: _, ...rest } = { a: 1 };
    expect([
      restore(compiled, { ...began.state, step: 'gone' }),
      restore(compiled, null),
      restore(compiled, rest),
      restore(compiled, 'x'),
      restore(compiled, { ...began.state, scriptId: 'other' }),
    ]).toEqual(Array.from({ length: 5 }, () => undefined));
  });

  it('[SCRIPT-27] a later version goes on from where an earlier one was', () => {
    const talk = talkMain().choose('next');
    const later = { ...main, steps: main.steps.map((one) => (one.id === 'b' ? { ...one, title: 'Новое Б' } : one)) };
    const compiled = compile(later, { version: 8, scripts: { calm: sub } });
    const taken = restore(compiled, talk.state);
    expect(taken && view(compiled, taken, talk.known)).toMatchObject({
      title: 'Новое Б',
      scriptVersion: 8,
      canGoBack: true,
    });
  });

  it('[SCRIPT-28] the path is bounded and the past is dropped from its beginning', () => {
    const talk = talkMain();
    for (let turn = 0; turn < PATH_LIMIT; turn += 1) talk.choose(talk.state.step === 'a' ? 'next' : 'back');
    expect(talk.state.path).toHaveLength(PATH_LIMIT);
    expect(JSON.stringify(talk.state).length).toBeLessThan(20_000);
  });

  it('[SCRIPT-29] equal scripts give equal machines, and a step changes nothing that it was given', () => {
    const one = compile(main, { scripts: { calm: sub } });
    const two = compile(structuredClone(main), { scripts: { calm: structuredClone(sub) } });
    expect(JSON.stringify(one.machine.config)).toBe(JSON.stringify(two.machine.config));
    const { state } = start(one, plainKnown(), 1);
    const before = JSON.stringify(state);
    const event = { type: 'choose', choiceId: 'next', at: 5 } as const;
    expect(step(one, state, event, plainKnown())).toEqual(step(two, state, event, plainKnown()));
    expect(JSON.stringify(state)).toBe(before);
  });
});
