import { describe, expect, it } from 'vitest';
import { check } from '../../machines/script/checker/index.ts';
import type { Script } from '../../machines/script/types.ts';
import { exampleScript, scriptFrom } from './support.ts';

const codes = (scripts: readonly Script[]): string[] => check(scripts).map(({ code }) => code);

/** The example with another line to say at its answer step. */
const saying = (text: string): Script => {
  const script = exampleScript();
  return { ...script, steps: script.steps.map((one) => (one.id === 'answer' ? { ...one, say: text } : one)) };
};
const styleOf = (text: string): string[] => codes([saying(text)]).filter((code) => code.startsWith('style.'));

describe('the checker', () => {
  it('[CHECK-03] has nothing to say of the example in the documentation', () => {
    expect(check([exampleScript()])).toEqual([]);
  });

  it('[CHECK-04] two scripts with the same claim to the same calls are rivals', () => {
    const twin = { ...exampleScript(), id: 'twin' };
    expect(check([exampleScript(), twin])).toMatchObject([
      { code: 'script.rival', scriptId: 'twin', path: ['appliesTo'] },
    ]);
    expect(codes([exampleScript(), { ...twin, appliesTo: { ...twin.appliesTo, priority: 99 } }])).toEqual([]);
  });

  it('[CHECK-05] a sub-script inherits the hang-up of its callers, all of them; alone it must see to it itself', () => {
    const sub = scriptFrom(`
formatVersion: 1
id: sub
title: Вложенный
languages: [ru]
start: one
steps:
  - { id: one, kind: note, title: Один, choices: [{ id: done, label: Назад, to: return }] }
`);
    const calling = (): Script => {
      const script = exampleScript();
      return { ...script, everywhere: [{ id: 'sub', label: 'Вложенный', call: { script: 'sub' } }] };
    };
    expect(codes([sub])).toEqual(['hangUp.unhandled']);
    expect(codes([calling(), sub])).toEqual([]);
    const { on: _, ...deaf } = { ...calling(), id: 'deaf' };
    expect(
      check([calling(), deaf, sub])
        .filter(({ scriptId }) => scriptId === 'sub')
        .map(({ code }) => code),
    ).toEqual(['hangUp.unhandled']);
  });

  it('[CHECK-07] a clause named like a part of every object is only a clause', () => {
    expect(codes([{ ...exampleScript(), clauses: ['__proto__', 'constructor'] }])).toEqual([]);
  });

  it('[CHECK-06] findings about some scripts only still see the others as callers', () => {
    const script = saying('Мы осуществляем приём.');
    expect(check([script, exampleScript()], { only: ['nobody'] })).toEqual([]);
    expect(check([script], { only: [script.id] })).toMatchObject([
      { code: 'style.officialese', stepId: 'answer', path: ['steps', 2, 'say'] },
    ]);
  });
});

describe('style of what is said', () => {
  /** Word forms that the lists must know, by kind of fault. */
  const BAD: Readonly<Record<string, readonly string[]>> = {
    'style.officialese': [
      'Осуществляем приём по средам.',
      'Приём осуществляется здесь.',
      'Осуществление приёма идёт.',
      'Звоню в целях уточнения.',
      'Это решают в соответствии с законом.',
      'Мы примем меры завтра.',
      'Окажем содействие в записи.',
      'Сообщаю по данному вопросу.',
      'Ответим в установленном порядке.',
      'В настоящее время приём идёт.',
      'Проживаете в Курске?',
      'Вам перечислят денежные средства.',
      'Доведём до сведения школы.',
      'Ваше ходатайство получено.',
      'Вышеуказанный адрес верный.',
      'Это образовательная организация.',
      'Нами будет дан ответ.',
      'Надлежит прийти лично.',
      'Ставлю вас в известность.',
      'Перенаправлю письмо.',
      'Вопрос находится на рассмотрении.',
      'Доводим до вашего сведения решение.',
      'Предоставьте документы до пятницы.',
      'Мы отработаем ваш запрос.',
      'За неимением мест приём закончен.',
      'Звоню по вопросу зачисления.',
      'Обращаем ваше внимание на срок.',
    ],
    'style.jargon': [
      'Скиньте документы.',
      'Без проблем, помогу.',
      'Перезвоните попозже.',
      'Подождите минуточку.',
      'Это ихний адрес.',
      'Повисите на линии.',
      'Напишу фидбэк.',
      'Ваш садик рядом.',
      'Минутку, пожалуйста.',
      'Понятия не имею.',
    ],
    'style.archaism': [
      'Дабы помочь, уточню.',
      'Приём сего дня окончен.',
      'Извольте подождать.',
      'Это весьма просто.',
      'Покорнейше прошу прийти.',
    ],
    'style.interjection': [
      'Ой, подождите.',
      'Ну вот ваш ответ.',
      'Как бы завтра ответим.',
      'Это, так сказать, порядок.',
      'Эм, ммм, уточню.',
      'Смотрите, тут так.',
      'Вот, значит, ваш ответ.',
      'Короче, приходите завтра.',
    ],
    'style.pressure': [
      'Вы должны прийти.',
      'Вы обязаны подписать.',
      'Успокойтесь, пожалуйста.',
      'Я же вам сказал.',
      'Это ваши проблемы.',
      'Чего вы хотите?',
      'Не надо кричать.',
      'Вы обратились не по адресу.',
      'Надо было раньше думать.',
    ],
    'style.negation': [
      'Не могу помочь.',
      'Этого делать нельзя.',
      'К сожалению, очередь большая.',
      'Не знаю ответа.',
      'Это запрещено.',
      'Не подскажете ваш адрес?',
      'В приёме отказано.',
      'Не пишите и не звоните.',
      'Это не наш вопрос.',
    ],
    'style.tautology': [
      'Повторите ещё раз адрес.',
      'Вернитесь обратно.',
      'Это самый лучший лагерь.',
      'Ждите два часа времени.',
      'Документы примут с документами.',
      'Запись по записи.',
      'Повторяю ещё раз для вас.',
      'Перезвоните обратно.',
    ],
    'style.term': [
      'Приходите в МБОУ.',
      'Назовите ваше ФИО.',
      'Пройдите верификацию.',
      'Подайте апелляцию.',
      'Ответ придёт через ЕПГУ.',
      'Обучающихся кормят бесплатно.',
    ],
    'style.passive': ['Решение будет принято и направлено вам.', 'Заявления принимаются и рассматриваются комиссией.'],
  };
  it.each(Object.keys(BAD))('[3.4.9] [3.5.2] [STYLE-01] %s is heard in its word forms', (code) => {
    const missed = (BAD[code] ?? []).filter((text) => !styleOf(text).includes(code));
    expect(missed).toEqual([]);
  });

  it('[3.4.9] [3.5.2] [STYLE-02] plain, calm speech has no findings', () => {
    const good = [
      'Пётр Сергеевич, подскажите, пожалуйста, в каком районе вы сейчас живёте?',
      'Правильно ли я понимаю: вы переехали и хотите узнать, сохранится ли место в очереди?',
      'Вернусь к вам через {hold.term}. Подождёте на линии?',
      'Спасибо за ожидание! Место в очереди видно на портале Госуслуг, в личном кабинете.',
      'Перезвоню вам {callback.deadline}. По какому номеру вам удобно ответить?',
      'Мне очень жаль, что так вышло. Давайте вместе разберёмся.',
      'Соединю вас с коллегой: он ответит точнее. Останетесь на линии?',
      'Письменный ответ придёт в течение тридцати дней.',
      'Заявление в школу подают с первого апреля. Нужны паспорт и свидетельство о рождении.',
      'Ваш вопрос решает управление образования вашего района. Записать телефон?',
      'Вам удобно сейчас говорить?',
      'Будут вопросы — звоните. Всего доброго!',
      'Нужна справка о составе семьи. Её выдают в многофункциональном центре.',
      'Решение принято. Сейчас расскажу, что оно значит для вас.',
      'Понимаю вас. Расскажите, пожалуйста, что произошло.',
      'Дорога стала короче, а путёвка дешевле.',
      'Смотрите расписание на сайте министерства.',
      'Назовите номер заявления и номер телефона.',
      'Очередь движется, место освободится осенью.',
      'В части школ каникулы начались раньше.',
      'Со стороны улицы есть вход.',
    ];
    expect(good.map((text) => [text, styleOf(text)]).filter(([, found]) => found?.length)).toEqual([]);
  });

  it('[STYLE-03] what a variable brings is not the author’s word, but its length counts', () => {
    expect(styleOf('[{field.topic}. ]Понятно.')).toEqual([]);
    const long = 'Подскажите пожалуйста куда {organization} и {organization} и {organization} могут позвонить';
    expect(styleOf(long)).toContain('style.breath');
  });

  it('[STYLE-04] English wordings and hints are left to people', () => {
    const script = exampleScript();
    const steps = script.steps.map((one) =>
      one.id === 'answer' ? { ...one, say: { ru: 'Хорошо.', en: 'Ну, осуществляем.' }, hints: 'Осуществляем.' } : one,
    );
    expect(codes([{ ...script, steps }]).filter((code) => code.startsWith('style.'))).toEqual([]);
  });
});
