import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../../shared/ui/Button.tsx';
import { useCall, useCommand, usePanel } from '../panelContext.ts';
import { Refusal } from '../stage/Refusal.tsx';
import { Dialog } from './Dialog.tsx';
import styles from './Dialogs.module.css';
import { Person } from './Person.tsx';
import { TransferLimit } from './TransferLimit.tsx';
import { TransferSearch } from './TransferSearch.tsx';
import { useDigits } from './useDigits.ts';
import { useStaff } from './useStaff.ts';

/** To whom to transfer (3.5.1): those who can solve the question, who is free now, and why they. */
export function TransferDialog() {
  const { t } = useTranslation('operator');
  const call = useCall();
  const { count, limit, extra, atLimit } = call.transfers;
  const title = (
    <>
      {t('transfer.title')}
      <span className={styles['count']}>{t('transfer.count', { count, limit: limit + extra })}</span>
    </>
  );
  return atLimit ? <TransferLimit title={title} /> : <Choose title={title} />;
}

function Choose({ title }: { readonly title: React.ReactNode }) {
  const { t } = useTranslation('operator');
  const call = useCall();
  const { setUi } = usePanel();
  const { send, busy, refused, forget } = useCommand();
  const [text, setText] = useState('');
  const [chosen, setChosen] = useState(0);
  const search = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const { people, failed, loading } = useStaff(call.callId, text);
  const at = Math.min(chosen, Math.max(0, people.length - 1));
  const target = people[at];
  const go = (how: How): void => {
    // The list is of what was typed before: nobody is called who was not meant.
    if (!target || busy || loading) return;
    void send(how, { callId: call.callId, number: target.extension }).then((result) => {
      if (result.ok) setUi({ dialog: undefined });
    });
  };
  const type = (next: string): void => {
    setText(next);
    setChosen(0);
  };
  const digits = useDigits({
    one: (digit) => setChosen(Math.min(digit, people.length) - 1),
    number: (text) => {
      type(text);
      search.current?.focus();
    },
  });
  const keys = {
    ...digits,
    up: () => setChosen(Math.max(0, at - 1)),
    down: () => setChosen(Math.min(people.length - 1, at + 1)),
    enter: () => go('transfer.consult'),
    C: () => go('transfer.blind'),
    search: () => search.current?.focus(),
  };
  return (
    <Dialog title={title} width={760} keys={keys}>
      <div className={styles['form']}>
        <TransferSearch
          inputRef={search}
          text={text}
          onType={type}
          onMove={(by) => (by > 0 ? keys.down() : keys.up())}
          onEnter={keys.enter}
          onLeave={() => list.current?.focus()}
        />
        {text.trim() === '' && call.inquiry.topic === undefined && people.length > 0 && (
          <p className={styles['quiet']}>{t('transfer.noTopic')}</p>
        )}
        <div ref={list} className={styles['people']} role="listbox" aria-label={t('transfer.title')} tabIndex={0}>
          {people.map((person, index) => (
            <Person
              key={`${person.extension}/${person.name}`}
              person={person}
              hotkey={index < 9 ? String(index + 1) : undefined}
              chosen={index === at}
              onChoose={() => setChosen(index)}
            />
          ))}
          {people.length === 0 && (
            <p className={styles['quiet']}>{t(`transfer.${failed ? 'failed' : loading ? 'loading' : 'nobody'}`)}</p>
          )}
        </div>
        <Refusal refused={refused} onClose={forget} />
        <HowTo disabled={!target || busy} onGo={go} />
        <p className={styles['quiet']}>{t('transfer.goesAhead')}</p>
      </div>
    </Dialog>
  );
}

type How = 'transfer.blind' | 'transfer.consult';

function HowTo({ disabled, onGo }: { readonly disabled: boolean; readonly onGo: (how: How) => void }) {
  const { t } = useTranslation('operator');
  const { setUi } = usePanel();
  return (
    <div className={styles['buttons']}>
      <Button kind="primary" onClick={() => onGo('transfer.consult')} disabled={disabled} hotkey="Enter">
        {t('transfer.consult')}
      </Button>
      <Button onClick={() => onGo('transfer.blind')} disabled={disabled} hotkey="C">
        {t('transfer.blind')}
      </Button>
      <Button kind="quiet" onClick={() => setUi({ dialog: undefined })} hotkey="Esc">
        {t('dialog.cancel')}
      </Button>
    </div>
  );
}
