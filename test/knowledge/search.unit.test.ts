import { describe, expect, it } from 'vitest';
import { createKnowledgeIndex, type SearchRequest } from '../../server/knowledge/search.ts';
import { article } from './support.ts';

const index = createKnowledgeIndex([
  article('queue', {
    title: 'Как встать в очередь в детский сад',
    topic: 'kindergarten',
    questions: ['Как записать ребёнка в садик?'],
    synonyms: ['ясли'],
  }),
  article('exam', { title: 'Апелляция по экзамену', topic: 'exams', synonyms: ['ЕГЭ', 'баллы'] }),
  article('voucher', { title: 'Как получить путёвку в лагерь', topic: 'camps' }),
  article('vk', { title: 'Группа VK министерства', topic: 'information' }),
  article('benefits', { title: 'Льготы', topic: 'allowances', details: 'Место в детском саду дают раньше.' }),
  article('memo', { title: 'Служебная записка о саде', topic: 'internalDocs', audience: 'internal' }),
  article('old', { title: 'Сад: порядок прошлого года', validUntil: '2025-12-31' }),
  article('future', { title: 'Сад: порядок будущего года', validFrom: '2027-01-01' }),
]);
const ask = (text: string, more: Partial<SearchRequest> = {}): string[] =>
  index.search({ text, clientKind: 'external', day: '2026-09-01', ...more }).hits.map((hit) => hit.article.id);

describe('search as you type', () => {
  it.each([
    ['очереди в детские сады', 'queue', 'other endings'],
    ['ОЧЕРЕДЬ', 'queue', 'capitals'],
    ['садик', 'queue', 'diminutive'],
    ['ребенок', 'queue', 'ё as е and a fleeting vowel'],
    ['путевок', 'voucher', 'fleeting vowel of the genitive plural'],
    ['апел', 'exam', 'a beginning'],
    ['аппеляция', 'exam', 'two slips in a long word'],
    ['десткий', 'queue', 'swapped neighbours'],
    ['лагрь', 'voucher', 'a letter missing'],
    ['ltnbq cfl', 'queue', 'the Latin layout'],
    ['LTNCRBQ CFL', 'queue', 'the Latin layout in capitals'],
    ['genbdre', 'voucher', 'the Latin layout, a word form'],
    [',fkks', 'exam', 'a letter that is punctuation in the Latin layout'],
    ["tu'", 'exam', 'ЕГЭ typed in the Latin layout'],
    ['мл', 'vk', 'VK typed in the Russian layout'],
  ])('[KB-01] finds by «%s» → %s (%s)', (text, expected) => {
    expect(ask(text)[0]).toBe(expected);
  });

  it('[KB-01] finds nothing for what is nowhere (canary)', () => {
    expect(ask('космодром')).toEqual([]);
  });

  it('[KB-02] says how it read a text typed in the other layout, and says nothing when there was no need', () => {
    const request = { clientKind: 'external' as const, day: '2026-09-01' };
    expect(index.search({ ...request, text: 'ltncrbq' }).readAs).toBe('детский');
    expect(index.search({ ...request, text: 'детский' }).readAs).toBeUndefined();
    expect(index.search({ ...request, text: 'vk' }).readAs).toBeUndefined();
  });

  it('[KB-03] puts the topic of the call first, however well the others match', () => {
    expect(ask('детский сад', { topic: 'kindergarten' })).toEqual(['queue', 'benefits']);
    expect(ask('детский сад', { topic: 'allowances' })).toEqual(['benefits', 'queue']);
  });

  it('[3.5.3] with nothing typed, the answer of the topic that is nearest to the client’s question comes first', () => {
    const school = createKnowledgeIndex([
      article('full', { title: 'В школе нет свободных мест', topic: 'school' }),
      article('first', { title: 'Как записать ребёнка в первый класс', topic: 'school' }),
      article('camp', { title: 'Первый класс: лагерь', topic: 'camps' }),
    ]);
    const best = (about?: string): string[] =>
      school
        .search({ text: '', clientKind: 'external', day: '2026-09-01', topic: 'school', ...(about ? { about } : {}) })
        .hits.map((hit) => hit.article.id);
    expect(best('когда начинается запись в первый класс')).toEqual(['first', 'full', 'camp']);
    expect(best('отказали, мест нет')).toEqual(['full', 'first', 'camp']);
    expect(best('пирвый клас')).toEqual(['first', 'full', 'camp']);
    expect(best('космодром')).toEqual(best());
  });

  it('[KB-04] marks what was found only by mending slips or by some of the words', () => {
    const hit = (text: string) => index.search({ text, clientKind: 'external', day: '2026-09-01' }).hits[0];
    expect(hit('лагерь')?.match).toBe('words');
    expect(hit('лагрь')?.match).toBe('near');
    expect(hit('лагерь космодром')).toMatchObject({ match: 'near', article: { id: 'voucher' } });
  });

  it('[KB-05] lists the topic of the call when nothing is typed yet', () => {
    expect(ask('', { topic: 'exams', limit: 2 })[0]).toBe('exam');
    expect(ask('  ', { limit: 3 })).toHaveLength(3);
  });

  it('[KB-06] never throws and never lies about its limit, whatever is typed', () => {
    for (const text of ['[', '"\'', '🙂', 'в', '   ', 'а'.repeat(500), '<b>сад</b>', '\u0000', 'сад '.repeat(200)])
      expect(ask(text, { limit: 2 }).length, text).toBeLessThanOrEqual(2);
  });

  it('[3.10.2] shows internal articles to internal clients only', () => {
    expect(ask('сад')).not.toContain('memo');
    expect(ask('записка')).not.toContain('memo');
    expect(ask('записка', { clientKind: 'internal' })).toEqual(['memo']);
    expect(index.list({ clientKind: 'external', day: '2026-09-01' }, 100).map(({ id }) => id)).not.toContain('memo');
  });

  it('[3.5.3] keeps out what is out of its term, on both sides, and takes both last days in', () => {
    expect(ask('сад')).not.toContain('old');
    expect(ask('сад')).not.toContain('future');
    expect(ask('порядок', { day: '2025-12-31' })).toEqual(['old']);
    expect(ask('порядок', { day: '2027-01-01' })).toEqual(['future']);
  });
});
