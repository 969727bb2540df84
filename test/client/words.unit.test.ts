import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { DEFAULT_CALLBACK_POLICY } from '../../machines/promises/index.ts';

const WORDS = 'client/src/shared/i18n';
type Tree = { readonly [key: string]: string | Tree };

const files = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

const read = async (language: string, page: string): Promise<Tree> =>
  ((await import(/* @vite-ignore */ pathToFileURL(join(WORDS, language, `${page}.ts`)).href)) as { default: Tree })
    .default;

/** Plural endings differ between languages; what is left is the key itself. */
const PLURAL = /(_ordinal)?_(zero|one|two|few|many|other)$/;
const keysOf = (tree: Tree, path = ''): string[] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [`${path}${key}`.replace(PLURAL, '')] : keysOf(value, `${path}${key}.`),
  );
const keySet = (tree: Tree): string[] => [...new Set(keysOf(tree))].toSorted();
const entries = (tree: Tree, path = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]): [string, string][] =>
    typeof value === 'string' ? [[`${path}${key}`, value]] : entries(value, `${path}${key}.`),
  );
/** The same beside every number: an abbreviation, a fraction, what is always many. */
const ALIKE = /newest \{\{count\}\}|\{\{count\}\} (?:зв\.|с$|из |последним )/;
const texts = (tree: Tree): string[] =>
  Object.values(tree).flatMap((value) => (typeof value === 'string' ? [value] : texts(value)));

const pages = readdirSync(`${WORDS}/ru`).flatMap((file) => (file.endsWith('.ts') ? [file.replace(/\.ts$/, '')] : []));

describe('[PANEL-19] every word of the screen is there in both languages', () => {
  it.each(pages)('[PANEL-19] %s', async (page) => {
    expect(keySet(await read('en', page))).toEqual(keySet(await read('ru', page)));
  });
  it.each(pages)('[PANEL-19] %s has all Russian forms of number', async (page) => {
    const written = JSON.stringify(await read('ru', page));
    const few = written.match(/"\w+_few"/g) ?? [];
    for (const form of ['one', 'many', 'other'])
      expect(
        written.match(new RegExp(`"\\w+_${form}"`, 'g'))?.filter((key) => !key.includes('ordinal')) ?? [],
      ).toHaveLength(few.length);
  });
  it.each(pages)('[PANEL-19] %s: a number is never told with the wrong form of its word', async (page) => {
    const counted = /\{\{count\}\} [a-z]+s\b|\{\{count\}\} [а-яё]+/;
    const told = async (language: string) => entries(await read(language, page));
    const wrong = [...(await told('en')), ...(await told('ru'))].filter(
      ([key, text]) => counted.test(text) && !PLURAL.test(key),
    );
    expect(wrong.filter(([, text]) => !ALIKE.test(text))).toEqual([]);
  });
  it.each(pages)('[PANEL-19] %s: no text is empty or left for later', async (page) => {
    for (const language of ['ru', 'en']) {
      for (const text of texts(await read(language, page))) expect(text).not.toMatch(/lorem|todo|xxx|заглушка/i);
    }
  });
});

describe('[PANEL-21] what a panel and the board are told of promises has words of its own', () => {
  const told = [
    ...DEFAULT_CALLBACK_POLICY.escalations.map(({ key }) => `callback.${key}`),
    ...['callback.attemptDue', 'callback.confirmWanted', 'callback.dialLost', 'callback.broken'],
    ...['callback.rescheduled', 'callback.handedToYou', 'callback.takenFromYou'],
    ...['callback.allHandedToYou', 'callback.allTakenFromYou'],
    ...['transfer.limitExceeded', 'transfer.refused', 'hold.byKey', 'resume.byKey', 'survey.failed', 'help.coming'],
    ...[
      'operator.missedCall',
      'operator.notLifted',
      'operator.missedCalls',
      'operator.deviceLost',
      'operator.pauseEnded',
    ],
    ...['operator.pausedBySupervisor', 'operator.signedOutBySupervisor', 'call.takenOver'],
  ];
  it.each(['ru', 'en'])('[PANEL-21] on the panel, in %s', async (language) => {
    const words = Object.keys(await read(language, 'errors'));
    expect(told.filter((code) => !words.includes(code))).toEqual([]);
  });
  it.each(['ru', 'en'])('[PANEL-21] on the board, in %s', async (language) => {
    const words = Object.keys((await read(language, 'supervisor'))['alert'] as Tree);
    const alerts = DEFAULT_CALLBACK_POLICY.escalations.filter(({ to }) => to === 'supervisor');
    const rest = ['callback.confirmWanted', 'callback.broken', 'transfer.limitExceeded', 'transfer.refused'];
    const codes = [...alerts.map(({ key }) => `callback.${key}`), ...rest];
    expect(codes.filter((code) => !words.includes(code))).toEqual([]);
  });
});

/** Keys written out in full; of those put together (`phase.${…}`) the beginning, which ends in a dot. */
const keysAsked = (source: string): string[] =>
  [...source.matchAll(/\bt\(\s*(?:[^'"`()]*\? )?['`]([\w.]+)(?:['`]|\$\{)(?:\s*: ['`]([\w.]+))?/g)].flatMap((found) =>
    [found[1], found[2]].filter((key) => key !== undefined),
  );

describe('[PANEL-20] every word that the panel asks for exists', () => {
  it('[PANEL-20] the search sees keys of every form', () => {
    const source = "t('a.b') {t(`c.${x}`)} t(on ? 'd.e' : 'f.g', { x }) t(\n  'h.i',\n  {}) left('no')";
    expect(keysAsked(source)).toEqual(['a.b', 'c.', 'd.e', 'f.g', 'h.i']);
  });
  it.each([
    ['client/src/operator', 'operator'],
    ['client/src/app', 'common'],
  ] as const)('[PANEL-20] %s', async (folder, page) => {
    const known = keysOf(await read('ru', page));
    const asked = files(folder)
      .filter((file) => /\.tsx?$/.test(file))
      .flatMap((file) => keysAsked(readFileSync(file, 'utf8')).map((key) => ({ key, file })));
    expect(asked.length).toBeGreaterThan(10);
    const exists = (key: string) => known.some((one) => one === key || (key.endsWith('.') && one.startsWith(key)));
    expect(asked.filter(({ key }) => !exists(key))).toEqual([]);
  });
});
