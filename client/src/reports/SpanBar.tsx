import { useTranslation } from 'react-i18next';
import type { TimelineSpan } from '../../../server/contract/reports.ts';
import { useWording } from '../app/session.ts';
import { length } from './words.ts';
import styles from './Call.module.css';

const LANES: readonly (readonly TimelineSpan['kind'][])[] = [['queue', 'ringing', 'talk', 'wrapUp'], ['hold']];

/** The call as a strip of time: who had it when, where the client waited. */
export function SpanBar({ spans }: { readonly spans: readonly TimelineSpan[] }) {
  const { t } = useTranslation('reports');
  const wording = useWording();
  if (spans.length === 0) return null;
  const from = Math.min(...spans.map((span) => span.from));
  const to = Math.max(...spans.map((span) => span.to));
  const whole = Math.max(1, to - from);
  return (
    <div className={styles['strip']}>
      {LANES.map((kinds) => (
        <div key={kinds.join()} className={styles['track']}>
          {spans
            .filter(({ kind }) => kinds.includes(kind))
            .map((span) => {
              const words = [t(`call.spans.${span.kind}`), span.label, length(span.to - span.from)].filter(Boolean);
              return (
                <span
                  key={`${span.kind}/${span.from}/${span.label}`}
                  className={styles['span']}
                  data-kind={span.kind}
                  data-level={span.level}
                  title={words.join(' · ')}
                  style={{
                    left: `${((span.from - from) / whole) * 100}%`,
                    width: `max(3px, ${((span.to - span.from) / whole) * 100}%)`,
                  }}
                >
                  {(span.to - span.from) / whole > 0.1 ? words.join(' · ') : ''}
                </span>
              );
            })}
        </div>
      ))}
      <div className={styles['ends']}>
        <span>{wording.timeExact(from)}</span>
        <span>{wording.timeExact(to)}</span>
      </div>
    </div>
  );
}
