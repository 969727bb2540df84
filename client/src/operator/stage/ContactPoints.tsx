import type { KnownContactPoint } from '../../../../machines/script/index.ts';
import type { Language } from '../../../../machines/vocabulary/index.ts';
import styles from './ContactPoints.module.css';

interface Props {
  readonly points: Readonly<Record<string, KnownContactPoint>>;
  /** Which to show, in this order; all when absent. */
  readonly ids?: readonly string[];
  readonly language: Language;
  /** `brief`: one line each, to choose from. `dictate`: large, to be read aloud. */
  readonly look: 'brief' | 'full' | 'dictate';
}
type Text = KnownContactPoint['title'];

/** Other ways to reach the organisation (3.5.12): where and when. */
export function ContactPoints({ points, ids, language, look }: Props) {
  const said = (text: Text): string =>
    typeof text === 'object' ? (text[language] ?? text.ru ?? text.en ?? '') : (text ?? '');
  const shown = (ids ?? Object.keys(points)).flatMap((id) => {
    const point = points[id];
    return point ? [{ id, point }] : [];
  });
  return (
    <ul className={styles['points']} data-look={look}>
      {shown.map(({ id, point }) => {
        const where = [point.phone, point.email, point.url, point.address, point.hours].map(said).filter(Boolean);
        return (
          <li key={id} className={styles['point']}>
            <span className={styles['title']}>{said(point.title)}</span>
            <span className={styles['where']}>{look === 'brief' ? where[0] : where.join(' · ')}</span>
          </li>
        );
      })}
    </ul>
  );
}
