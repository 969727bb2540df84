import { useTranslation } from 'react-i18next';
import { useSite } from '../../app/session.ts';
import { ownPeriod } from './period.ts';
import type { Learning } from './useLearning.ts';

const DAYS = [1, 7, 30, 90] as const;
const DAYS_OF_OWN = 7;

/** Which calls the figures on the map are of: none, the last days, or any days; all versions or one. */
export function LearningBar({ learning }: { readonly learning: Learning }) {
  const { t } = useTranslation('studio');
  const { timeZone } = useSite();
  const { period, setPeriod, version, setVersion, view, failed } = learning;
  const own = period && 'first' in period ? period : undefined;
  const chosen = own ? 'own' : period && 'days' in period ? String(period.days) : '';
  return (
    <>
      <label>
        {t('learning.title')}
        <select
          value={chosen}
          onChange={({ currentTarget: { value } }) => {
            if (value === 'own') setPeriod(ownPeriod(DAYS_OF_OWN, timeZone));
            else setPeriod(value === '' ? undefined : { days: Number(value) });
          }}
        >
          <option value="">{t('learning.off')}</option>
          {DAYS.map((days) => (
            <option key={days} value={days}>
              {t('learning.days', { count: days })}
            </option>
          ))}
          <option value="own">{t('learning.own')}</option>
        </select>
      </label>
      {own &&
        (['first', 'last'] as const).map((end) => (
          <label key={end}>
            {t(`learning.${end}`)}
            <input
              type="date"
              value={own[end]}
              onChange={({ currentTarget }) => setPeriod({ ...own, [end]: currentTarget.value })}
            />
          </label>
        ))}
      {view && (view.versions.length > 0 || version > 0) && (
        <select
          aria-label={t('learning.version')}
          value={version}
          onChange={(event) => setVersion(Number(event.currentTarget.value))}
        >
          <option value={0}>{t('learning.allVersions')}</option>
          {!view.versions.some((each) => each.version === version) && version > 0 && (
            <option value={version}>{t('version', { number: version })}</option>
          )}
          {view.versions.map((each) => (
            <option key={each.version} value={each.version}>
              {t('version', { number: each.version })}: {t('learning.total', { count: each.calls })}
            </option>
          ))}
        </select>
      )}
      {view && <span>{t('learning.total', { count: view.calls })}</span>}
      {failed && <span role="alert">{t('learning.failed')}</span>}
    </>
  );
}
