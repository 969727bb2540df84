import { useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';

interface Props {
  readonly label: string;
  readonly value: string;
  /** Words of what is chosen. */
  readonly words: string;
  readonly onChange: (value: string) => void;
  /** The first few, always there. */
  readonly first?: ReactNode;
  /** The long rest, drawn when a hand or the keyboard comes near: a form of ten buttons would hold 500 steps twenty times. */
  readonly renderRest: () => ReactNode;
}

/** One of very many. */
export function LazySelect({ label, value, words, onChange, first, renderRest }: Props) {
  const [isNear, setNear] = useState(false);
  // Before the browser opens the list.
  const fill = (): void => {
    if (!isNear) flushSync(() => setNear(true));
  };
  return (
    <label>
      {label}
      <select
        value={value}
        onPointerDown={fill}
        onFocus={fill}
        onChange={({ currentTarget }) => onChange(currentTarget.value)}
      >
        {first}
        {isNear ? renderRest() : <option value={value}>{words}</option>}
      </select>
    </label>
  );
}
