import type { Article } from '../../server/knowledge/article.ts';

/** An article of which the test says only what matters to it. */
export const article = (id: string, given: Partial<Article> = {}): Article => ({
  id,
  title: `Статья ${id}`,
  topic: 'other',
  audience: 'everyone',
  spoken: 'Короткий ответ.',
  questions: ['Вопрос клиента?'],
  synonyms: [],
  clauses: ['3.4.10'],
  sample: false,
  toFill: [],
  details: 'Подробности.',
  ...given,
});
