import { strings } from '../texts.ts';

interface Props {
  readonly label: string;
  readonly value: unknown;
  readonly placeholder?: string;
  /** Undefined: nothing is written. */
  readonly onChange: (words: readonly string[] | undefined) => void;
}

/** A few words by comma; taken when one leaves the field, so that a comma can be typed. */
export function WordsField({ label, value, placeholder, onChange }: Props) {
  const written = strings(value).join(', ');
  return (
    <label>
      {label}
      <input
        // What came from elsewhere meanwhile is shown.
        key={written}
        type="text"
        defaultValue={written}
        placeholder={placeholder}
        onBlur={({ currentTarget }) => {
          const words = currentTarget.value.split(',').flatMap((each) => each.trim() || []);
          if (words.join(', ') !== written) onChange(words.length > 0 ? words : undefined);
        }}
      />
    </label>
  );
}
