import type { TFunction } from 'i18next';
import { memo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { RiskRow } from '../../../server/contract/board.ts';
import { useSite } from '../app/session.ts';
import { elapsed, remaining } from '../shared/time/format.ts';
import { useTimed } from '../shared/time/ticker.ts';
import { Age } from './Age.tsx';
import { isLeft, risksInOrder, type Board } from './board.ts';
import { useRowFocus } from './rowFocus.ts';
import { phone, shortName } from './words.ts';
import page from './Supervisor.module.css';
import styles from './RiskList.module.css';

const FOREVER = 8_640_000_000_000_000;

/** What breaks next, all kinds in one list by time to breach; or only promises that nobody keeps. */
export function Risks({ board, onOpen }: { readonly board: Board; readonly onOpen: (risk: RiskRow) => void }) {
  const { t } = useTranslation('supervisor');
  const [onlyLeft, setOnlyLeft] = useState(false);
  const risks = risksInOrder(board);
  const left = risks.filter((risk) => isLeft(board, risk));
  // The last one handed over, the whole list is back by itself.
  const isFiltered = onlyLeft && left.length > 0;
  const shown = isFiltered ? left : risks;
  const { stop, frame } = useRowFocus(shown.filter(opens));
  return (
    <section className={page['column']}>
      <header className={page['head']}>
        <h2>{t('board.risks')}</h2>
        <Age board={board} />
      </header>
      {left.length > 0 && (
        <button
          type="button"
          className={styles['left']}
          aria-pressed={isFiltered}
          onClick={() => setOnlyLeft(!isFiltered)}
        >
          {t('risk.left', { count: left.length })}
        </button>
      )}
      <div className={page['scroll']} {...frame}>
        {risks.length === 0 ? (
          <p className={page['empty']}>{t('board.risksEmpty')}</p>
        ) : (
          <ol className={page['list']} aria-label={t('board.risks')}>
            {shown.map((risk) => (
              <li key={risk.key} className={styles['item']}>
                <Risk
                  risk={risk}
                  onOpen={onOpen}
                  queue={risk.queue === undefined ? '' : (board.queues.get(risk.queue)?.title ?? risk.queue)}
                  away={isLeft(board, risk)}
                  isStop={risk.key === stop}
                />
              </li>
            ))}
          </ol>
        )}
      </div>
    </section>
  );
}

/** There is somebody to look at, or a promise to move. */
const opens = (risk: RiskRow): boolean => risk.operatorId !== undefined || risk.kind === 'callback';

/** Drawn again only when its own row changed or its time did. */
const Risk = memo(function Risk({
  risk,
  onOpen,
  queue,
  away,
  isStop,
}: {
  readonly risk: RiskRow;
  readonly onOpen: (risk: RiskRow) => void;
  /** As people call it. */
  readonly queue: string;
  /** Who promised is not here. */
  readonly away: boolean;
  /** Tab stops here, and at no other. */
  readonly isStop: boolean;
}) {
  const { t } = useTranslation('supervisor');
  const { wording } = useSite();
  const level = useTimed((now) => (now >= risk.breachAt ? 'breach' : now >= risk.warnAt ? 'warning' : 'calm'));
  const time = useTimed((now) => {
    if (risk.breachAt >= FOREVER || risk.kind === 'operatorTrouble') return elapsed(now - risk.since);
    if (risk.kind === 'callback') return wording.left(risk.breachAt, now);
    return now < risk.breachAt ? remaining(risk.breachAt - now) : `−${elapsed(now - risk.breachAt)}`;
  });
  const detail = detailOf(risk, t, queue);
  const inside = (
    <>
      <span
        className={styles['riskTime']}
        data-long={risk.kind === 'callback' || undefined}
        data-wide={time.length > 6 || undefined}
      >
        {time}
      </span>
      <span className={styles['riskWhat']}>
        <strong>
          {t(
            risk.kind === 'operatorTrouble'
              ? `trouble.${risk.code ?? 'helpAsked'}`
              : `risk.${risk.code === 'parked' ? risk.code : risk.kind}`,
          )}
        </strong>
        <span className={page['quiet']} title={detail}>
          {detail}
        </span>
        <span className={styles['riskWho']}>
          {risk.operatorName ? shortName(risk.operatorName) : risk.kind === 'callback' ? t('risk.nobody') : ''}
          {away && <strong className={styles['away']}>{t('risk.away')}</strong>}
        </span>
      </span>
    </>
  );
  return opens(risk) ? (
    <button
      type="button"
      className={styles['risk']}
      data-level={level}
      data-row={risk.key}
      tabIndex={isStop ? 0 : -1}
      onClick={() => onOpen(risk)}
    >
      {inside}
    </button>
  ) : (
    <div className={styles['risk']} data-level={level}>
      {inside}
    </div>
  );
});

function detailOf(risk: RiskRow, t: TFunction<'supervisor'>, queue: string): string {
  const parts = [risk.client ? phone(risk.client) : undefined];
  if (risk.transfers)
    parts.push(
      t('risk.transfers', { count: risk.transfers.count, limit: risk.transfers.limit + risk.transfers.extra }),
    );
  if (risk.kind === 'waitingCaller') parts.push(queue);
  if (risk.text && risk.kind !== 'waitingCaller') parts.push(risk.text);
  return parts.filter(Boolean).join(' · ');
}
