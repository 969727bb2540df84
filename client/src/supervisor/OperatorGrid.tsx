import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OperatorRow } from '../../../server/contract/board.ts';
import { useOperatorWords } from './operatorWords.ts';
import { useRowFocus, withLine } from './rowFocus.ts';
import { phone, shortName } from './words.ts';
import page from './Supervisor.module.css';
import styles from './Operators.module.css';

/** On a wide screen names need no dots. */
const cardWidth = (frame: number): number => (frame > 1_500 ? 280 : 232);
const ROW_HEIGHT = 92;

/** Cards of all operators; only those on screen exist, so five hundred scroll as five do. */
export function OperatorGrid({
  rows,
  onOpen,
}: {
  readonly rows: readonly OperatorRow[];
  readonly onOpen: (row: OperatorRow) => void;
}) {
  const frame = useRef<HTMLDivElement>(null);
  const [columns, setColumns] = useState(3);
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() =>
      setColumns(Math.max(1, Math.floor(element.clientWidth / cardWidth(element.clientWidth)))),
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const { stop, stopIndex, frame: keys } = useRowFocus(rows, columns);
  const virtual = useVirtualizer({
    count: Math.ceil(rows.length / columns),
    getScrollElement: () => frame.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 2,
    rangeExtractor: withLine(Math.floor(stopIndex / columns)),
    useFlushSync: false,
  });
  const shown = virtual
    .getVirtualItems()
    .flatMap(({ index }) =>
      rows.slice(index * columns, (index + 1) * columns).map((row, at) => ({ row, at: index * columns + at })),
    );
  return (
    <div ref={frame} className={page['scroll']} {...keys}>
      <div style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {shown.map(({ row, at }) => (
          <div
            key={row.key}
            className={styles['cell']}
            style={{ width: `${100 / columns}%`, transform: placeOf(at, columns) }}
          >
            <Card row={row} isStop={row.key === stop} onOpen={onOpen} />
          </div>
        ))}
      </div>
    </div>
  );
}

/**
 * A card has its place by itself, not in a line of cards: one call moves all that stand behind it by a place, and a card
 * that changes its line was made anew, without the focus that it had.
 */
const placeOf = (index: number, columns: number): string =>
  `translate(${(index % columns) * 100}%, ${Math.floor(index / columns) * ROW_HEIGHT}px)`;

/** Drawn again only when its own row changed or its time did. */
const Card = memo(function Card({
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
  const { call } = row;
  const { what, clock, level } = useOperatorWords(row);
  const detail = call
    ? [phone(call.client), call.step].filter(Boolean).join(' · ')
    : (row.device?.replace('PJSIP/', '') ?? row.unit);
  return (
    <button
      type="button"
      className={styles['card']}
      data-level={level}
      data-state={row.state}
      data-row={row.key}
      tabIndex={isStop ? 0 : -1}
      aria-label={t('operator.open', { name: row.name })}
      onClick={() => onOpen(row)}
    >
      <span className={styles['cardName']}>
        <strong>{shortName(row.name)}</strong>
        <span className={styles['clock']}>{clock}</span>
      </span>
      <span className={styles['cardState']}>
        {what}
        {call && call.transfers.count > 0
          ? ` · ${t('risk.transfers', { count: call.transfers.count, limit: call.transfers.limit + call.transfers.extra })}`
          : ''}
      </span>
      <span className={page['quiet']} title={detail}>
        {detail}
      </span>
    </button>
  );
});
