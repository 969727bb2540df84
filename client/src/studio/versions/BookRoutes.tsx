import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { BookLeg, BookRoute, BookStep } from '../../../../server/contract/learning.ts';
import styles from './Book.module.css';

interface Props {
  readonly steps: readonly BookStep[];
  readonly routes: readonly BookRoute[];
}
interface Named extends BookLeg {
  readonly of: BookStep | undefined;
  /** Of a step that no earlier route passes. */
  readonly lines: readonly string[];
}

/** Each route as the numbers of its steps; in words what no earlier route has, lines where a step is first passed. */
export function BookRoutes({ steps, routes }: Props) {
  const { t } = useTranslation('studio');
  const told = useMemo(() => withWords(steps, routes), [steps, routes]);
  const nameOf = ({ of }: Named): string =>
    of ? `${of.script === undefined ? '' : `${of.script}. `}${of.title}` : t('book.anyStep');
  const titleOf = ([from, to]: readonly Named[]): string =>
    from ? `${nameOf(from)} ${from.onward ?? ''}${to && to.of !== from.of ? ` → ${nameOf(to)}` : ''}` : '';
  return told.map(({ number, named }) => (
    <section key={number} className={styles['route']}>
      <h3>{t('book.route', { number, title: titleOf(named.slice(named.findIndex(isOwn))) })}</h3>
      <p className="figures">
        {named.map((leg, index) => (
          // A route may pass a step twice.
          // oxlint-disable-next-line react/no-array-index-key
          <span key={index}>
            {index > 0 && ' → '}
            <Numbered leg={leg} />
          </span>
        ))}
      </p>
      {wordedOf(named).map((leg) => (
        <div key={`${String(leg.step)} ${leg.onward ?? ''}`}>
          <p>
            <Numbered leg={leg} /> {leg.of?.title ?? t('book.anyStep')}
            {leg.onward !== undefined && ` → ${leg.onward}`}
          </p>
          {leg.lines.map((line) => (
            <p key={line} className={styles['line']}>
              «{line}»
            </p>
          ))}
        </div>
      ))}
    </section>
  ));
}

const isOwn = ({ again, onward }: BookLeg): boolean => onward !== undefined && again !== true;
/** One way without new lines is told by the heading already. */
function wordedOf(named: readonly Named[]): readonly Named[] {
  const worded = named.filter((leg) => isOwn(leg) || leg.lines.length > 0);
  return worded.length > 1 || worded[0]?.lines.length !== 0 ? worded : [];
}

function withWords(steps: readonly BookStep[], routes: readonly BookRoute[]) {
  const byNumber = new Map(steps.map((step) => [step.number, step]));
  const passed = new Set<BookStep>();
  return routes.map(({ number, legs }) => ({
    number,
    named: legs.map((leg): Named => {
      const of = leg.step === undefined ? undefined : byNumber.get(leg.step);
      const lines = of && !passed.has(of) ? of.lines : [];
      if (of) passed.add(of);
      return { ...leg, of, lines };
    }),
  }));
}

/** The number of a step leads to its lines; what is new on this route stands out. */
function Numbered({ leg: { step, again, onward } }: { readonly leg: BookLeg }) {
  if (step === undefined) return '…';
  const number = <a href={`#step-${String(step)}`}>{step}</a>;
  return again === true || onward === undefined ? number : <b>{number}</b>;
}
