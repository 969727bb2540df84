import { useTranslation } from 'react-i18next';
import type { ReportView } from '../../../server/contract/reports.ts';
import { decimal, FIGURES, isWorse, shown, type FigureName } from './words.ts';
import styles from './Tiles.module.css';

const SHOWN: readonly FigureName[] = [
  'calls',
  'handled',
  'abandonedShare',
  'serviceLevel',
  'asaMs',
  'ahtMs',
  'promisesKept',
  'repeatShare',
  'transferShare',
  'satisfaction',
];

/** A figure is never alone: its formula, and what it was. */
export function Tiles({ view }: { readonly view: ReportView }) {
  const { t } = useTranslation('reports');
  const seconds = view.serviceLevelMs / 1_000;
  const mark = view.survey.questions[0];
  const markBefore = view.survey.before.find((each) => each.question === mark?.question);
  return (
    <dl className={styles['tiles']}>
      {SHOWN.map((name) => {
        const { kind, better, formula } = FIGURES[name] ?? { kind: 'count' as const };
        const now = view.total[name];
        const before = view.totalBefore[name];
        const about =
          name === 'serviceLevel'
            ? `${t(`formula.${view.formula}`)}; ${t('formula.within', { seconds })}`
            : formula
              ? t(`formula.${formula}`)
              : '';
        return (
          <Tile
            key={name}
            title={t(`figure.${name}`)}
            value={shown(now, kind)}
            was={before === undefined ? t('tile.none') : t('tile.was', { value: shown(before, kind) })}
            about={about}
            worse={isWorse(now, before, better)}
          />
        );
      })}
      <Tile
        title={t('figure.occupancy')}
        value={shown(view.occupancy, 'share')}
        was={
          view.occupancyBefore === undefined
            ? t('tile.none')
            : t('tile.was', { value: shown(view.occupancyBefore, 'share') })
        }
        about={t('formula.occupancy')}
        worse={false}
      />
      <Tile
        title={t('figure.survey')}
        value={mark ? decimal(mark.mean) : '—'}
        was={markBefore ? t('tile.was', { value: decimal(markBefore.mean) }) : t('tile.none')}
        about={t('formula.survey')}
        worse={isWorse(mark?.mean, markBefore?.mean, 'more')}
      />
    </dl>
  );
}

function Tile(props: {
  readonly title: string;
  readonly value: string;
  readonly was: string;
  readonly about: string;
  readonly worse: boolean;
}) {
  const { title, value, was, about, worse } = props;
  return (
    <div className={styles['tile']} data-worse={worse || undefined}>
      <dt>{title}</dt>
      <dd>
        <strong>{value}</strong>
        <span>{was}</span>
      </dd>
      {about !== '' && <p>{about}</p>}
    </div>
  );
}
