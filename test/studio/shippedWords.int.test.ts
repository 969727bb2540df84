import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testApp, type TestApp } from '../support/testApp.ts';

type Local = string | { ru: string; en?: string };
interface Criteria {
  groups: { criteria: { id: string; about: Local; full: Local; none: Local }[] }[];
}
const russian = (text: Local): string => (typeof text === 'string' ? text : text.ru);

describe('words that the library was given later', () => {
  let test: TestApp;
  beforeEach(async () => {
    test = await testApp();
  });
  afterEach(() => test.close());
  const documents = () => test.app.rooms.studio.documents;
  const current = () => documents().get('reviewCriteria', 'reviewCriteria');
  const criteria = () => (current().content as Criteria).groups.flatMap((group) => group.criteria);

  it('[STUDIO-26] criteria of an older store speak English after the start; what was edited stays to the letter', async () => {
    const older = structuredClone(current().content) as Criteria;
    for (const criterion of older.groups.flatMap((group) => group.criteria))
      for (const key of ['about', 'full', 'none'] as const) criterion[key] = russian(criterion[key]);
    const [first] = older.groups[0]?.criteria ?? [];
    if (first) first.about = 'Говорит ровно, как мы договорились';
    const author = { by: 'vera', byName: 'Котова В. П.', at: test.clock.now(), reason: 'как было до перевода' };
    const saved = await documents().save('reviewCriteria', 'reviewCriteria', current().revision, older, author);
    expect(saved).toMatchObject({ saved: true });
    expect(criteria()[1]?.about).toBe('Мысль за фразой, без отступлений.');

    await test.crash();
    expect(criteria()[0]?.about).toBe('Говорит ровно, как мы договорились');
    expect(criteria()[0]?.full).toMatchObject({ en: 'The voice is calm and friendly throughout.' });
    expect(criteria()[1]?.about).toMatchObject({ ru: 'Мысль за фразой, без отступлений.', en: expect.any(String) });
    expect(test.app.rooms.reviews.form().groups[0]?.criteria[1]?.about).toMatchObject({
      en: 'One thought a sentence, no digressions.',
    });

    const { revision } = current();
    await test.crash();
    expect(current().revision).toBe(revision);
  });
});
