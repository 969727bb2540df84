import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Instant } from '../../../../machines/vocabulary/index.ts';
import type { DeadlineProposal } from '../../../../server/contract/rest.ts';
import { useSite } from '../../app/session.ts';
import { api, query } from '../../shared/http/api.ts';
import { TextField } from '../../shared/ui/TextField.tsx';
import { serverClock } from '../../shared/time/serverClock.ts';
import { fromWallClock, toWallClock } from '../../shared/time/siteTime.ts';
import styles from './DeadlineField.module.css';

interface Props {
  /** Undefined until the rule has proposed a term. */
  readonly value: Instant | undefined;
  readonly onChange: (dueAt: Instant) => void;
  /** The call in which it is promised, or the promise that gets another term. */
  readonly of: { readonly callId: string } | { readonly promiseId: string };
  /** Rule of the business calendar. */
  readonly rule?: string | undefined;
}

/** By when: the term that the rule proposes, nearer ones, or any other working moment. */
export function DeadlineField({ value, onChange, of, rule = 'callback' }: Props) {
  const { t } = useTranslation('operator');
  const { wording, timeZone } = useSite();
  const [proposal, setProposal] = useState<DeadlineProposal>();
  const [failed, setFailed] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    api<DeadlineProposal>(`/calendar/deadline${query({ rule, ...of })}`, { signal: stop.signal }).then(
      (answer) => {
        setProposal(answer);
        if (value === undefined) onChange(answer.dueAt);
      },
      () => {
        if (!stop.signal.aborted) setFailed(true);
      },
    );
    return () => stop.abort();
    // The rule is asked once for each opening.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [JSON.stringify(of), rule]);
  const now = serverClock.now();
  const choices = proposal ? inOrder([proposal, ...proposal.choices]) : [];
  const tooLate = proposal?.latestAt !== undefined && value !== undefined && value > proposal.latestAt;
  return (
    <fieldset className={styles['field']}>
      <legend>{t('callback.deadline')}</legend>
      <div className={styles['choices']}>
        {choices.map(({ dueAt }) => (
          <label key={dueAt}>
            <input type="radio" name="dueAt" checked={value === dueAt} onChange={() => onChange(dueAt)} />
            <span>{wording.until(dueAt, now)}</span>
          </label>
        ))}
        <TextField
          type="datetime-local"
          aria-label={t('callback.otherDeadline')}
          value={value === undefined ? '' : toWallClock(value, timeZone)}
          min={toWallClock(now, timeZone)}
          {...(proposal?.latestAt === undefined ? {} : { max: toWallClock(proposal.latestAt, timeZone) })}
          onChange={(event) => {
            const at = fromWallClock(event.currentTarget.value, timeZone);
            if (at !== undefined) onChange(at);
          }}
        />
      </div>
      {proposal && (
        <p className={styles['why']}>
          {t(`callback.rule.${proposal.rule}`, {
            due: wording.until(proposal.dueAt, now),
            until: wording.until(proposal.latestAt ?? proposal.dueAt, now),
          })}
        </p>
      )}
      {tooLate && (
        <p className={styles['problem']}>{t('callback.tooLate', { until: wording.until(proposal.latestAt, now) })}</p>
      )}
      {failed && <p className={styles['why']}>{t('callback.noProposal')}</p>}
    </fieldset>
  );
}

const inOrder = (choices: DeadlineProposal['choices']): DeadlineProposal['choices'] =>
  [...new Map(choices.map(({ dueAt }) => [dueAt, { dueAt }])).values()].toSorted((a, b) => a.dueAt - b.dueAt);
