import { useId, useLayoutEffect, useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './Charts.module.css';

export interface Point {
  readonly label: string;
  readonly now: number | undefined;
  readonly before?: number | undefined;
}
const HEIGHT = 200;
const LEFT = 48;
const BOTTOM = 24;
const TOP = 12;

/** A round number at or above: the top of the scale. */
function roundUp(value: number): number {
  if (value <= 0) return 1;
  const size = 10 ** Math.floor(Math.log10(value));
  return [1, 2, 2.5, 5, 10].map((step) => step * size).find((step) => step >= value) ?? value;
}

/** Drawn at its real size, so that its words keep theirs. */
function useWidth(): { readonly ref: RefObject<HTMLElement | null>; readonly width: number } {
  const ref = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(480);
  useLayoutEffect(() => {
    const box = ref.current;
    if (!box) return undefined;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.max(240, Math.floor(entry?.contentRect.width ?? 480))));
    watch.observe(box);
    return () => watch.disconnect();
  }, []);
  return { ref, width };
}

/** Where an arrow, Home or End leads; the first arrow to the newest day. */
const dayAt = (key: string, at: number | undefined, count: number): number | undefined =>
  ({
    ArrowLeft: at === undefined ? count - 1 : Math.max(0, at - 1),
    ArrowRight: at === undefined ? count - 1 : Math.min(count - 1, at + 1),
    Home: 0,
    End: count - 1,
  })[key];

/** One period over the period before, day by day. Pointing at a day, or going there by arrows, tells both. */
export function Lines(props: {
  readonly title: string;
  /** What the line of now shows; the period that was asked for unless said otherwise. */
  readonly now?: string;
  readonly points: readonly Point[];
  readonly format: (value: number) => string;
  /** Shares fill the whole scale from 0 to 1. */
  readonly top?: number;
  readonly goal?: number;
}) {
  const { title, points, format, goal } = props;
  const { t } = useTranslation('reports');
  const [at, setAt] = useState<number>();
  const id = useId();
  const { ref, width } = useWidth();
  const values = points.flatMap(({ now, before }) => [now ?? 0, before ?? 0]);
  const top = props.top ?? roundUp(Math.max(...values, goal ?? 0));
  const step = points.length > 1 ? (width - LEFT - 12) / (points.length - 1) : 0;
  const x = (index: number): number => LEFT + index * step + (points.length === 1 ? (width - LEFT) / 2 : 0);
  const y = (value: number): number => TOP + (1 - value / top) * (HEIGHT - TOP - BOTTOM);
  const path = (of: (point: Point) => number | undefined): string => {
    let pen = 'M';
    return points
      .map((point, index) => {
        const value = of(point);
        if (value === undefined) {
          pen = 'M';
          return '';
        }
        const part = `${pen}${x(index).toFixed(1)},${y(value).toFixed(1)}`;
        pen = 'L';
        return part;
      })
      .join(' ');
  };
  const every = Math.max(1, Math.ceil(points.length / Math.max(2, width / 72)));
  const compared = points.some(({ before }) => before !== undefined);
  const alone = (index: number): boolean =>
    points[index - 1]?.now === undefined && points[index + 1]?.now === undefined;
  const told = at === undefined ? undefined : points[at];
  return (
    <figure ref={ref} className={styles['chart']} aria-labelledby={id}>
      <figcaption id={id}>
        <strong>{title}</strong>
        <span className={styles['legend']} aria-live="polite">
          {told ? (
            <>
              {told.label}: <b>{told.now === undefined ? '—' : format(told.now)}</b>
              {told.before !== undefined && ` · ${t('tile.was', { value: format(told.before) })}`}
            </>
          ) : (
            <>
              <i data-line="now" /> {props.now ?? t('trend.now')}
              {compared && (
                <>
                  <i data-line="before" /> {t('trend.before')}
                </>
              )}
            </>
          )}
        </span>
      </figcaption>
      <svg
        width={width}
        height={HEIGHT}
        role="img"
        aria-label={title}
        tabIndex={0}
        onKeyDown={(event) => {
          const next = dayAt(event.key, at, points.length);
          if (next === undefined) return;
          event.preventDefault();
          setAt(next);
        }}
        onBlur={() => setAt(undefined)}
        onPointerLeave={() => setAt(undefined)}
      >
        {[0, 0.5, 1].map((part) => (
          <g key={part}>
            <line className={styles['grid']} x1={LEFT} x2={width} y1={y(top * part)} y2={y(top * part)} />
            <text className={styles['scale']} x={LEFT - 8} y={y(top * part) + 4} textAnchor="end">
              {format(top * part)}
            </text>
          </g>
        ))}
        {goal !== undefined && <line className={styles['goal']} x1={LEFT} x2={width} y1={y(goal)} y2={y(goal)} />}
        {points.map(({ label }, index) =>
          index % every === 0 ? (
            <text key={label} className={styles['scale']} x={x(index)} y={HEIGHT - 6} textAnchor="middle">
              {label}
            </text>
          ) : null,
        )}
        <path className={styles['before']} d={path(({ before }) => before)} />
        <path className={styles['now']} d={path(({ now }) => now)} />
        {points.map(({ label, now }, index) => (
          <g key={label} onPointerEnter={() => setAt(index)}>
            {now !== undefined && (
              <circle
                className={styles['dot']}
                data-on={at === index || alone(index) || undefined}
                cx={x(index)}
                cy={y(now)}
                r={4}
              />
            )}
            <rect
              x={x(index) - Math.max(step, 24) / 2}
              y={0}
              width={Math.max(step, 24)}
              height={HEIGHT}
              fill="none"
              pointerEvents="all"
            />
          </g>
        ))}
      </svg>
    </figure>
  );
}

/** Answered and given up, hour by hour. */
export function HourBars(props: {
  readonly title: string;
  readonly hours: readonly { readonly label: string; readonly good: number; readonly bad: number }[];
  readonly goodLabel: string;
  readonly badLabel: string;
}) {
  const { title, hours, goodLabel, badLabel } = props;
  const top = roundUp(Math.max(1, ...hours.map(({ good, bad }) => good + bad)));
  return (
    <figure className={styles['chart']}>
      <figcaption>
        <strong>{title}</strong>
        <span className={styles['legend']}>
          <i data-bar="good" /> {goodLabel} <i data-bar="bad" /> {badLabel}
        </span>
      </figcaption>
      <ol className={styles['bars']}>
        {hours.map(({ label, good, bad }) => (
          <li key={label} title={`${label}: ${goodLabel} ${good}, ${badLabel} ${bad}`}>
            <span className={styles['stack']}>
              <span data-bar="bad" style={{ height: `${(bad / top) * 100}%` }} />
              <span data-bar="good" style={{ height: `${(good / top) * 100}%` }} />
            </span>
            <span className={styles['scaleText']}>{label.slice(0, 2)}</span>
          </li>
        ))}
      </ol>
    </figure>
  );
}
