import { textIn } from '../../machines/script/localText.ts';
import type { ScriptState } from '../../machines/script/index.ts';
import { as, type ScriptId } from '../../machines/vocabulary/index.ts';
import type { CallPage } from '../contract/index.ts';
import type { Catalogue } from '../scripts/catalogue.ts';
import type { CallHistoryDocument } from './callHistory.ts';

/** What the operator wrote into the script's fields, under the questions' labels. */
export function learnedOf(
  document: CallHistoryDocument,
  { scripts }: { readonly scripts: Catalogue },
): CallPage['learned'] {
  return document.scripts.flatMap(({ scriptId, version, state }) => {
    const compiled = scripts.compiled(as<ScriptId>(scriptId), version);
    return Object.entries((state as ScriptState).fields).flatMap(([id, value]) => {
      const question = compiled?.questions.get(id);
      const shown = shownValue(value, question && 'options' in question ? question.options : []);
      return shown === '' ? [] : [{ label: question ? textIn(question.label, 'ru') : id, value: shown }];
    });
  });
}

type Options = readonly { readonly value: string; readonly label: Parameters<typeof textIn>[0] }[];
function shownValue(value: unknown, options: Options): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'boolean') return value ? 'да' : 'нет';
  if (Array.isArray(value)) return value.map((each) => shownValue(each, options)).join(', ');
  if (typeof value === 'object') return JSON.stringify(value);
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return '';
  const option = options.find((each) => each.value === value);
  return option ? textIn(option.label, 'ru') : value;
}
