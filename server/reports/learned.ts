import type { KnownText } from '../../machines/script/known.ts';
import { textIn } from '../../machines/script/localText.ts';
import type { ScriptState } from '../../machines/script/index.ts';
import { as, type Language, type ScriptId } from '../../machines/vocabulary/index.ts';
import type { CallPage } from '../contract/index.ts';
import type { Catalogue } from '../scripts/catalogue.ts';
import type { CallHistoryDocument } from './callHistory.ts';
import type { ReportWords } from './words/reportWords.ts';

/** What the operator wrote into the script's fields, under the questions' labels. */
export function learnedOf(
  document: CallHistoryDocument,
  scripts: Catalogue,
  words: Pick<ReportWords, 'yes' | 'no'>,
  language: Language,
): CallPage['learned'] {
  return document.scripts.flatMap(({ scriptId, version, state }) => {
    const compiled = scripts.compiled(as<ScriptId>(scriptId), version);
    return Object.entries((state as ScriptState).fields).flatMap(([id, value]) => {
      const question = compiled?.questions.get(id);
      const options = question && 'options' in question ? question.options : [];
      const shown = shownValue(value, { options, words, language });
      return shown === '' ? [] : [{ label: question ? textIn(question.label, language) : id, value: shown }];
    });
  });
}

interface Meaning {
  readonly options: readonly { readonly value: string; readonly label: KnownText }[];
  readonly words: Pick<ReportWords, 'yes' | 'no'>;
  readonly language: Language;
}
function shownValue(value: unknown, meaning: Meaning): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? meaning.words.yes : meaning.words.no;
  if (Array.isArray(value)) return value.map((each) => shownValue(each, meaning)).join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  const option = meaning.options.find((each) => each.value === value);
  return option ? textIn(option.label, meaning.language) : value;
}
