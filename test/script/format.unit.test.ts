import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { KNOWN_NAMES, VARIABLES, VARIABLE_NAMES } from '../../machines/script/variables.ts';
import { READERS } from '../../machines/script/read.ts';
import { MIGRATIONS, migrate } from '../../machines/script/migrations/index.ts';
import { FORMAT_VERSION, scriptSchema } from '../../machines/script/format.ts';
import { durationMs } from '../../machines/script/duration.ts';
import { compile } from '../../machines/script/index.ts';
import { parseData, parseScript } from '../../machines/script/parse.ts';
import { schemaText } from '../../server/scripts/schema.ts';
import { Conversation, exampleScript, exampleSource } from './support.ts';

const libraryFile = (name: string): string =>
  readFileSync(new URL(`../../scripts-library/${name}`, import.meta.url), 'utf8');

describe('the format', () => {
  it('[FORMAT-01] the JSON Schema in the library is the one that the code makes (npm run scripts:schema)', () => {
    expect(libraryFile('script.schema.json')).toBe(schemaText());
  });

  it('[FORMAT-02] the JSON Schema completes every word of a step, with its explanation', () => {
    const schema = JSON.parse(schemaText()) as { properties: Record<string, unknown>; required: string[] };
    expect(Object.keys(schema.properties)).toEqual(
      expect.arrayContaining(['id', 'title', 'steps', 'everywhere', 'mainPath']),
    );
    expect(schema.required).toEqual(
      expect.arrayContaining(['formatVersion', 'id', 'title', 'languages', 'start', 'steps']),
    );
    expect(schemaText()).toContain('Что сказать вслух');
    expect(schemaText()).toContain('transfers.left');
  });

  it('[FORMAT-03] the documented example is a complete script that can be talked through', () => {
    expect(exampleSource()).toMatch(/^# yaml-language-server: \$schema=/);
    expect(new Conversation(exampleScript()).choose('on').view.kind).toBe('purpose');
  });

  it('[FORMAT-04] the documentation names every variable', () => {
    const readme = libraryFile('README.md');
    expect(VARIABLE_NAMES.filter((name) => !readme.includes(name))).toEqual([]);
  });

  it('[FORMAT-05] every name of a condition can be read, every variable of a text has an example', () => {
    expect(KNOWN_NAMES.filter((name) => !Object.hasOwn(READERS, name))).toEqual([]);
    expect(
      VARIABLE_NAMES.filter((name) => VARIABLES[name].use !== 'condition' && VARIABLES[name].example === undefined),
    ).toEqual([]);
  });

  it('[FORMAT-06] durations are read in both alphabets', () => {
    expect(['90с', '90 сек', '90s', '2мин', '2 м', '2m', '1ч', '1h', 'скоро', ''].map(durationMs)).toEqual([
      90_000, 90_000, 90_000, 120_000, 120_000, 120_000, 3_600_000, 3_600_000, 0, 0,
    ]);
  });

  it('[FORMAT-07] a misspelt word is refused, with its place and advice', () => {
    const parsed = parseScript(exampleSource().replace('    kind: purpose', '    knd: purpose'));
    expect(
      parsed.ok
        ? []
        : parsed.findings.map(({ code, stepId, line, suggestion }) => [code, stepId, line, suggestion.yaml]),
    ).toEqual([
      ['schema.missing', 'purpose', 33, 'Добавьте «kind» (steps.1.kind)'],
      ['schema.unrecognized_keys', 'purpose', 33, expect.stringContaining('Проверьте написание')],
    ]);
  });

  it('[FORMAT-08] a file that would exhaust the reader is refused in words', () => {
    const deep = `formatVersion: 1\nid: ${'['.repeat(60)}${']'.repeat(60)}\n`;
    expect(parseScript(deep)).toMatchObject({ ok: false, findings: [{ code: 'yaml.tooDeep' }] });
    const bomb = [
      'a: &a [x, x, x, x, x, x, x, x, x]',
      ...'bcdefghi'
        .split('')
        .map(
          (name, index) =>
            `${name}: &${name} [${Array.from({ length: 9 }, () => `*${'abcdefghi'[index] ?? ''}`).join(', ')}]`,
        ),
    ].join('\n');
    expect(parseScript(bomb)).toMatchObject({ ok: false, findings: [{ code: 'yaml.alias' }] });
    expect(parseScript('x'.repeat(2_000_001))).toMatchObject({ ok: false, findings: [{ code: 'yaml.tooBig' }] });
    expect(parseScript('')).toMatchObject({ ok: false });
    expect(parseScript('- 1\n- 2')).toMatchObject({ ok: false });
  });

  it('[FORMAT-09] names of prototypes are no keys', () => {
    const parsed = parseScript(
      exampleSource().replace('title: { ru: Пример, en: Example }', 'title: Пример\n__proto__: { polluted: yes }'),
    );
    expect(parsed.ok).toBe(false);
    expect(({} as { polluted?: string }).polluted).toBeUndefined();
  });

  it('[FORMAT-10] a script written out as YAML or JSON and read again means the same', () => {
    const script = exampleScript();
    const again = parseData(JSON.parse(JSON.stringify(script)));
    expect(again.ok && again.script).toEqual(script);
    expect(again.ok && JSON.stringify(compile(again.script).machine.config)).toBe(
      JSON.stringify(compile(script).machine.config),
    );
  });
});

describe('migrations', () => {
  const sample = readFileSync(new URL('migrations/v0.yaml', import.meta.url), 'utf8');

  it('[FORMAT-11] a file of version 0 becomes a script of the present version that works', () => {
    const parsed = parseScript(sample);
    expect(parsed).toMatchObject({ ok: true, migratedFrom: 0 });
    if (!parsed.ok) return;
    expect(parsed.script).toMatchObject({
      formatVersion: FORMAT_VERSION,
      id: 'old-greeting',
      title: 'Старый сценарий',
      start: 'hello',
    });
    const talk = new Conversation(parsed.script);
    expect(talk.view.lines).toEqual(['Доброе утро, Анна Петровна, чем могу помочь?']);
    expect(talk.choose('choice-1').choose('choice-1').view).toMatchObject({ ended: { satisfied: true } });
    expect(talk.do({ type: 'restart' }).fact('clientHungUp').view.ended).toEqual({ satisfied: false });
  });

  it('[FORMAT-12] each step of migration goes one version up, and none is missing', () => {
    expect(Object.keys(MIGRATIONS).map(Number)).toEqual(
      Array.from({ length: FORMAT_VERSION }, (_, version) => version),
    );
    const data: unknown = parse(sample);
    const migrated = migrate(data);
    expect(migrated).toMatchObject({ ok: true, from: 0 });
    expect(scriptSchema.safeParse(migrated.ok ? migrated.data : undefined).success).toBe(true);
    expect(migrate({ formatVersion: FORMAT_VERSION + 1 })).toEqual({ ok: false, reason: 'tooNew' });
    expect(migrate({ formatVersion: '1' })).toEqual({ ok: false, reason: 'noVersion' });
  });
});
