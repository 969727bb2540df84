import { NumberInput, Select, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../shared/ui/Button.tsx';
import styles from './Callers.module.css';
import { useDemo } from './demoContext.ts';

/** Anybody else: name, number, whom they call, and how long they wait. */
export function NewCaller({ onCalled }: { readonly onCalled: () => void }) {
  const { t } = useTranslation('demo');
  const { view, send } = useDemo();
  const [name, setName] = useState('');
  const [number, setNumber] = useState('+79060000000');
  const [to, setTo] = useState(view.queues[0]?.name ?? '');
  const [patience, setPatience] = useState<string | number>('');
  const [later, setLater] = useState<string | number>('');
  const targets = [
    { group: t('callers.queues'), items: view.queues.map((each) => ({ value: each.name, label: each.title })) },
    {
      group: t('callers.direct'),
      items: view.telephones
        .filter(({ kind }) => kind === 'staff')
        .map((each) => ({ value: each.device, label: `${each.number} · ${each.name}` })),
    },
  ];
  const call = (event: FormEvent): void => {
    event.preventDefault();
    send('demo.call', {
      name: name.trim(),
      number: number.replace(/[^+\d]/g, ''),
      ...(to.startsWith('PJSIP/') ? { device: to } : { queue: to }),
      ...(typeof patience === 'number' && { patienceSeconds: patience }),
      ...(typeof later === 'number' && { inSeconds: later }),
    });
    onCalled();
  };
  return (
    <form className={styles['own']} onSubmit={call}>
      <TextInput label={t('callers.name')} value={name} onChange={(event) => setName(event.currentTarget.value)} />
      <TextInput
        label={t('callers.number')}
        value={number}
        inputMode="tel"
        onChange={(event) => setNumber(event.currentTarget.value)}
      />
      <Select label={t('callers.to')} data={targets} value={to} onChange={(value) => setTo(value ?? to)} searchable />
      <div className={styles['pair']}>
        <NumberInput
          label={t('callers.patience')}
          value={patience}
          onChange={setPatience}
          min={1}
          max={3600}
          suffix={t('callers.seconds')}
        />
        <NumberInput
          label={t('callers.later')}
          value={later}
          onChange={setLater}
          min={0}
          max={3600}
          suffix={t('callers.seconds')}
        />
      </div>
      <Button kind="primary" type="submit" wide>
        {t('callers.call')}
      </Button>
    </form>
  );
}
