import { describe, expect, it } from 'vitest';
import { isInForce } from '../../server/knowledge/article.ts';
import { readArticle } from '../../server/knowledge/articleFile.ts';
import { describeFault } from '../../server/knowledge/fault.ts';
import { article } from './support.ts';

const HEAD = {
  id: 'id: queue',
  title: 'title: Как встать в очередь',
  topic: 'topic: kindergarten',
  audience: 'audience: everyone',
  spoken: 'spoken: Заявление подают на портале Госуслуг.',
  questions: 'questions: [Как записать ребёнка в садик?]',
  clauses: "clauses: ['2.5.1']",
};
const file = (changed: Partial<Record<keyof typeof HEAD | 'more', string>> = {}, details = 'Подробности.'): string =>
  ['---', ...Object.values({ ...HEAD, ...changed }).filter((line) => line !== ''), '---', '', details].join('\n');
const faults = (content: string, name = 'knowledge/queue.md'): string[] => {
  const read = readArticle(name, content);
  return read.ok ? [] : read.faults.map(describeFault);
};

describe('an article file', () => {
  it('[KB-10] is read with its Markdown, a byte order mark and Windows line ends included', () => {
    const read = readArticle('knowledge/queue.md', '\uFEFF' + file().replaceAll('\n', '\r\n'));
    expect(read).toMatchObject({ ok: true, value: { id: 'queue', details: 'Подробности.', sample: false } });
  });

  const long = Array.from({ length: 40 }, () => 'слово').join(' ');
  it.each<[string, Partial<Record<keyof typeof HEAD | 'more', string>>, RegExp]>([
    ['no title', { title: '' }, /строка 2: title — нужно указать текст/],
    ['unknown field', { more: 'colour: red' }, /неизвестное поле: colour/],
    ['wrong audience', { audience: 'audience: friends' }, /строка 5: audience — допустимо одно из: everyone, internal/],
    ['a date that is none', { more: "validFrom: '2026-02-31'" }, /строка 9: validFrom — дата пишется как 2026-09-01/],
    [
      'a term that ends before it begins',
      { more: "validFrom: '2026-02-02'\nvalidUntil: '2026-02-01'" },
      /срок действия/,
    ],
    ['a spoken answer too long for one breath', { spoken: `spoken: ${long}` }, /строка 6: spoken — фраза из 40 слов/],
    ['no source', { clauses: '' }, /укажите пункт регламента/],
    ['a sample that does not say what to fill in', { more: 'sample: true' }, /toFill — это образец/],
    ['YAML that is none', { title: 'title: [а' }, /строка \d+: файл не читается как YAML/],
    ['an id other than the file name', { id: 'id: other' }, /строка 2: имя файла должно быть other.md/],
    ['no questions', { questions: 'questions: []' }, /questions — меньше допустимого/],
  ])('[KB-11] with %s is refused with its line and reason', (_, changed, expected) => {
    expect(faults(file(changed)).join('\n')).toMatch(expected);
  });

  it('[KB-11] without front matter or without details is refused', () => {
    expect(faults('# Заголовок')[0]).toMatch(/строка 1: статья начинается со строки «---»/);
    expect(faults(file({}, '  '))[0]).toMatch(/нужны подробности/);
  });

  it('[KB-11] tells all faults at once', () => {
    expect(faults(file({ title: '', audience: 'audience: friends', spoken: '' }))).toHaveLength(3);
  });

  it('[KB-12] is in force from its first day to its last', () => {
    const spring = article('a', { validFrom: '2026-03-01', validUntil: '2026-05-31' });
    const told = ['2026-02-28', '2026-03-01', '2026-05-31', '2026-06-01'].map((day) => isInForce(spring, day));
    expect(told).toEqual([false, true, true, false]);
    expect(isInForce(article('b'), '1999-01-01')).toBe(true);
  });
});
