import { describe, expect, it } from 'vitest';
import ru from '../../client/src/shared/i18n/ru/studio.ts';
import { paired, sentencesOf, type Teller } from '../../client/src/studio/versions/sentences.ts';
import { wordDiff } from '../../client/src/studio/versions/wordDiff.ts';
import { stepPairs } from '../../server/studio/compare.ts';
import type { Step } from '../../machines/script/index.ts';

const tell: Teller = {
  say(key, values = {}) {
    const text = key.split('.').reduce<unknown>((tree, part) => (tree as Record<string, unknown>)[part], ru);
    return String(text).replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(values[name]));
  },
  condition: (condition) => (condition === undefined ? '' : '…'),
  step: (id) => `«${id}»`,
  script: (id) => `«${id}»`,
  listed: (list, code) => `${list}/${code}`,
  writes: () => '',
  filling: (name) => name.toUpperCase(),
};
const step = (id: string, say: string): Step => ({ id, kind: 'answer', title: id, say });

describe('[STUDIO-18] two versions side by side', () => {
  it('[STUDIO-18] a step is told in sentences', () => {
    const told = sentencesOf(
      {
        id: 'a',
        kind: 'farewell',
        title: 'Прощание',
        say: [
          { text: 'До свидания', when: {} },
          { text: 'Всего доброго', otherwise: true },
        ],
        choices: [{ id: 'x', label: 'Ещё вопрос по {field.x}', to: 'b', effects: ['help.ask'] }],
        on: { held: [{ to: 'b', when: {} }, { call: { script: 'survey' } }], clientHungUp: 'b' },
        limit: { after: '20с', to: 'b' },
        outcome: 'satisfied',
      },
      tell,
    );
    expect(told.map(({ text }) => text)).toEqual([
      'Название: Прощание',
      'Вид шага: прощание',
      '«До свидания» (если …)',
      '«Всего доброго» (если ни одна выше не подошла)',
      'Кнопка «Ещё вопрос по ‹FIELD.X›» → «b»; позвать старшего смены',
      'Когда клиент на удержании: → «b»; если …',
      'Иначе, когда клиент на удержании: → «survey» — и обратно',
      'Когда клиент положил трубку: → «b»',
      'Предел времени: 20с; → «b»',
      'Конец разговора: вопрос решён',
    ]);
  });
  it('[STUDIO-18] words that differ are marked, the rest is left', () => {
    const [left, right] = wordDiff('Чем могу помочь вам?', 'Чем я могу помочь?');
    expect(left.filter(({ isOwn }) => isOwn).map(({ text }) => text.trim())).toEqual(['вам']);
    expect(right.filter(({ isOwn }) => isOwn).map(({ text }) => text.trim())).toEqual(['я']);
    expect(left.map(({ text }) => text).join('')).toBe('Чем могу помочь вам?');
  });
  it('[STUDIO-18] what is gone stands where it was', () => {
    const pairs = stepPairs(
      [step('a', '1'), step('b', '2'), step('c', '3')],
      [step('a', '1'), step('c', '4'), step('d', '5')],
    );
    expect(pairs.map(({ stepId, kind }) => `${stepId} ${kind}`)).toEqual([
      'a same',
      'b removed',
      'c changed',
      'd added',
    ]);
    const sentences = (...keys: string[]) => keys.map((key) => ({ key, text: key }));
    expect(paired(sentences('x', 'y'), sentences('y', 'z')).map(({ key }) => key)).toEqual(['x', 'y', 'z']);
  });
});
