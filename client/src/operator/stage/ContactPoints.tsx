import type { KnownContactPoint } from '../../../../machines/script/index.ts';
import type { Language } from '../../../../machines/vocabulary/index.ts';
import styles from './ContactPoints.module.css';

interface Props {
  readonly points: Readonly<Record<string, KnownContactPoint>>;
  /** Which to show, in this order; all when absent. */
  readonly ids?: readonly string[];
  readonly language: Language;
}
type Text = KnownContactPoint['title'];

/** Other ways to reach the organisation (3.5.12), each with what one says aloud: where and when. */
export function ContactPoints({ points, ids, language }: Props) {
  const said = (text: Text): string =>
    typeof text === 'object' ? (text[language] ?? text.ru ?? text.en ?? '') : (text ?? '');
  const shown = (ids ?? Object.keys(points)).flatMap((id) => {
    const point = points[id];
    return point ? [{ id, point }] : [];
  });
  return (
    <ul className={styles['points']}>
      {shown.map(({ id, point }) => (
        <li key={id} className={styles['point']}>
          <span className={styles['title']}>{said(point.title)}</span>
          <span className={styles['where']}>
            {[point.phone, point.email, point.url, point.address, point.hours].map(said).filter(Boolean).join(' · ')}
          </span>
        </li>
      ))}
    </ul>
  );
}
