import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/ScrollArea.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/Combobox.css';
import '@mantine/core/styles/Menu.css';
import '@mantine/core/styles/NumberInput.css';
import '@mantine/core/styles/CloseButton.css';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { DemoView } from '../../../server/contract/demo.ts';
import { useConnection, useTopic } from '../shared/realtime/context.ts';
import { Callers } from './Callers.tsx';
import { Clients } from './Clients.tsx';
import { DemoContext } from './demoContext.ts';
import styles from './DemoPage.module.css';
import { Telephones } from './Telephones.tsx';
import { Troubles } from './Troubles.tsx';
import { useDemoTools } from './useDemoTools.ts';

/** The demonstration exchange on a desk: who calls, who is on the line, and the telephones with their keys. */
export default function DemoPage() {
  const { t } = useTranslation('demo');
  const connection = useConnection();
  const view = useTopic<DemoView>('demo');
  const { send, refusal, forget } = useDemoTools(connection.send);
  const tools = useMemo(() => view && { view, send }, [view, send]);
  if (!tools) return <p className={styles['loading']}>{t('loading')}</p>;
  return (
    <DemoContext value={tools}>
      <main className={styles['page']}>
        <header className={styles['head']}>
          <div>
            <h1>{t('title')}</h1>
            <p>{t('what')}</p>
          </div>
          <Troubles />
        </header>
        <section className={styles['callers']} aria-labelledby="demo-callers">
          <Callers />
        </section>
        <section className={styles['clients']} aria-labelledby="demo-clients">
          <Clients />
        </section>
        <section className={styles['telephones']} aria-labelledby="demo-telephones">
          <Telephones />
        </section>
        {refusal !== undefined && (
          <div className={styles['refusal']} role="alert">
            <span>{refusal}</span>
            <button type="button" onClick={forget}>
              {t('understood')}
            </button>
          </div>
        )}
      </main>
    </DemoContext>
  );
}
