import { describe, expect, it } from 'vitest';
import { EXAMPLE_NOW, exampleKnown } from '../../machines/script/example.ts';
import { compile, start, view } from '../../machines/script/index.ts';
import type { Known, Script, StepView } from '../../machines/script/index.ts';
import { VARIABLES, VARIABLE_NAMES } from '../../machines/script/variables.ts';
import { scriptFrom } from './support.ts';

const saying = (ru: string, en = ru): Script =>
  scriptFrom(`
formatVersion: 1
id: speak
title: Речь
languages: [ru, en]
start: one
steps:
  - id: one
    kind: callback
    title: Шаг
    callback: { rule: callback }
    contactPoints: [site]
    say: { ru: ${JSON.stringify(ru)}, en: ${JSON.stringify(en)} }
    questions:
      - field: topic
        label: тема
        type: choice
        fills: inquiry.topic
        options: [{ value: queue, label: { ru: очередь в сад, en: kindergarten queue } }, { value: other, label: другое }]
      - { field: day, label: день, type: date, fills: callback.dueAt }
      - { field: phone, label: номер, type: phone, fills: callback.number }
      - { field: marks, label: отметки, type: checklist, options: [{ value: a, label: первое }, { value: b, label: второе }] }
      - { field: children, label: детей, type: number }
`);
const show = (script: Script, fields = {}, known: Known = exampleKnown(), language: 'ru' | 'en' = 'ru'): StepView => {
  const compiled = compile(script);
  return view(compiled, start(compiled, known, known.now, { fields, language }).state, known);
};
const said = (text: string, fields = {}, known?: Known): string | undefined =>
  show(saying(text), fields, known).lines[0];

describe('what a line brings', () => {
  it('[SPEAK-01] every variable sounds like its example', () => {
    const sounding = VARIABLE_NAMES.filter((name) => VARIABLES[name].use !== 'condition');
    const lines = Object.fromEntries(sounding.map((name) => [name, said(`— {${name}}`)?.slice(2)]));
    expect(lines).toMatchObject({
      greeting: 'доброе утро',
      organization: 'Министерство образования и науки Курской области',
      'operator.name': 'Анна Петровна',
      'operator.fullName': 'Смирнова Анна Петровна',
      'client.name': 'Пётр Сергеевич',
      'client.number': '+7 906 555-01-01',
      'now.date': 'четверг, 26 ноября',
      'now.time': '10:05',
      'hours.schedule': 'по будням с 9:00 до 18:00',
      'hours.nextOpen': 'завтра, в пятницу, 27 ноября, с 9:05',
      'inquiry.question': 'когда придёт направление в детский сад',
      'transfers.left': '2',
      'hold.term': '2 минуты',
      'callback.deadline': 'завтра до 16:05',
      'callback.number': '+7 906 555-01-01',
    });
    expect(Object.values(lines).filter((line) => line === undefined)).toEqual([]);
  });

  it('[SPEAK-02] answers sound as their question words them, days and numbers as people say them', () => {
    expect(said('Ваш вопрос: {field.topic}, {inquiry.topic}.', { topic: 'queue' })).toBe(
      'Ваш вопрос: очередь в сад, очередь в сад.',
    );
    expect(said('Позвоню {callback.deadline}, то есть {field.day}.', { day: '2026-12-01' })).toBe(
      'Позвоню во вторник, 1 декабря, то есть 1 декабря.',
    );
    expect(said('По номеру {field.phone}, {callback.number}.', { phone: '84712700000' })).toBe(
      'По номеру +7 471 270-00-00, +7 471 270-00-00.',
    );
    expect(
      said('Отмечено: {field.marks}. {field.children|ребёнок|ребёнка|детей}.', { marks: ['b', 'a'], children: 3 }),
    ).toBe('Отмечено: первое, второе. 3 ребёнка.');
    expect(said('Детей: {field.children}.', { children: 'много' })).toBe('Детей: …');
  });

  it('[SPEAK-03] a topic noted in an earlier call sounds in the words of this script', () => {
    const known = exampleKnown();
    expect(said('Тема: {inquiry.topic}.', {}, { ...known, inquiry: { ...known.inquiry, topic: 'queue' } })).toBe(
      'Тема: очередь в сад.',
    );
    expect(said('Тема: {inquiry.topic}.', {}, { ...known, inquiry: { ...known.inquiry, topic: 'старая' } })).toBe(
      'Тема: старая.',
    );
  });

  it('[3.4.4] [3.4.5] [3.5.11] [SPEAK-04] terms of the rules are named by the calendar’s answer', () => {
    expect(said('Ответ — {deadline.appeal}.')).toBe('Ответ — не позднее пятницы, 25 декабря.');
    expect(said('Передадут {deadline.forwarding}.')).toBe('Передадут не позднее четверга, 3 декабря.');
    expect(said('Отвечу {deadline.internal}.')).toBe('Отвечу сегодня до 20:05.');
    expect(said('Ответ[ {deadline.toString}].')).toBe('Ответ.');
  });

  it('[3.5.12] [SPEAK-05] another channel is named from the directory, in the language of the call', () => {
    const known: Known = {
      ...exampleKnown(),
      contactPoints: { site: { url: 'https://example.ru/', hours: { ru: 'всегда', en: 'always' } } },
    };
    const script = saying(
      'Сайт {contact.site.url}, {contact.site.hours}[, {contact.site.phone}][, {contact.post.address}][, {contact.constructor.name}].',
      'Site {contact.site.url}, {contact.site.hours}.',
    );
    expect(show(script, {}, known).lines).toEqual(['Сайт https://example.ru/, всегда.']);
    expect(show(script, {}, known, 'en').lines).toEqual(['Site https://example.ru/, always.']);
    expect(show(script, {}, known).asks).toEqual({ callbackRule: 'callback', contactPoints: ['site'] });
  });

  it('[SPEAK-06] the English line has English forms', () => {
    const script = saying(
      'Да',
      '{greeting}, I will call {callback.deadline}. {transfers.left|transfer|transfers} left, {hold.term}.',
    );
    expect(show(script, {}, { ...exampleKnown(), transfers: { count: 1, limit: 2, extra: 0 } }, 'en').lines).toEqual([
      'Good morning, I will call tomorrow by 16:05. 1 transfer left, 2 minutes.',
    ]);
    expect(show(script, { topic: 'queue' }, exampleKnown(), 'en').fields[0]).toMatchObject({
      label: 'Тема',
      options: [{ label: 'Kindergarten queue' }, { label: 'Другое' }],
    });
  });

  it('[SPEAK-07] the same view comes out of the same state, wherever it is made', () => {
    const script = saying('{greeting}, {client.name}.');
    expect(JSON.stringify(show(script))).toBe(JSON.stringify(show(structuredClone(script))));
    expect(show(script).lines).toEqual(['Доброе утро, Пётр Сергеевич.']);
    expect(show(script, {}, exampleKnown(EXAMPLE_NOW + 4 * 3_600_000)).lines).toEqual(['Добрый день, Пётр Сергеевич.']);
  });
});
