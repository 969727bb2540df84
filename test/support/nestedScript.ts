import { Conversation, scriptFrom } from '../script/support.ts';

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
export const sub = scriptFrom(SUB);
export const main = scriptFrom(MAIN);
/** A talk by the main script, which knows the other. */
export const talkMain = (): Conversation => new Conversation(main, { scripts: { calm: sub } });
