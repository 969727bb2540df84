import { TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWording } from '../app/session.ts';
import { ApiProblem, api } from '../shared/http/api.ts';
import { useErrorWords } from '../shared/i18n/errors.ts';
import { Button } from '../shared/ui/Button.tsx';
import styles from './Admin.module.css';

interface Token {
  readonly id: string;
  readonly title: string;
  readonly kind: 'api' | 'device';
  readonly expiresAt: number;
}

/** What acts for this person without a password: made, told once, and ended. */
export function Tokens({ personId }: { readonly personId: string }) {
  const { t } = useTranslation('admin');
  const { tokens, problem, act } = useTokens(personId);
  const [title, setTitle] = useState('');
  const [made, setMade] = useState<{ token: string; device: boolean }>();
  const make = (kind: Token['kind']): void =>
    act(async (path) => {
      const body = { title: title.trim() || t(`form.tokenKind.${kind}`), kind, days: 365 };
      const { token } = await api<{ token: string }>(path, { method: 'POST', body });
      setMade({ token, device: kind === 'device' });
      setTitle('');
    });
  return (
    <fieldset className={styles['tokens']}>
      <legend>{t('form.token')}</legend>
      {tokens.map((token) => (
        <TokenRow
          key={token.id}
          token={token}
          onEnd={() => act((path) => api(`${path}/${encodeURIComponent(token.id)}`, { method: 'DELETE' }))}
        />
      ))}
      <TextInput label={t('form.tokenTitle')} value={title} onChange={(event) => setTitle(event.currentTarget.value)} />
      <div className={styles['row']}>
        <Button onClick={() => make('device')}>{t('form.tokenDevice')}</Button>
        <Button onClick={() => make('api')}>{t('form.tokenApi')}</Button>
      </div>
      {problem && (
        <p className={styles['problem']} role="alert">
          {problem}
        </p>
      )}
      {made && (
        <p>
          {t(made.device ? 'form.wallboardAddress' : 'form.tokenOnce')}{' '}
          <code className={styles['token']}>
            {made.device ? `${location.origin}/wallboard#token=${made.token}` : made.token}
          </code>
        </p>
      )}
    </fieldset>
  );
}

/** Ending asks once more: whatever uses the token stops at once. */
function TokenRow({ token, onEnd }: { readonly token: Token; readonly onEnd: () => void }) {
  const { t } = useTranslation('admin');
  const wording = useWording();
  const [sure, setSure] = useState(false);
  const day = wording.date(token.expiresAt);
  return (
    <div className={styles['row']}>
      <span>
        {token.title}, {t('form.tokenUntil', { day })}
      </span>
      <Button
        small
        kind={sure ? 'danger' : 'plain'}
        aria-label={t(sure ? 'form.tokenEndSure' : 'form.tokenEndOf', { title: token.title })}
        onClick={() => (sure ? onEnd() : setSure(true))}
      >
        {t(sure ? 'form.tokenEndSure' : 'form.tokenEnd')}
      </Button>
    </div>
  );
}

/** The tokens as the server has them, read anew after each act; what it refuses is told in words. */
function useTokens(personId: string) {
  const words = useErrorWords();
  const [tokens, setTokens] = useState<readonly Token[]>([]);
  const [problem, setProblem] = useState('');
  const path = `/people/${encodeURIComponent(personId)}/tokens`;
  const act = (work: (path: string) => Promise<unknown>): void => {
    setProblem('');
    work(path)
      .then(() => api<readonly Token[]>(path))
      .then(setTokens)
      .catch((fault: unknown) => setProblem(words(fault instanceof ApiProblem ? fault.code : 'unexpected')));
  };
  useEffect(() => {
    act(() => Promise.resolve());
    // oxlint-disable-next-line react/exhaustive-deps
  }, [personId]);
  return { tokens, problem, act };
}
