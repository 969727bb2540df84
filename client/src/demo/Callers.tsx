import { IconChevronDown, IconPhoneCall } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DemoCallerView } from '../../../server/contract/demo.ts';
import styles from './Callers.module.css';
import { useDemo } from './demoContext.ts';
import { NewCaller } from './NewCaller.tsx';
import { shownNumber } from './shownNumber.ts';

const ICON = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

/** People with a question: pick one and make them call. */
export function Callers() {
  const { t } = useTranslation('demo');
  const { view } = useDemo();
  const [own, setOwn] = useState(false);
  return (
    <>
      <header className={styles['head']}>
        <h2 id="demo-callers">{t('callers.title')}</h2>
        <button type="button" className={styles['more']} aria-expanded={own} onClick={() => setOwn(!own)}>
          {t('callers.own')}
          <IconChevronDown {...ICON} data-open={own || undefined} />
        </button>
      </header>
      {own && <NewCaller onCalled={() => setOwn(false)} />}
      <ul className={styles['list']}>
        {view.callers.map((caller) => (
          <Caller key={caller.id} caller={caller} />
        ))}
      </ul>
    </>
  );
}

function Caller({ caller }: { readonly caller: DemoCallerView }) {
  const { t } = useTranslation('demo');
  const { view, send } = useDemo();
  const queue = view.queues.find(({ name }) => name === caller.queue);
  const onLine = caller.clientId !== undefined;
  return (
    <li className={styles['caller']} data-on-line={onLine || undefined}>
      <div className={styles['who']}>
        <strong>{caller.name}</strong>
        <span className="figures">{caller.number === '' ? t('callers.hidden') : shownNumber(caller.number)}</span>
      </div>
      {onLine ? (
        <span className={styles['onLine']}>{t('callers.onLine')}</span>
      ) : (
        <button
          type="button"
          className={styles['call']}
          onClick={() => send('demo.call', { callerId: caller.id })}
          title={t('callers.call')}
          aria-label={t('callers.callAs', { name: caller.name })}
        >
          <IconPhoneCall {...ICON} />
        </button>
      )}
      <details className={styles['about']}>
        <summary>{caller.question}</summary>
        <p>{caller.story}</p>
        <p>{t('callers.calls', { queue: queue?.title ?? '' })}</p>
      </details>
    </li>
  );
}
