import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { check } from '../../machines/script/checker/index.ts';
import type { Finding } from '../../machines/script/checker/index.ts';
import { located } from '../../machines/script/checker/finding.ts';
import { parseScript } from '../../machines/script/parse.ts';

/** What each file of `planted/` says of itself: the severity and codes that must be found, and the line of the first. */
const folder = new URL('planted/', import.meta.url);
const CONTACTS = { site: ['title', 'url'] };

function findingsIn(source: string): Finding[] {
  const parsed = parseScript(source);
  if (!parsed.ok) return [...parsed.findings];
  return check([parsed.script], { contactPoints: CONTACTS }).map((finding) => located(finding, parsed.locate));
}

describe('planted faults', () => {
  const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));

  it.each(files)('[CHECK-01] %s is found, at its place, with reason and advice', (file) => {
    const source = readFileSync(new URL(file, folder), 'utf8');
    const [, word, codes = ''] = /^# Ожидается: (ошибка|замечание) (.+)$/m.exec(source) ?? [];
    const severity = word === 'ошибка' ? 'error' : 'warning';
    const line = source.split('\n').findIndex((text) => text.endsWith('# ← здесь')) + 1;
    const found = findingsIn(source);
    const errors = found.filter((finding) => finding.severity === 'error').map(({ code }) => code);
    const [first = '', ...others] = codes.split(', ');

    const here = found.find((finding) => finding.code === first && finding.line === line);
    expect(here).toMatchObject({ severity });
    for (const said of here ? [here.message, here.suggestion] : []) {
      expect(said.ru).toMatch(/[а-яё]{3}/i);
      expect(said.en).toMatch(/[a-z]{3}/i);
      // Words of the file belong to the source view; a trainer's form has words of its own.
      expect(said.ru).not.toMatch(FILE_WORDS);
    }
    expect([...new Set(errors)].sort()).toEqual(severity === 'error' ? [first, ...others].sort() : []);
  });

  it('[CHECK-08] an answer is named by its title, its code name stands apart', () => {
    const wordsOf = (file: string): string[] =>
      findingsIn(readFileSync(new URL(file, folder), 'utf8'))
        .filter(({ code }) => code.startsWith('condition.') || code.startsWith('set.'))
        .flatMap(({ message, suggestion }) => [message.ru, suggestion.ru, suggestion.en]);
    expect(wordsOf('condition-value.yaml')).toEqual([
      '«Тема»: такого значения не бывает, `kindergarten`',
      'Можно: «очередь», «другое»',
      'Possible: “очередь”, “другое”',
    ]);
    expect(wordsOf('condition-field.yaml')[0]).toMatch(/никто не спрашивает: `[^`]+`$/);
    expect(wordsOf('set-value.yaml')[0]).toMatch(/^В ответ «[А-Я][^»]+» нельзя записать `[^`]+`$/);
  });

  it('[CHECK-02] covers every code that the checker can give', () => {
    const sources = readdirSync(new URL('../../machines/script/checker/', import.meta.url), { recursive: true })
      .map(String)
      .filter((file) => file.endsWith('.ts'))
      .map((file) => readFileSync(new URL(`../../machines/script/checker/${file}`, import.meta.url), 'utf8'));
    const codes = new Set(
      sources
        .flatMap((source) => [...source.matchAll(/'([a-z]+[A-Za-z]*\.[a-zA-Z-]+)'/g)].map(([, code]) => code ?? ''))
        .filter((code) => FAMILIES.has(code.split('.')[0] ?? '')),
    );
    const planted = files.map((file) => readFileSync(new URL(file, folder), 'utf8')).join('\n');
    const missing = [...codes].filter((code) => !planted.includes(code) && !ELSEWHERE.has(code));
    expect(missing).toEqual([]);
  });
});

const FILE_WORDS =
  /\b(to|call|kind|say|on|when|shown|whyNot|otherwise|outcome|because|next|by|who|hold|callback|effects|declined|fills|type|value|label|remind|priority|appliesTo|known|filled|atLeast|id):|\b(appliesTo|whyNot|atLeast|otherwise: true|satisfied|unsatisfied|hold\.start|callback\.promise)\b/;

const FAMILIES = new Set(
  'target call step choice loop return hold callback transfer end refusal hangUp field text contact condition set appliesTo say limit greeting script mainPath style'.split(
    ' ',
  ),
);
/** Names of effects and facts that look like codes, and findings that need two scripts (see `checker.unit.test.ts`). */
const ELSEWHERE = new Set([
  'hold.start',
  'hold.term',
  'callback.promise',
  'callback.number',
  'callback.dueAt',
  'callback.deadline',
  'script.rival',
]);
