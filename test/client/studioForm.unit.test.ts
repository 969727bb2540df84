import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fieldsIn, setWords, subjectInfo } from '../../client/src/studio/editor/subjects.ts';
import { limitWords } from '../../client/src/studio/editor/questionLimits.ts';
import { NO_LISTS } from '../../client/src/studio/siteLists.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const EDITOR = join(ROOT, 'client', 'src', 'studio', 'editor');
/** Given once and for ever, or kept by the editor as a whole. */
const NOT_IN_A_FORM = ['formatVersion', 'id', 'steps'];

/** Names of all properties that a script can have, at whatever depth. */
function propertiesOf(schema: unknown): string[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]: [string, unknown]) =>
    key === 'properties'
      ? [...Object.keys(value as object), ...propertiesOf(Object.values(value as object))]
      : propertiesOf(value),
  );
}
const shown = readdirSync(EDITOR)
  .map((name) => readFileSync(join(EDITOR, name), 'utf8'))
  .join('\n');
const isShown = (property: string): boolean => new RegExp(String.raw`(['.]|\{ )${property}\b`).test(shown);

describe('[STUDIO-26] the forms can do what the language can', () => {
  const schema: unknown = JSON.parse(readFileSync(join(ROOT, 'scripts-library', 'script.schema.json'), 'utf8'));
  const properties = [...new Set(propertiesOf(schema))].filter((each) => !NOT_IN_A_FORM.includes(each));
  it('[STUDIO-26] every property of the format has a place in a form', () => {
    expect(properties.length).toBeGreaterThan(60);
    expect(properties.filter((each) => !isShown(each))).toEqual([]);
  });
  it('[STUDIO-26] a property without a place is seen', () => {
    expect(isShown('noSuchProperty')).toBe(false);
  });
});

describe('[STUDIO-27] people read titles, not names of the file', () => {
  const steps = [
    {
      id: 'a',
      questions: [
        { field: 'area', label: 'Район', type: 'choice', options: [{ value: 'north', label: 'Северный' }] },
        { field: 'age', label: 'Возраст', type: 'number', min: 3, learned: false },
      ],
      choices: [{ id: 'more', label: 'Есть ещё вопрос', set: { oneMore: true, area: '' } }],
    },
    { id: 'b', choices: [{ id: 'again', label: 'Спросить снова', set: { oneMore: true } }] },
  ];
  const fields = fieldsIn(steps);
  const tell = (key: string, { label = '' } = {}): string => `${key}${label && ` ${label}`}`;

  it('[STUDIO-27] what only a button writes is known by the first such button', () => {
    expect(fields.get('oneMore')).toMatchObject({ label: 'Есть ещё вопрос', type: 'boolean' });
    expect(fields.get('area')?.label).toBe('Район');
  });
  it('[STUDIO-27] what a button writes is said with the names of answers', () => {
    const set = { oneMore: true, area: 'north', age: 7, question: '' };
    expect(setWords(set, fields, tell)).toBe(
      'Есть ещё вопрос: condition.yes, Район: Северный, Возраст: 7, set.cleared question',
    );
  });
  it('[STUDIO-27] a topic is compared by its title', () => {
    const lists = { ...NO_LISTS, topics: new Map([['other', 'Другой вопрос']]) };
    expect(subjectInfo('known:inquiry.topic', fields, String, lists).values.get('other')).toBe('Другой вопрос');
  });
  it('[STUDIO-27] limits of an answer are told in words', () => {
    expect(limitWords({ type: 'number', min: 3, learned: false }, (key) => key)).toBe(
      'question.limit.min: 3; question.unlearned',
    );
    expect(limitWords({ type: 'date', notAfter: 'today' }, (key) => key)).toContain('question.limitValue.today');
  });
});
