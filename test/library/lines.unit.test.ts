import { describe, expect, it } from 'vitest';
import { Conversation, NOW, scripts, understood, world } from './conversation.ts';
import { chooseScript } from '../../machines/script/index.ts';
import type { Known } from '../../machines/script/index.ts';

const chosen = (changed: Partial<Known> = {}): string | undefined =>
  chooseScript([...scripts.values()], world(changed))?.id;
const external = world().client;
const call = world().call;

describe('which script a call gets', () => {
  it.each<[string, string, Partial<Known>]>([
    ['an ordinary inbound call', 'inbound', {}],
    ['a call on the information line', 'information', { call: { ...call, queue: 'information' } }],
    ['a colleague in a queue', 'internal', { client: { ...external, kind: 'internal' } }],
    [
      'a colleague who dials directly',
      'internal',
      { client: { ...external, kind: 'internal' }, call: { ...call, direction: 'internal' } },
    ],
    ['an outbound call', 'outbound', { call: { ...call, direction: 'outbound' } }],
    ['a promised call', 'callback-return', { call: { ...call, direction: 'outbound', isCallback: true } }],
    ['a call outside working hours', 'outside-hours', { workingHours: false }],
  ])('[3.5.5] %s: %s', (_, expected, known) => {
    expect(chosen(known)).toBe(expected);
  });

  it('[3.5.8] a colleague is served as a colleague outside working hours too', () => {
    expect(chosen({ workingHours: false, client: { ...external, kind: 'internal' } })).toBe('internal');
  });
});

describe('information line', () => {
  it('[3.8.8] names surname, name, patronymic, position and unit, and asks the caller to do likewise', () => {
    expect(new Conversation('information').line).toBe(
      'Доброе утро! Смирнова Анна Петровна, ведущий консультант, справочная служба. Представьтесь, пожалуйста, и расскажите, в чём ваш вопрос.',
    );
  });

  it('[3.8.8] a caller who has introduced himself is not asked for the name again', () => {
    const talk = new Conversation('information').answer('clientName', 'Пётр Сергеевич').choose('stated');
    expect(talk.line).toBe('Пётр Сергеевич, верно?');
    expect(talk.lines).not.toContain('ваше имя');
  });

  it('[3.8.8] gives no advice beyond the standard procedure, and the step says so', () => {
    const line = understood(world(), 'information').choose('answer', 'limits');
    expect(line.line).toContain('расскажу о порядке услуги и её условиях. Решение в вашем случае остаётся за вами');
    expect(line.view.hints.join(' ')).toContain('Только стандартные процедуры');
  });
});

describe('outbound call', () => {
  const outbound = (): Conversation =>
    new Conversation('outbound', world({ call: { ...call, direction: 'outbound' } })).answer(
      'clientName',
      'Пётр Сергеевич',
    );

  it('[3.5.6] greets by the time of day with the name and the body represented', () => {
    const line = new Conversation('outbound').line;
    expect(line).toBe(
      'Доброе утро! Это Министерство образования и науки Курской области, меня зовут Анна Петровна. Вам удобно сейчас говорить?',
    );
  });

  it('[3.5.6] names the purpose, where the client is, what to do, then answers and says goodbye', () => {
    const talk = outbound().choose('convenient').answer('purpose', 'лицензия на курсы');
    expect(talk.line).toContain('вы обращались к нам с вопросом: лицензия на курсы');
    talk.choose('clear').answer('stage', 'needsDocuments');
    expect(talk.line).toBe('Пётр Сергеевич, чтобы подготовить ответ, нам нужны сведения от вас.');
    talk.choose('on').answer('steps', 'прислать копию устава').answer('stepsBy', '11.12.2026');
    expect(talk.line).toContain('осталось сделать вот что: прислать копию устава. Последний день — 11 декабря.');
    expect(talk.choose('on').line).toContain('что ещё вы хотите узнать');
    expect(talk.choose('answer', 'solved').view.ended).toEqual({ satisfied: true });
  });

  it('[3.5.6] names the term of a callback when a question cannot be answered', () => {
    const talk = outbound()
      .choose('convenient')
      .answer('purpose', 'лицензия')
      .choose('clear')
      .answer('stage', 'decided')
      .choose('on', 'on', 'callback');
    expect(talk.line).toContain('перезвоню вам сегодня до 16:30');
    expect(talk.answer('phone', '+79065550101').choose('promised').view.ended).toEqual({ satisfied: false });
  });

  it('[3.7.4] tells another person who answers nothing of the matter', () => {
    const talk = outbound().choose('stranger');
    expect(talk.line).toBe('Прошу прощения за беспокойство. Пётр Сергеевич может подойти к телефону?');
    expect(talk.lines).not.toContain('лицензия');
    expect(talk.view.hints.join(' ')).toContain('личные сведения');
    talk.choose('time');
    expect(talk.line).not.toContain('Пётр Сергеевич');
    expect(talk.answer('phone', '+79065550101').choose('promised').line).toBe('Спасибо за помощь. Всего вам доброго!');
    expect(talk.effectsOf('callback.promise')).toHaveLength(1);
  });
});

describe('promised call', () => {
  const promised = (): Conversation =>
    new Conversation(
      'callback-return',
      world({
        client: { ...external, name: 'Пётр Сергеевич' },
        call: { ...call, direction: 'outbound', isCallback: true },
        inquiry: { callNumber: 2, topic: 'kindergarten', question: 'когда придёт направление в сад' },
        callback: { number: '+79065550101', dueAt: NOW - 60_000, promised: false },
      }),
    );

  it('[3.5.5-г] returns as promised, recalls the question and answers it', () => {
    const talk = promised();
    expect(talk.line).toContain('Пётр Сергеевич, перезваниваю, как мы обещали');
    expect(talk.choose('convenient').line).toBe(
      'Пётр Сергеевич, вы спрашивали: когда придёт направление в сад. Расскажу, что удалось узнать.',
    );
    expect(talk.choose('answer', 'solved').view.ended).toEqual({ satisfied: true });
  });

  it('[3.5.5-г] when the answer is not ready the operator says so, gives the reason and names a new term', () => {
    const talk = promised().choose('convenient', 'notReady');
    expect(talk.refusalOf('newTerm')).toContain('Причина задержки');
    talk.answer('delayReason', 'ждём ответ района');
    expect(talk.line).toContain('прошу прощения: ответ ещё готовят. Причина такая: ждём ответ района');
    expect(talk.choose('newTerm').view.kind).toBe('callback');
    expect(talk.line).toContain('перезвоню вам сегодня до 16:30');
    talk.answer('phone', '+79065550101').choose('promised');
    expect(talk.effectsOf('callback.promise')).toMatchObject([{ dueAt: world().deadlines?.callback }]);
  });

  it('[3.1.4] what the client asked before is in sight from the first word, in the words of the list', () => {
    expect(promised().learned).toEqual([{ label: 'Вопрос клиента', value: 'Когда придёт направление в сад' }]);
    const inquiry = { callNumber: 2, topic: 'kindergarten', situation: 'move', profile: 'nobody' };
    expect(new Conversation('inbound', world({ inquiry })).learned).toEqual([
      { label: 'Тема', value: 'Очередь и приём в детский сад' },
      { label: 'Жизненная ситуация', value: 'Переезд семьи' },
    ]);
  });

  it('[3.5.6] a client who is busy hears that, and nothing of specialists', () => {
    const talk = promised().choose('later');
    expect(talk.line).toBe('Пётр Сергеевич, хорошо, перезвоню вам сегодня до 16:30. По какому номеру удобно?');
    expect(talk.choose('now').view.kind).toBe('purpose');
  });

  it('[3.1.4] another question of the client is asked for, the answered one is not recalled', () => {
    const talk = promised().choose('convenient', 'answer', 'another');
    expect(talk.line).toBe('Пётр Сергеевич, слушаю вас. Что ещё вы хотите узнать?');
  });

  it('[3.5.6] no answer leaves the promise open', () => {
    expect(promised().choose('nobody').view).toMatchObject({
      ended: { satisfied: null, because: expect.stringContaining('обещание остаётся открытым') },
    });
  });
});

describe('outside working hours', () => {
  const closed = (): Conversation =>
    new Conversation(
      'outside-hours',
      world({
        workingHours: false,
        hours: { schedule: 'по будням с 9:00 до 18:00', nextOpenAt: Date.UTC(2026, 10, 27, 6) },
      }),
    );

  it('[2.6.1] says when to call and offers a callback', () => {
    const talk = closed();
    expect(talk.line).toContain('Сейчас нерабочее время, мы работаем по будням с 9:00 до 18:00');
    expect(talk.lines).toContain('завтра');
    const later = talk.choose('callback');
    expect(later.view.asks?.callbackRule).toBe('callback');
    expect(later.answer('phone', '+79065550101').choose('promised').view.ended).toEqual({ satisfied: false });
  });

  it('[2.6.1] the client who will call again hears when', () => {
    expect(closed().choose('own').line).toContain('Ждём вашего звонка завтра, в пятницу, 27 ноября, с 9:00');
  });
});

describe('colleague', () => {
  const colleague = (): Conversation =>
    new Conversation(
      'internal',
      world({ client: { kind: 'internal', number: '124', name: 'Жукова Марина Сергеевна', earlierCalls: 3 } }),
    )
      .answer('question', 'где взять бланк приказа')
      .choose('stated');

  it('[3.5.8] listens actively: greets by name and asks until the question is clear', () => {
    const talk = colleague();
    expect(talk.line).toBe('Марина Сергеевна, рады вас слышать.');
    talk.choose('named').answer('topic', 'internalDocs').choose('clear');
    expect(talk.line).toContain('проверю, верно ли понимаю: где взять бланк приказа');
    expect(talk.choose('wrong').view.kind).toBe('purpose');
  });

  it('[3.5.9] has clarifying questions for colleagues', () => {
    const { view } = colleague().choose('named');
    expect(view.lines.length).toBeGreaterThanOrEqual(3);
    expect(view.fields.find(({ id }) => id === 'learned')?.options?.length).toBeGreaterThanOrEqual(3);
  });

  const asked = (): Conversation => colleague().choose('named').answer('topic', 'internalDocs').choose('clear');

  it('[3.5.10] answers at once as a consultation', () => {
    const talk = asked().choose('answer');
    expect(talk.view.title).toBe('Консультация');
    expect(talk.choose('solved').view.ended).toEqual({ satisfied: true });
  });

  it('[3.5.11] otherwise promises an oral answer by the end of the working day', () => {
    const talk = asked().choose('callback');
    expect(talk.view.asks?.callbackRule).toBe('internal');
    expect(talk.line).toContain('перезвоню вам сегодня до 18:00');
    talk.answer('phone', '124').choose('promised');
    expect(talk.effectsOf('callback.promise')).toMatchObject([{ rule: 'internal', number: '124' }]);
  });

  it.each(['sed', 'staffMail', 'memo'])(
    '[3.5.12] offers another channel when the telephone is not enough: %s',
    (channel) => {
      const talk = asked().choose('other').answer('channel', channel);
      expect(talk.view.asks?.contactPoints).toEqual(['sed', 'staffMail', 'memo']);
      expect(talk.line).toContain('получение подтвердят');
    },
  );

  it('[3.5.12] a colleague is sent to the channels of colleagues, not to the website for clients', () => {
    const talk = asked().choose('callback', 'declined');
    expect(talk.line).toContain('запрос через «Дело»');
    expect(talk.line).not.toContain('сайт');
  });

  it('[3.5.13] a written request: its receipt is confirmed, and the record shows it', () => {
    const talk = asked().choose('other').answer('channel', 'sed').choose('agreed');
    expect(talk.line).toContain('получение запроса подтвердим уведомлением');
    expect(talk.refusalOf('recorded')).toContain('Подтверждение получения');
    talk.answer('writtenWhere', 'sed').answer('receipt', 'notice').choose('recorded');
    expect(talk.fields).toMatchObject({ writtenWhere: 'sed', receipt: 'notice' });
    expect(talk.view.next?.what).toBe('Уведомление о получении, затем письменный ответ');
  });
});
