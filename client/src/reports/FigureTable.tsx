import { useTranslation } from 'react-i18next';
import {
  REPORT_DIMENSIONS,
  type Figures,
  type ReportDimension,
  type ReportView,
} from '../../../server/contract/reports.ts';
import { useWording } from '../app/session.ts';
import { Files } from './Files.tsx';
import { noonOf, useFilter } from './filter.ts';
import { FIGURES, isWorse, shown, type FigureName } from './words.ts';
import filters from './FilterBar.module.css';
import page from './Reports.module.css';
import table from './Tables.module.css';

const COLUMNS: readonly FigureName[] = [
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

/** The same figures by person, unit, queue, topic, hour or day; what got worse is marked, what it was is told beside. */
export function FigureTable({
  view,
  onBy,
}: {
  readonly view: ReportView;
  readonly onBy: (next: ReportDimension) => void;
}) {
  const { t } = useTranslation('reports');
  const { filter } = useFilter();
  const wording = useWording();
  return (
    <section className={page['card']} aria-label={t('by.label')}>
      <header className={page['cardHead']}>
        <div className={filters['periods']} role="group" aria-label={t('by.label')}>
          {REPORT_DIMENSIONS.map((by) => (
            <button key={by} type="button" aria-pressed={view.by === by} onClick={() => onBy(by)}>
              {t(`by.${by}`)}
            </button>
          ))}
        </div>
        <Files of="summary" query={{ ...filter.query, by: view.by }} />
      </header>
      <div className={table['tableBox']}>
        <table className={table['table']}>
          <thead>
            <tr>
              <th scope="col">{t(`by.${view.by}`)}</th>
              {COLUMNS.map((name) => (
                <th key={name} scope="col">
                  {t(`figure.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {view.rows.map(({ key, label, figures, before }) => (
              <Row
                key={key}
                label={view.by === 'day' ? wording.date(noonOf(label)) : label}
                figures={figures}
                before={before}
              />
            ))}
          </tbody>
          <tfoot>
            <Row label={t('table.total')} figures={view.total} before={view.totalBefore} />
            <Row label={t('table.before')} figures={view.totalBefore} before={undefined} />
          </tfoot>
        </table>
      </div>
      {view.rows.length === 0 && <p className={page['quiet']}>{t('table.empty')}</p>}
    </section>
  );
}

function Row(props: { readonly label: string; readonly figures: Figures; readonly before: Figures | undefined }) {
  const { t } = useTranslation('reports');
  const { label, figures, before } = props;
  return (
    <tr>
      <th scope="row">{label}</th>
      {COLUMNS.map((name) => {
        const { kind, better } = FIGURES[name] ?? { kind: 'count' as const };
        const past = before?.[name];
        return (
          <td
            key={name}
            data-worse={isWorse(figures[name], past, better) || undefined}
            title={past === undefined ? undefined : t('tile.was', { value: shown(past, kind) })}
          >
            {shown(figures[name], kind)}
          </td>
        );
      })}
    </tr>
  );
}
