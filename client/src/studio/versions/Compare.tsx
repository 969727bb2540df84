import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { WhichVersion } from '../../../../server/contract/studio.ts';
import type { ComparisonView } from '../../../../server/contract/studioVersions.ts';
import { api, ApiProblem, query } from '../../shared/http/api.ts';
import { useErrorWords } from '../../shared/i18n/errors.ts';
import { useSaid } from '../../shared/i18n/said.ts';
import styles from './Compare.module.css';
import { SideBySide } from './SideBySide.tsx';
import { Wordings } from './Wordings.tsx';

interface Props {
  readonly scriptId: string;
  /** Of the draft: when it changes, what is compared may have changed. */
  readonly revision: number;
  readonly from: WhichVersion;
  readonly to: WhichVersion;
  readonly names: readonly WhichVersion[];
  readonly onChange: (from: WhichVersion, to: WhichVersion) => void;
}
const CONTEXT = 3;

/** Two versions: what was done in words, then step beside step, or both texts line by line. */
export function Compare({ scriptId, revision, from, to, names, onChange }: Props) {
  const { t } = useTranslation('studio');
  const words = useErrorWords();
  const said = useSaid();
  const [read, setRead] = useState<{ readonly of: string; readonly view: ComparisonView }>();
  // What was read of two others does not stand under the names of these; of an earlier draft it stays until the next.
  const of = `${from} ${to}`;
  const shown = read?.of === of ? read.view : undefined;
  const [fault, setFault] = useState<string>();
  const [view, setView] = useState<'words' | 'source'>('words');
  useEffect(() => {
    const stop = new AbortController();
    api<ComparisonView>(`/studio/scripts/${scriptId}/compare${query({ from, to })}`, { signal: stop.signal }).then(
      (view) => {
        setFault(undefined);
        setRead({ of: `${from} ${to}`, view });
      },
      (cause: unknown) => {
        if (!(cause instanceof ApiProblem)) throw cause;
        if (!stop.signal.aborted) setFault(cause.code);
      },
    );
    return () => stop.abort();
    // The revision is not named in the address, but what is compared changes with it.
    // oxlint-disable-next-line react/exhaustive-effect-dependencies
  }, [scriptId, from, to, revision]);
  const worded = shown?.changes.find(({ code, stepId }) => code === 'step.say' && stepId !== undefined)?.stepId;
  const nameOf = (which: WhichVersion): string =>
    typeof which === 'number' ? t('version', { number: which }) : t(`which.${which}`);
  const pick = (label: string, value: WhichVersion, change: (next: WhichVersion) => void) => (
    <select
      aria-label={label}
      value={String(value)}
      onChange={(event) => change(names.find((each) => String(each) === event.currentTarget.value) ?? value)}
    >
      {names.map((each) => (
        <option key={each} value={String(each)}>
          {nameOf(each)}
        </option>
      ))}
    </select>
  );
  return (
    <div className={styles['compare']}>
      <h2>
        {t('compare.title')} {pick(t('compare.from'), from, (next) => onChange(next, to))} →{' '}
        {pick(t('compare.to'), to, (next) => onChange(from, next))}
      </h2>
      {fault !== undefined && <p role="alert">{words(fault)}</p>}
      {shown?.changes.length === 0 && <p className={styles['quiet']}>{t('compare.same')}</p>}
      <ul className={styles['changes']}>
        {shown?.changes.map(({ words: told, code, stepId }) => (
          <li key={`${code} ${stepId ?? ''} ${told.ru}`}>{said(told)}</li>
        ))}
      </ul>
      {shown && shown.changes.length > 0 && (
        <>
          <div role="tablist" className={styles['views']}>
            {(['words', 'source'] as const).map((each) => (
              <button key={each} type="button" role="tab" aria-selected={view === each} onClick={() => setView(each)}>
                {t(`compare.views.${each}`)}
              </button>
            ))}
          </div>
          {view === 'words' ? <SideBySide shown={shown} /> : <Lines lines={shown.lines} />}
        </>
      )}
      {shown && typeof from === 'number' && typeof to === 'number' && (
        <Wordings key={`${from} ${to} ${worded ?? ''}`} a={from} b={to} first={worded} />
      )}
    </div>
  );
}

function Lines({ lines }: { readonly lines: ComparisonView['lines'] }) {
  const near = lines.map((_, index) =>
    lines.slice(Math.max(0, index - CONTEXT), index + CONTEXT + 1).some(({ kind }) => kind !== 'same'),
  );
  return (
    <table className={styles['lines']}>
      <tbody>
        {lines.map(({ left, right, kind }, index) =>
          near[index] ? (
            // Lines of a text have no names; their order is what they are.
            // oxlint-disable-next-line react/no-array-index-key
            <tr key={index} data-kind={kind} data-gap={(index > 0 && !near[index - 1]) || undefined}>
              <td>{left}</td>
              <td>{right}</td>
            </tr>
          ) : null,
        )}
      </tbody>
    </table>
  );
}
