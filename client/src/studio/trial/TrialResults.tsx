import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { TrialShare, TrialView, Verdict } from '../../../../server/contract/learning.ts';
import { anyText, plainList, str } from '../texts.ts';
import { useMoment } from '../versions/moment.ts';
import { ChanceOf, DifferenceOf, useFigures } from './Chance.tsx';
import styles from './Trial.module.css';

/** More than come in years: the difference is none that anybody would notice. */
const NEVER = 20_000;

interface Props {
  readonly trial: TrialView;
  /** Of the step, as the draft has them: what the buttons are called. */
  readonly choices: unknown;
}

/** Both wordings of one trial: what followed each, and what may honestly be said of the difference. */
export function TrialResults(props: Props) {
  const { t } = useTranslation('trial');
  const moment = useMoment();
  const { since, until, time, first, second } = props.trial;
  return (
    <section className={styles['results']} aria-label={t('results')}>
      <p className={styles['quiet']}>
        {until === undefined
          ? t('since', { since: moment(since) })
          : t('between', { since: moment(since), until: moment(until) })}
      </p>
      <Plan trial={props.trial} />
      {isEarly(props.trial) && (
        <p>
          <ChanceOf {...time} />
        </p>
      )}
      {first.calls + second.calls > 0 && <Figures {...props} />}
    </section>
  );
}
/** When to judge: set beforehand, and why not sooner. */
function Plan({ trial: { first, second, plan, until } }: Pick<Props, 'trial'>) {
  const { t } = useTranslation('trial');
  const left = plan - Math.min(first.calls, second.calls);
  if (until !== undefined) return left > 0 && <p>{t('plan.endedSoon', { plan })}</p>;
  if (left <= 0) return <p>{t('plan.done', { plan })}</p>;
  return (
    <p>
      {t('plan.wait', { plan, count: left })} <small>{t('plan.why')}</small>
    </p>
  );
}
const isSoon = ({ first, second, plan }: TrialView): boolean => Math.min(first.calls, second.calls) < plan;

/** While there are too few calls it is said once, not of every figure. */
const isEarly = ({ time }: TrialView): boolean => time.verdict === 'none' || time.verdict === 'few';

function Figures({ trial, choices }: Props) {
  const { t } = useTranslation('trial');
  const { chance, seconds } = useFigures();
  const { first, second, time, shares, alpha } = trial;
  const labels = new Map(plainList(choices).map((choice) => [str(choice['id']), anyText(choice['label'])]));
  const nameOf = ({ of, choiceId = '' }: TrialShare): string =>
    of === 'choice' ? `«${labels.get(choiceId) ?? choiceId}»` : t(`of.${of}`);
  const stay = (ms: number | undefined): string => (ms === undefined ? '—' : t('seconds', { seconds: seconds(ms) }));
  const early = isEarly(trial);
  return (
    <>
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
        </tbody>
        <tbody>
          <tr>
            <th scope="row">{t('time')}</th>
            <td>{stay(first.medianMs)}</td>
            <td>{stay(second.medianMs)}</td>
          </tr>
          {!early && (
            <Said verdict={time.verdict}>
              <ChanceOf {...time} /> {time.verdict === 'real' && isSoon(trial) && t('plan.soon')}
            </Said>
          )}
        </tbody>
        {shares.map((share) => (
          <tbody key={nameOf(share)}>
            <tr>
              <th scope="row">{nameOf(share)}</th>
              <td>
                <Share tally={share.first} />
              </td>
              <td>
                <Share tally={share.second} />
              </td>
            </tr>
            {!early && (
              <Said verdict={share.verdict}>
                <DifferenceOf share={share} /> {share.verdict === 'real' && isSoon(trial) && t('plan.soon')}
                {share.missing !== undefined &&
                  (share.missing > NEVER ? t('missing.never') : t('missing.more', { count: share.missing }))}
              </Said>
            )}
          </tbody>
        ))}
      </table>
      {!early && <p className={styles['quiet']}>{t('byLot', { count: shares.length + 1, percent: chance(alpha) })}</p>}
    </>
  );
}

function Share({ tally: { took, calls } }: { readonly tally: TrialShare['first'] }) {
  const { t } = useTranslation('trial');
  const { percent } = useFigures();
  if (calls === 0) return '—';
  return (
    <>
      {percent(took / calls)} <small>{t('took', { took, count: calls })}</small>
    </>
  );
}

function Said({ verdict, children }: { readonly verdict: Verdict; readonly children: ReactNode }) {
  return (
    <tr className={styles['said']} data-verdict={verdict}>
      <td colSpan={3}>{children}</td>
    </tr>
  );
}
