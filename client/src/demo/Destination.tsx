import { Autocomplete } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDemo } from './demoContext.ts';
import { destinations, numberIn } from './destinations.ts';
import styles from './Telephone.module.css';

/** Where to: a colleague, a queue, a number of the city. `transfer` offers to give the client away or to ask first. */
export function Destination({ device, purpose }: { readonly device: string; readonly purpose: 'transfer' | 'dial' }) {
  const { t } = useTranslation('demo');
  const { view, send } = useDemo();
  const [text, setText] = useState('');
  const number = numberIn(text);
  const use = (name: 'demo.transfer' | 'demo.consult' | 'demo.dial'): void => {
    if (number === undefined) return;
    send(name, { device, number });
    setText('');
  };
  const label = t(`destination.${purpose}`);
  return (
    <div className={styles['destination']} data-purpose={purpose}>
      <Autocomplete
        aria-label={label}
        placeholder={label}
        size="sm"
        data={destinations(view, device, t('destination.queues'), t('destination.staff'), t('destination.colleagues'))}
        value={text}
        onChange={setText}
        limit={40}
        maxDropdownHeight={260}
        comboboxProps={{ width: 320, position: 'top-start' }}
      />
      {purpose === 'dial' ? (
        <button
          type="button"
          className={styles['key']}
          disabled={number === undefined}
          onClick={() => use('demo.dial')}
        >
          <span>{t('keys.dial')}</span>
        </button>
      ) : (
        <>
          <button
            type="button"
            className={styles['key']}
            disabled={number === undefined}
            onClick={() => use('demo.transfer')}
          >
            <span>{t('keys.transfer')}</span>
          </button>
          <button
            type="button"
            className={styles['key']}
            disabled={number === undefined}
            onClick={() => use('demo.consult')}
          >
            <span>{t('keys.consult')}</span>
          </button>
          <button type="button" className={styles['key']} onClick={() => send('demo.park', { device })}>
            <span>{t('keys.park')}</span>
          </button>
        </>
      )}
    </div>
  );
}
