import { describe, expect, it } from 'vitest';
import { Conversation, compiledScript, understood, world } from './conversation.ts';

const HOUR = 3_600_000;
const at = (hourInMoscow: number): number => Date.UTC(2026, 10, 26, 0) + (hourInMoscow - 3) * HOUR;

/** The greeting comes before the name is known; the identity step asks for it. */
const WITHOUT_NAME = new Set(['greeting', 'identity']);
/** Steps at which the client is not the one who listens. */
const NOBODY_THERE =
  /wrongNumber|wrongPerson|laterOther|farewellLater|noAnswer|hungUp|client-(silent|child|other-language)\/|\/helper$|client-abusive\/ended/;

describe('inbound call', () => {
  it.each([
    [7, 'Доброе утро'],
    [13, 'Добрый день'],
    [19, 'Добрый вечер'],
  ])('[3.5.5] at %i o’clock greets with «%s», the name and an offer of help', (hour, greeting) => {
    const call = new Conversation('inbound', world({ now: at(hour) }));
    expect(call.line).toBe(
      `${greeting}! Министерство образования и науки Курской области, Анна Петровна. Чем могу помочь?`,
    );
  });

  it('[3.5.5] goes through greeting, identity, purpose, rephrase, satisfaction and farewell in this order', () => {
    const call = new Conversation('inbound');
    const kinds = [call.view.kind];
    const places = [call.view.position?.index];
    const note = (): void => {
      kinds.push(call.view.kind);
      places.push(call.view.position?.index);
    };
    call.choose('stated');
    note();
    call.answer('clientName', 'Пётр Сергеевич').choose('named');
    note();
    call.answer('topic', 'other').choose('clear');
    note();
    call.choose('answer');
    note();
    call.choose('solved');
    note();
    expect(kinds).toEqual(['greeting', 'identity', 'purpose', 'rephrase', 'answer', 'farewell']);
    expect(places).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it('[3.1.3] asks for name and patronymic, and from then on every line addresses the client by them', () => {
    const call = new Conversation('inbound').choose('stated');
    expect(call.line).toContain('имя и отчество');
    expect(call.refusalOf('named')).toMatch(/имя и отчество/);
    call.answer('clientName', 'Пётр Сергеевич').choose('named');
    expect(call.line).toMatch(/^Пётр Сергеевич, /);
    call.answer('topic', 'other').choose('clear');
    expect(call.line).toMatch(/^Пётр Сергеевич, /);
    expect(new Conversation('inbound').choose('stated').answer('clientName', 'Пётр').view.fields[0]?.value).toBe(
      'Пётр',
    );
    for (const choice of ['answer', 'look']) {
      call.choose(choice);
      expect(call.line, choice).toMatch(/^Пётр Сергеевич, /);
    }
  });

  it('[3.1.3] no line after the identity step forgets the client’s name', () => {
    const known = world({ client: { ...world().client, name: 'Пётр Сергеевич' } });
    const nameless = ['inbound', 'information', 'internal', 'outbound', 'callback-return'].flatMap((id) =>
      [...compiledScript(id).steps.values()]
        .filter(({ step, key }) => !WITHOUT_NAME.has(step.kind) && !NOBODY_THERE.test(key))
        .flatMap(({ key, wordings }) =>
          wordings.flatMap(({ text }) => {
            const ru = typeof text === 'string' ? text : (text.ru ?? '');
            return ru.includes('{client.name}') ? [] : [`${id} ${key}: ${ru}`];
          }),
        ),
    );
    expect(nameless).toEqual([]);
    expect(new Conversation('inbound', known).choose('stated').line).toBe('Пётр Сергеевич, верно?');
  });

  it('[3.1.3] goes on politely without a name when the client prefers not to say', () => {
    const call = new Conversation('inbound').choose('stated', 'anonymous');
    expect(call.line).toBe('Расскажите, пожалуйста, подробнее о вашей ситуации.');
  });

  it('[3.1.3] a refusal demands its reason and what the client can do, and says both', () => {
    const call = understood().choose('answer', 'refuse');
    expect(call.refusalOf('understood')).toMatch(/Причина отказа.*Что клиент может сделать/);
    call
      .answer('refusalReason', 'приём в лагерь на эту смену завершён')
      .answer('refusalNext', 'подать заявление на следующую смену');
    expect(call.line).toContain(
      'понимаю, что вы ждали другого ответа. Причина такая: приём в лагерь на эту смену завершён.',
    );
    expect(call.line).toContain('подать заявление на следующую смену');
    expect(call.choose('understood').view).toMatchObject({
      ended: { satisfied: false },
      next: { what: expect.stringContaining('подать заявление на следующую смену') },
    });
  });

  it('[3.1.4] the purpose is asked again and again until the client confirms that it is understood', () => {
    const call = understood();
    for (let round = 0; round < 3; round += 1) {
      expect(call.view.kind).toBe('rephrase');
      call.choose('wrong');
      expect(call.view.kind).toBe('purpose');
      call.choose('ask');
      expect(call.view.fields.find(({ type }) => type === 'checklist')?.options?.length).toBeGreaterThan(2);
      call.choose('clear');
    }
    expect(call.choose('answer').view.kind).toBe('answer');
  });

  it('[3.1.4] a repeated call begins with the earlier question', () => {
    const call = new Conversation('inbound', world({ inquiry: { callNumber: 2, topic: 'kindergarten' } }));
    call.choose('stated', 'anonymous');
    expect(call.line).toBe('Вы звоните по прежнему вопросу: очередь и приём в детский сад? Что изменилось?');
  });

  it('[3.1.4] a repeated call without a topic of its own is asked afresh', () => {
    const call = new Conversation('inbound', world({ inquiry: { callNumber: 2, topic: 'other' } }));
    expect(call.choose('stated', 'anonymous').line).toBe('Расскажите, пожалуйста, подробнее о вашей ситуации.');
  });

  it('[3.1.4] another question begins anew, in a repeated call too', () => {
    const call = understood(world({ inquiry: { callNumber: 2, topic: 'kindergarten' } })).choose('answer', 'another');
    expect(call.line).toBe('Пётр Сергеевич, слушаю вас. Что ещё вы хотите узнать?');
    expect(call.lines).not.toContain('прежнему вопросу');
    expect(call.choose('clear').line).not.toContain('направление в сад');
    call.choose('wrong').answer('question', 'сколько стоит сад').choose('clear');
    expect(call.line).toContain('верно ли понимаю: сколько стоит сад. Так?');
  });

  it('[3.5.5] shows understanding by rephrasing the question', () => {
    expect(understood().line).toBe('Пётр Сергеевич, проверю, верно ли понимаю: когда придёт направление в сад. Так?');
  });

  it('[3.5.5-а] answers at once where no reference is needed', () => {
    const call = understood().choose('answer');
    expect(call.line).toMatch(/^Пётр Сергеевич, отвечу на ваш вопрос/);
    expect(call.view.asks?.topic).toBe('kindergarten');
    expect(call.choose('solved').view.ended).toEqual({ satisfied: true });
  });

  it('[3.5.5-б] names the time of return before the hold starts, and cannot start it otherwise', () => {
    const call = understood().choose('hold');
    expect(call.view.asks?.holdOfferMs).toEqual([60_000, 120_000, 180_000, 300_000]);
    expect(call.refusalOf('agreed')).toContain('назовите');
    call.know({ hold: { state: 'named', promisedMs: 120_000 } });
    expect(call.line).toBe(
      'Пётр Сергеевич, мне нужно посмотреть сведения. Вернусь к вам через 2 минуты. Подождёте на линии?',
    );
    expect(call.choose('agreed').step).toBe('waiting');
    expect(call.effectsOf('hold.start')).toHaveLength(1);
  });

  it('[3.5.5-в] comes back on the line and answers', () => {
    const call = understood()
      .choose('hold')
      .know({ hold: { state: 'named', promisedMs: 120_000 } })
      .choose('agreed')
      .fact('resumed');
    expect(call.line).toBe('Пётр Сергеевич, спасибо за ожидание!');
    expect(call.choose('answer').step).toBe('answer');
    expect(call.choose('solved').view.ended).toEqual({ satisfied: true });
  });

  it('[3.5.5-в] apologises when the named time has passed', () => {
    const call = understood()
      .choose('hold')
      .know({ hold: { state: 'named', promisedMs: 60_000 } })
      .choose('agreed')
      .know({ hold: { state: 'overdue', promisedMs: 60_000 } });
    expect(call.view.hints.join(' ')).toContain('Время вышло');
    expect(call.fact('resumed').line).toContain('прошу прощения, что вам пришлось ждать дольше');
  });

  it('[3.5.5-в] a hold pressed on any step comes back to that step', () => {
    const call = understood().choose('answer').fact('held');
    expect(call.step).toBe('waiting');
    expect(call.fact('resumed').choose('answer').step).toBe('answer');
  });

  it.each(['inbound', 'outbound', 'callback-return', 'information', 'internal'])(
    '[3.5.5-в] %s: however often the client was held, one answer leads back to where the talk was',
    (id) => {
      const call = new Conversation(id);
      const before = call.step;
      call.fact('held').fact('resumed').fact('held').fact('resumed');
      expect(call.step).toBe('back');
      expect(call.choose('answer').step).toBe(before);
    },
  );

  it('[3.5.5-г] what was promised in the window of key C needs no second promise on the step', () => {
    const call = understood().choose('callback');
    call.know({ callback: { promised: true, number: '+79065550101' } }).fact('callbackPromised');
    expect(call.step).toBe('farewellPromise');
  });

  it('[3.5.5-г] names the term and asks for the number; without a number nothing is promised', () => {
    const call = understood().choose('callback');
    expect(call.line).toContain('перезвоню вам сегодня до 16:30. По какому номеру удобно?');
    expect(call.refusalOf('promised')).toContain('номер');
    call.answer('phone', '+7 906 555-01-01').choose('promised');
    expect(call.effectsOf('callback.promise')).toMatchObject([
      {
        rule: 'callback',
        number: '+79065550101',
        question: 'когда придёт направление в сад',
        clientName: 'Пётр Сергеевич',
      },
    ]);
    expect(call.view.ended).toEqual({ satisfied: false });
  });

  it('[3.5.5] the farewell depends on whether the need was met', () => {
    const met = understood().choose('answer', 'solved');
    const unmet = understood().choose('callback').answer('phone', '89065550101').choose('promised');
    expect(met.line).not.toBe(unmet.line);
    expect(met.line).toContain('Рады были помочь');
    expect(unmet.line).toContain('перезвоню вам сегодня до 16:30');
    expect([met.view.ended?.satisfied, unmet.view.ended?.satisfied]).toEqual([true, false]);
  });

  it('[3.5.1] the third transfer is refused with what can be done instead', () => {
    const call = understood(world({ transfers: { count: 2, limit: 2, extra: 0 } }));
    expect(call.refusalOf('transfer')).toContain('Пообещайте перезвонить');
    expect(understood(world({ transfers: { count: 1, limit: 2, extra: 0 } })).choose('transfer').step).toBe('transfer');
  });

  it('[3.5.1] when the exchange refuses the transfer the operator takes the question over', () => {
    const call = understood().choose('transfer').fact('transferRefused');
    expect(call.line).toContain('беру вопрос на себя');
    expect(call.choose('callback').view.kind).toBe('callback');
  });

  it('[3.5.1] the colleague who takes the call knows the question already', () => {
    const call = understood()
      .choose('transfer')
      .fact('transferred', { transfers: { count: 1, limit: 2, extra: 0 } });
    expect(call.view.ended).toMatchObject({ satisfied: null, because: expect.stringContaining('другой сотрудник') });
    call.fact('operatorChanged', { operator: { fullName: 'Громов Сергей Андреевич' } });
    expect(call.line).toContain('Меня зовут Сергей Андреевич. Я уже вижу ваш вопрос: когда придёт направление в сад');
  });

  it.each([
    ['site', 'Обратная связь'],
    ['portal', 'портале Госуслуг'],
    ['post', 'улица Кирова, дом 7'],
    ['reception', 'документ, удостоверяющий личность'],
  ])('[3.5.12] [2.5] another channel, %s: the operator says how to use it', (channel, expected) => {
    const call = understood().choose('other').answer('channel', channel);
    expect(call.line).toContain(expected);
    expect(call.view.asks?.contactPoints).toContain(channel);
    expect(call.choose('agreed').view.next?.by).toContain('25 декабря');
  });

  it('[3.5.12] the farewell fits the channel that the client chose', () => {
    const farewell = (channel: string): string =>
      understood().choose('other').answer('channel', channel).choose('agreed').line;
    expect(farewell('reception')).toContain('ждём вас на приёме');
    expect(farewell('post')).toContain('ждём ваше обращение');
  });

  it('[1.4] every end says what comes next, by when and who answers for it', () => {
    for (const id of ['inbound', 'information', 'outbound', 'internal', 'callback-return', 'outside-hours']) {
      const ends = [...compiledScript(id).steps.values()].filter(({ step }) => step.outcome && step.outcome !== 'none');
      expect(ends.length, id).toBeGreaterThan(1);
      for (const { key, step } of ends)
        expect(Object.keys(step.next ?? {}), `${id} ${key}`).toEqual(['what', 'by', 'who']);
    }
  });

  it('[3.5.5] speaks English where the client does', () => {
    const call = new Conversation('inbound', world(), 'en');
    expect(call.line).toBe(
      'Good morning! Ministry of Education and Science of Kursk Region, Анна Петровна speaking. How can I help you?',
    );
    expect(call.choose('stated', 'anonymous').line).toBe('Please tell me more about your situation.');
  });
});
