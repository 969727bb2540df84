import { useDesk } from '../studioContext.ts';
import { textIn, withText, type TextLanguage } from '../texts.ts';

interface Props {
  readonly label: string;
  readonly value: unknown;
  readonly language: TextLanguage;
  readonly onChange: (value: unknown) => void;
  readonly long?: boolean;
}

/** A text in the language that the form shows. */
export function LocalField({ label, value, language, onChange, long }: Props) {
  const { languages } = useDesk();
  const shared = {
    value: textIn(value, language, languages[0]),
    lang: language,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) =>
      onChange(withText(value, language, event.currentTarget.value, languages)),
  };
  return (
    <label>
      {label}
      {long ? <textarea rows={3} {...shared} /> : <input type="text" {...shared} />}
    </label>
  );
}
