import { useMemo } from 'react';
import { useSaid } from '../../shared/i18n/said.ts';
import styles from './Spoken.module.css';
import { spokenPieces } from './spokenText.ts';
import type { FieldMap } from './subjects.ts';

/** A wording with examples in place of what a call fills in; each says what it stands for. */
export function Spoken({ text, fields }: { readonly text: string; readonly fields: FieldMap }) {
  const said = useSaid();
  const pieces = useMemo(() => spokenPieces(text, fields), [text, fields]);
  return pieces.map(({ text: words, about }, index) =>
    about === undefined ? (
      words
    ) : (
      // Pieces have no names; their order is what they are.
      // oxlint-disable-next-line react/no-array-index-key
      <span key={index} className={styles['filled']} title={said(about)}>
        {words}
      </span>
    ),
  );
}
