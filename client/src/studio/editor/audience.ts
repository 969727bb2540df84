import { strings, str, type Plain } from '../texts.ts';

/** Time of the day, kind of client and language of a wording, in words; '' for any. */
export function audienceWords(rest: Plain, tell: (key: string) => string): string {
  const [kind, language] = [str(rest['clientKind']), str(rest['language'])];
  return [
    strings(rest['dayPart'])
      .map((each) => tell(`value.${each}`))
      .join(', '),
    kind && tell(`applies.of.clientKinds.${kind}`),
    language && tell(`language.${language}`),
  ]
    .filter(Boolean)
    .join('; ');
}
