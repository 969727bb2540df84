import { useTranslation } from 'react-i18next';
import type { TrialShare, TrialView } from '../../../../server/contract/learning.ts';
import { anyText, plainList, str } from '../texts.ts';
import { useMoment } from '../versions/moment.ts';
import { ChanceOf, DifferenceOf, useFigures } from './Chance.tsx';
import styles from './Trial.module.css';

interface Props {
  readonly trial: TrialView;
  /** Of the step, as the draft has them: what the buttons are called. */
  readonly choices: unknown;
}

/** Both wordings of one trial: what followed each, and what may honestly be said of the difference. */
export function TrialResults({ trial, choices }: Props) {
  const { t } = useTranslation('trial');
  const moment = useMoment();
  const { chance, seconds } = useFigures();
  const { first, second, time, shares, alpha } = trial;
  const isEarly = time.verdict === 'none' || time.verdict === 'few';
  const labels = new Map(plainList(choices).map((choice) => [str(choice['id']), anyText(choice['label'])]));
  const nameOf = ({ of, choiceId = '' }: TrialShare): string =>
    of === 'choice' ? `«${labels.get(choiceId) ?? choiceId}»` : t(`of.${of}`);
  const stay = (ms: number | undefined): string => (ms === undefined ? '—' : t('seconds', { seconds: seconds(ms) }));
  return (
    <section className={styles['results']} aria-label={t('results')}>
      <p className={styles['quiet']}>
        {trial.until === undefined
          ? t('since', { since: moment(trial.since) })
          : t('between', { since: moment(trial.since), until: moment(trial.until) })}
      </p>
      {isEarly && (
        <p>
          <ChanceOf {...time} />
        </p>
      )}
      <table>
        <thead>
          <tr>
            <td />
            <th scope="col">{t('first')}</th>
            <th scope="col">{t('second')}</th>
          </tr>
        </thead>
        <tbody>
          <tr>
            <th scope="row">{t('calls')}</th>
            <td>{first.calls}</td>
            <td>{second.calls}</td>
          </tr>
          <tr>
            <th scope="row">{t('time')}</th>
            <td>{stay(first.medianMs)}</td>
            <td>{stay(second.medianMs)}</td>
          </tr>
          {!isEarly && (
            <tr className={styles['said']} data-verdict={time.verdict}>
              <td colSpan={3}>
                <ChanceOf {...time} />
              </td>
            </tr>
          )}
        </tbody>
        {shares.map((share) => (
          <ShareRows key={nameOf(share)} share={share} name={nameOf(share)} isEarly={isEarly} />
        ))}
      </table>
      {!isEarly && (
        <p className={styles['quiet']}>{t('byLot', { count: shares.length + 1, percent: chance(alpha) })}</p>
      )}
    </section>
  );
}

function ShareRows({
  share,
  name,
  isEarly,
}: {
  readonly share: TrialShare;
  readonly name: string;
  readonly isEarly: boolean;
}) {
  const { t } = useTranslation('trial');
  const { percent } = useFigures();
  const told = ({ took, calls }: TrialShare['first']) =>
    calls === 0 ? (
      '—'
    ) : (
      <>
        {percent(took / calls)} <small>{t('took', { took, count: calls })}</small>
      </>
    );
  return (
    <tbody>
      <tr>
        <th scope="row">{name}</th>
        <td>{told(share.first)}</td>
        <td>{told(share.second)}</td>
      </tr>
      {!isEarly && (
        <tr className={styles['said']} data-verdict={share.verdict}>
          <td colSpan={3}>
            <DifferenceOf share={share} />
          </td>
        </tr>
      )}
    </tbody>
  );
}
