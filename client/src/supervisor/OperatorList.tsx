import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { OperatorRow } from '../../../server/contract/board.ts';
import { elapsed } from '../shared/time/format.ts';
import { useOperatorWords } from './operatorWords.ts';
import { useRowFocus, withLine } from './rowFocus.ts';
import { phone, shortName } from './words.ts';
import page from './Supervisor.module.css';
import styles from './Operators.module.css';

const LINE_HEIGHT = 36;
const COLUMNS = ['name', 'state', 'time', 'client', 'step', 'transfers', 'today'] as const;

/** The same people as lines: more of them at a glance, and every figure in its own column. */
export function OperatorList({
  rows,
  onOpen,
}: {
  readonly rows: readonly OperatorRow[];
  readonly onOpen: (row: OperatorRow) => void;
}) {
  const { t } = useTranslation('supervisor');
  const frame = useRef<HTMLDivElement>(null);
  const { stop, stopIndex, frame: keys } = useRowFocus(rows);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => frame.current,
    estimateSize: () => LINE_HEIGHT,
    // The head stands above the lines in the same frame, so that its columns are theirs whatever the scroll bar takes.
    scrollMargin: LINE_HEIGHT,
    overscan: 6,
    rangeExtractor: withLine(stopIndex),
    useFlushSync: false,
  });
  return (
    <div className={styles['listBox']}>
      <div ref={frame} className={page['scroll']} {...keys}>
        <div className={styles['line']} data-head="true" aria-hidden>
          {COLUMNS.map((name) => (
            <span key={name}>{t(`list.${name}`)}</span>
          ))}
        </div>
        <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <div
                  key={row.key}
                  className={styles['cell']}
                  style={{ transform: `translateY(${item.start - LINE_HEIGHT}px)` }}
                >
                  <Line row={row} isStop={row.key === stop} onOpen={onOpen} />
                </div>
              )
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Drawn again only when its own row changed or its time did. */
const Line = memo(function Line({
  row,
  isStop,
  onOpen,
}: {
  readonly row: OperatorRow;
  /** Tab stops here, and at no other. */
  readonly isStop: boolean;
  readonly onOpen: (row: OperatorRow) => void;
}) {
  const { t } = useTranslation('supervisor');
  const { what, clock, level } = useOperatorWords(row);
  const { call } = row;
  return (
    <button
      type="button"
      className={styles['line']}
      data-level={level}
      data-state={row.state}
      data-row={row.key}
      tabIndex={isStop ? 0 : -1}
      aria-label={t('operator.open', { name: row.name })}
      onClick={() => onOpen(row)}
    >
      <strong>{shortName(row.name)}</strong>
      <span>{what}</span>
      <span className={styles['clock']}>{clock}</span>
      <span>{call ? phone(call.client) : ''}</span>
      <span>{call?.step ?? ''}</span>
      <span>{call ? `${call.transfers.count} / ${call.transfers.limit + call.transfers.extra}` : ''}</span>
      <span>{`${row.handled} · ${elapsed(row.talkMs)}`}</span>
    </button>
  );
});
