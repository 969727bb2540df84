import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Said } from '../../machines/script/localText.ts';
import { articleHead, type Article } from './article.ts';
import type { LibraryFault, Loaded } from './fault.ts';
import { unknownIn } from './topics.ts';
import { readYaml } from './yamlFile.ts';

const FENCE = '---';
/** Of an article that ends with its head. */
export const DETAILS_WANTED: Said = {
  ru: 'после короткого ответа нужны подробности',
  en: 'details are wanted after the short answer',
};
const BYTE_ORDER_MARK = /^\uFEFF/u;

/** Reads one article: YAML between two lines of `---`, then Markdown. */
export function readArticle(file: string, content: string): Loaded<Article> {
  const lines = content.replace(BYTE_ORDER_MARK, '').split(/\r?\n/u);
  const end = lines.indexOf(FENCE, 1);
  if (lines[0] !== FENCE || end === -1) {
    const message = {
      ru: 'статья начинается со строки «---», затем её сведения, затем снова строка «---»',
      en: 'an article begins with a line “---”, then what it is about, then a line “---” again',
    };
    return { ok: false, faults: [{ file, line: 1, message }] };
  }
  const head = readYaml(file, lines.slice(1, end).join('\n'), articleHead, 2);
  const details = lines
    .slice(end + 1)
    .join('\n')
    .trim();
  const faults: LibraryFault[] = head.ok ? [] : [...head.faults];
  if (details === '') faults.push({ file, line: end + 1, message: DETAILS_WANTED });
  if (head.ok && basename(file) !== `${head.value.id}.md`)
    faults.push({
      file,
      line: 2,
      message: {
        ru: `имя файла должно быть ${head.value.id}.md: по коду статью находят в отчётах`,
        en: `the file must be called ${head.value.id}.md: reports find the article by its code`,
      },
    });
  return head.ok && faults.length === 0 ? { ok: true, value: { ...head.value, details } } : { ok: false, faults };
}

/** Reads all articles of a folder, in the order of their ids. Faults of all files are told at once. */
export async function loadArticles(folder: string, topics?: ReadonlySet<string>): Promise<Loaded<readonly Article[]>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.md')).toSorted();
  const faults: LibraryFault[] = [];
  const articles: Article[] = [];
  for (const name of names) {
    const file = join(folder, name);
    const read = readArticle(file, await readFile(file, 'utf8'));
    if (!read.ok) faults.push(...read.faults);
    else if (topics && !topics.has(read.value.topic))
      faults.push({ file, message: unknownIn('topics', read.value.topic) });
    else articles.push(read.value);
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, value: articles };
}
