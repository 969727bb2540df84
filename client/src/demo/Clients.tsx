import { IconPhoneEnd } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { DemoClientView } from '../../../server/contract/demo.ts';
import { Button } from '../shared/ui/Button.tsx';
import styles from './Clients.module.css';
import { useDemo } from './demoContext.ts';
import { shownNumber } from './shownNumber.ts';
import { Since } from './Since.tsx';

const ICON = { size: 18, stroke: 1.6, 'aria-hidden': true } as const;

/** Who is on the line from outside, what they hear, and what they can do about it. */
export function Clients() {
  const { t } = useTranslation('demo');
  const { view } = useDemo();
  return (
    <>
      <h2 id="demo-clients">{t('clients.title')}</h2>
      {view.clients.length === 0 ? (
        <p className={styles['empty']}>{t('clients.empty')}</p>
      ) : (
        <ul className={styles['list']}>
          {view.clients.map((client) => (
            <Client key={client.id} client={client} />
          ))}
        </ul>
      )}
    </>
  );
}

function Client({ client }: { readonly client: DemoClientView }) {
  const { t } = useTranslation('demo');
  const { send } = useDemo();
  return (
    <li className={styles['client']} data-state={client.state}>
      <div className={styles['who']}>
        <strong>{client.name === '' ? t('clients.unknown') : client.name}</strong>
        <span className="figures">{client.number === '' ? t('callers.hidden') : shownNumber(client.number)}</span>
      </div>
      <p className={styles['state']}>
        <Where client={client} /> · <Since at={client.since} />
      </p>
      {client.state === 'waiting' && <Unserved queue={client.queue} />}
      {client.question !== undefined && <p className={styles['question']}>«{client.question}»</p>}
      {client.story !== undefined && <p className={styles['story']}>{client.story}</p>}
      <div className={styles['acts']}>
        {client.state === 'called' && (
          <>
            <Button kind="primary" onClick={() => send('demo.clientAnswer', { clientId: client.id })}>
              {t('clients.answer')}
            </Button>
            <Button onClick={() => send('demo.clientBusy', { clientId: client.id })}>{t('clients.busy')}</Button>
          </>
        )}
        {client.state !== 'called' && (
          <Button
            icon={<IconPhoneEnd {...ICON} />}
            onClick={() => send('demo.clientHangUp', { clientId: client.id })}
            aria-label={t('clients.hangUpAs', { name: client.name })}
          >
            {t('clients.hangUp')}
          </Button>
        )}
      </div>
    </li>
  );
}

/** Why nobody's telephone rings, and what to do about it. */
function Unserved({ queue }: { readonly queue: string | undefined }) {
  const { t } = useTranslation('demo');
  const { view } = useDemo();
  const serving = view.queues.find(({ name }) => name === queue)?.serving ?? 1;
  return serving > 0 ? undefined : <p className={styles['unserved']}>{t('clients.unserved')}</p>;
}

function Where({ client }: { readonly client: DemoClientView }) {
  const { t } = useTranslation('demo');
  const { view } = useDemo();
  const telephone = view.telephones.find(({ device }) => device === client.device)?.number ?? '';
  const queue = view.queues.find(({ name }) => name === client.queue)?.title ?? '';
  return <span>{t(`clients.states.${client.state}`, { telephone, queue })}</span>;
}
