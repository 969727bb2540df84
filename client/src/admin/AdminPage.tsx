import '@mantine/core/styles/InlineInput.css';
import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/Paper.css';
import '@mantine/core/styles/ScrollArea.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Overlay.css';
import '@mantine/core/styles/ModalBase.css';
import '@mantine/core/styles/Drawer.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/Checkbox.css';
import { Drawer, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useGet } from '../shared/http/useGet.ts';
import { useErrorWords } from '../shared/i18n/errors.ts';
import { Button } from '../shared/ui/Button.tsx';
import { Failed } from '../shared/ui/Failed.tsx';
import { PersonForm, type Person } from './PersonForm.tsx';
import styles from './Admin.module.css';

/** People who sign in, their roles and telephones, and tokens of devices. */
export default function AdminPage() {
  const { t } = useTranslation('admin');
  const common = useTranslation('common');
  const words = useErrorWords();
  const { value: people, fault, again } = useGet<readonly Person[]>('/people');
  const [text, setText] = useState('');
  const [open, setOpen] = useState<Person | 'new'>();
  const wanted = text.trim().toLowerCase();
  const shown = (people ?? [])
    .filter((each) => `${each.name} ${each.login} ${each.unit}`.toLowerCase().includes(wanted))
    .sort((a, b) => a.name.localeCompare(b.name, 'ru'));
  const done = (): void => {
    setOpen(undefined);
    again();
  };
  return (
    <main className={styles['page']} aria-busy={people === undefined && fault === undefined}>
      <header className={styles['head']}>
        <h1>{t('title')}</h1>
        <TextInput
          placeholder={t('find')}
          aria-label={t('find')}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <Button kind="primary" onClick={() => setOpen('new')}>
          {t('add')}
        </Button>
      </header>
      {fault !== undefined && <Failed onAgain={again}>{words(fault)}</Failed>}
      <div className={styles['frame']}>
        <table className={styles['table']}>
          <thead>
            <tr>
              {(['name', 'login', 'unit', 'roles', 'devices'] as const).map((column) => (
                <th key={column} scope="col">
                  {t(`columns.${column}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((person) => (
              <tr key={person.id}>
                <td>
                  <button type="button" className={styles['name']} onClick={() => setOpen(person)}>
                    {person.name}
                  </button>
                  <span className={styles['quiet']}>{person.position}</span>
                </td>
                <td>{person.login}</td>
                <td>{person.unit}</td>
                <td>{person.roles.map((role) => common.t(`roles.${role}`)).join(', ')}</td>
                <td>{person.devices.map((device) => device.replace('PJSIP/', '')).join(', ') || t('anyDevice')}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {people !== undefined && shown.length === 0 && <p className={styles['quiet']}>{t('empty')}</p>}
      </div>
      <Drawer
        opened={open !== undefined}
        onClose={() => setOpen(undefined)}
        position="right"
        size={460}
        transitionProps={{ duration: 100 }}
        closeButtonProps={{ 'aria-label': t('form.close') }}
        title={open === 'new' ? t('form.new') : open?.name}
      >
        {open !== undefined && (
          <PersonForm key={open === 'new' ? 'new' : open.id} person={open === 'new' ? undefined : open} onDone={done} />
        )}
      </Drawer>
    </main>
  );
}
