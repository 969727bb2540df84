import { describe, expect, it } from 'vitest';
import { checkStyle } from '../../machines/script/checker/style.ts';
import type { Script } from '../../machines/script/index.ts';
import { ONE_BREATH_WORDS } from '../../server/knowledge/article.ts';
import { asKnown, pointsFor } from '../../server/knowledge/contactPoints.ts';
import { createKnowledgeIndex } from '../../server/knowledge/search.ts';
import { findings, library, scripts } from './conversation.ts';

const { articles, contactPoints, topics, reviewCriteria, dispositions } = library;
const index = createKnowledgeIndex(articles);
const DAY = '2026-11-26';
const find = (text: string, topic?: string): string[] =>
  index
    .search({ text, clientKind: 'external', day: DAY, ...(topic === undefined ? {} : { topic }) })
    .hits.map(({ article }) => article.id);

/** Findings of the scripts' own style check in texts that are read aloud. */
const styleOf = (texts: readonly (readonly [string, string])[]): string[] => {
  const steps = texts.map(([id, say], at) => ({ id: `step-${at}`, kind: 'note' as const, title: id, say }));
  const script = {
    formatVersion: 1,
    id: 'spoken',
    title: 'Ответы',
    languages: ['ru'],
    start: 'step-0',
    steps,
  } satisfies Script;
  return checkStyle(script).map(({ path, message }) => `${texts[Number(path[1])]?.[0] ?? ''}: ${message.ru}`);
};

describe('scripts of the library', () => {
  it('[3.4.9] [3.5.2] pass the checker without an error and without a remark on their style', () => {
    expect(findings.map(({ file, line, code, message }) => `${file}:${line} ${code} ${message.ru}`)).toEqual([]);
  });

  it('[3.5.5] [3.5.6] [3.5.8] [3.8.8] there is a script for every kind of conversation', () => {
    // oxfmt-ignore
    const wanted = [
      'inbound', 'information', 'outbound', 'callback-return', 'internal', 'complaint', 'other-body', 'outside-hours',
      'client-silent', 'client-upset', 'client-abusive', 'client-child', 'client-hard-of-hearing',
      'client-other-language', 'survey', 'topic-kindergarten', 'topic-school', 'topic-exams', 'topic-certification',
      'topic-allowances', 'topic-camps', 'topic-licensing',
    ];
    for (const id of wanted) expect(scripts.has(id), id).toBe(true);
  });

  it('[LIB-01] every text of every script is in Russian and in English', () => {
    const gaps: string[] = [];
    const visit = (value: unknown, path: string): void => {
      if (typeof value !== 'object' || value === null) return;
      if ('ru' in value !== 'en' in value) gaps.push(path);
      for (const [key, inner] of Object.entries(value)) visit(inner, `${path}.${key}`);
    };
    for (const script of scripts.values()) visit(script, script.id);
    expect(gaps).toEqual([]);
  });

  it('[LIB-02] propose only dispositions of the list', () => {
    const known = new Set(dispositions.map(({ id }) => id));
    const named = [...scripts.values()].flatMap(({ steps }) => steps.flatMap((step) => step.disposition ?? []));
    expect(named.length).toBeGreaterThan(20);
    for (const id of named) expect(known, id).toContain(id);
  });
});

describe('articles of the library', () => {
  it('[3.4.10] are at least sixty, and each names its source or what the organisation must fill in', () => {
    expect(articles.length).toBeGreaterThanOrEqual(60);
    expect(articles.filter(({ sample }) => !sample).length).toBeGreaterThanOrEqual(60);
    for (const { id, sample, clauses, toFill } of articles)
      expect(sample ? toFill.length : clauses.length, id).toBeGreaterThan(0);
  });

  it('[3.4.10] there is at least one for every topic', () => {
    for (const { id, audience } of topics.topics.filter((topic) => topic.id !== 'other'))
      expect(
        index.list({ topic: id, clientKind: audience === 'internal' ? 'internal' : 'external', day: DAY })[0]?.topic,
      ).toBe(id);
  });

  it('[3.4.9] a spoken answer is sayable in one breath, sentence by sentence', () => {
    for (const { id, spoken } of articles)
      for (const sentence of spoken.split(/(?<=[.!?])\s+/u))
        expect(sentence.split(/\s+/u).length, id).toBeLessThanOrEqual(ONE_BREATH_WORDS);
  });

  it('[3.4.9] spoken answers and contact notes hold to the style of scripts', () => {
    const spoken = [
      ...articles.map(({ id, spoken: text }) => [id, text] as const),
      ...contactPoints.map(
        ({ id, note }) => [id, typeof note === 'string' ? note : (note?.ru ?? 'Запишите.')] as const,
      ),
    ];
    expect(styleOf(spoken)).toEqual([]);
    expect(styleOf([['canary', 'В соответствии с регламентом осуществляется рассмотрение.']])).not.toEqual([]);
  });

  it.each([
    ['встать в очередь в садик', 'kindergarten-apply'],
    ['детские сады очередь', 'kindergarten-apply'],
    ['ltnbq cfl', 'kindergarten-apply'],
    ['сколько ждать ответа', 'appeal-term'],
    ['тридцать дней', 'appeal-term'],
    ['как пожаловаться на учителя', 'complaint-how'],
    ['аттестация на категорию', 'certification-apply'],
    ['паспорт на приём', 'reception-document'],
    ['путёвка в лагерь', 'camp-voucher'],
    ['потеряла аттестат', 'document-duplicate'],
    ['апеляция егэ', 'exam-appeal'],
    ['вконтакте', 'social-three-hours'],
    ['лицензия на курсы', 'licence-apply'],
    ['график работы', 'phone-hours'],
  ])('[3.5.3] «%s» brings «%s» among the first three', (text, id) => {
    expect(find(text).slice(0, 3)).toContain(id);
  });

  it('[3.5.3] the client’s own words of each article find it among the first five', () => {
    const lost = articles
      .filter(({ audience }) => audience === 'everyone')
      .flatMap(({ id, questions, topic }) => questions.filter((text) => !find(text, topic).slice(0, 5).includes(id)));
    expect(lost).toEqual([]);
  });

  it('[3.10.2] internal ones are there for colleagues and for nobody else', () => {
    const internal = articles.filter(({ audience }) => audience === 'internal');
    expect(internal.length).toBeGreaterThanOrEqual(10);
    for (const { id, title } of internal) {
      expect(find(title), id).not.toContain(id);
      expect(
        index.search({ text: title, clientKind: 'internal', day: DAY }).hits.map(({ article }) => article.id),
      ).toContain(id);
    }
  });
});

describe('contact points', () => {
  it.each([
    ['2.2', 'phone'],
    ['2.3', 'site'],
    ['2.4', 'vk'],
    ['2.4', 'ok'],
    ['2.5', 'email'],
    ['2.5', 'post'],
    ['2.5', 'office'],
    ['2.5', 'portal'],
    ['2.5', 'mfc'],
    ['2.6', 'phone'],
    ['2.7', 'reception'],
  ])('[2.2] clause %s has the point «%s», with rules and words to say', (_, id) => {
    const point = contactPoints.find((one) => one.id === id);
    expect(point?.rules.length).toBeGreaterThan(0);
    expect(point?.note).toBeDefined();
  });

  const told = (id: string): object => asKnown(contactPoints)[id] ?? {};
  it('[2.3] the website as the regulation names it', () => {
    expect(told('site')).toMatchObject({ url: 'https://minobrnauki46.ru/' });
  });
  it('[2.4] the pages in social networks', () => {
    expect([told('vk'), told('ok')]).toMatchObject([
      { url: 'https://vk.com/komobr46' },
      { url: 'https://ok.ru/minobrnauki46' },
    ]);
  });
  it('[2.5] post, e-mail, portal and multifunctional centre', () => {
    expect(told('email')).toMatchObject({ email: 'komobr@rkursk.ru' });
    expect(told('post')).toMatchObject({ address: { ru: 'г. Курск, ул. Кирова, 7' } });
    expect(told('mfc')).toMatchObject({ url: 'https://mfc-kursk.ru' });
  });
  it('[2.6] the telephone in working hours, numbers on the website', () => {
    expect(told('phone')).toMatchObject({ note: { ru: expect.stringContaining('на сайте') } });
  });
  it('[2.7] the reception asks for an identity document', () => {
    expect(told('reception')).toMatchObject({ note: { ru: expect.stringContaining('удостоверяющий личность') } });
  });
  it('[3.5.12] colleagues are offered their own channels, clients theirs', () => {
    const forKind = (kind: 'internal' | 'external'): string[] => pointsFor(contactPoints, kind).map(({ id }) => id);
    expect(forKind('internal')).toEqual(expect.arrayContaining(['sed', 'staffMail', 'memo']));
    expect(forKind('external')).not.toContain('sed');
    expect(forKind('internal')).not.toContain('vk');
  });
});

describe('criteria of the call review', () => {
  const clauses = reviewCriteria.groups.flatMap(({ criteria }) => criteria.map(({ clause }) => clause));
  it.each(['3.5.2', '3.5.5', '3.5.5-а', '3.5.5-б', '3.5.5-в', '3.5.5-г', '3.5.7'])(
    '[3.5.7] hold clause %s',
    (clause) => {
      expect(clauses).toContain(clause);
    },
  );
  it('[3.5.7] every requirement of the clause is a criterion', () => {
    const about = reviewCriteria.groups.flatMap(({ criteria }) => criteria.map(({ id }) => id));
    const wanted = ['polite', 'honest', 'comfort', 'composed', 'respect', 'prompt', 'sympathy', 'readyToHelp'];
    expect(about).toEqual(expect.arrayContaining(wanted));
  });
});
