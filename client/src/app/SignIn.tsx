import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { DemoSignIn, SessionView } from '../../../server/contract/rest.ts';
import { ApiProblem } from '../shared/http/api.ts';
import { TextField } from '../shared/ui/TextField.tsx';
import { useErrorWords } from '../shared/i18n/errors.ts';
import { unlockSound } from '../shared/ui/sound.ts';
import { Button } from '../shared/ui/Button.tsx';
import { signIn, useSite } from './session.ts';
import styles from './SignIn.module.css';

/** The first screen. With the demo exchange it also offers the people one can try the product as. */
export default function SignIn({ onSession }: { readonly onSession: (session: SessionView) => void }) {
  const { t } = useTranslation();
  const site = useSite();
  const errorWords = useErrorWords();
  const [login, setLogin] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);

  async function enter(name: string, secret: string): Promise<void> {
    setBusy(true);
    setProblem(undefined);
    unlockSound();
    try {
      onSession(await signIn(name, secret));
    } catch (fault) {
      setProblem(errorWords(fault instanceof ApiProblem ? fault.code : 'client.unexpected'));
      setBusy(false);
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    void enter(login, password);
  };
  return (
    <main className={styles['page']}>
      <form className={styles['card']} onSubmit={submit}>
        <div>
          <p className={styles['quiet']}>{site.organizationName}</p>
          <h1 className={styles['title']}>{t('signIn.title')}</h1>
        </div>
        <TextField
          label={t('signIn.login')}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          autoFocus
          required
        />
        <TextField
          type="password"
          label={t('signIn.password')}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
          autoComplete="current-password"
          required
        />
        <p className={styles['problem']} role="alert">
          {problem}
        </p>
        <Button kind="primary" type="submit" disabled={busy} wide>
          {t(busy ? 'signIn.busy' : 'signIn.enter')}
        </Button>
      </form>
      {site.demo && (
        <DemoPeople people={site.demo.signIns} busy={busy} onPick={(p) => void enter(p.login, p.password)} />
      )}
    </main>
  );
}

interface DemoProps {
  readonly people: readonly DemoSignIn[];
  readonly busy: boolean;
  readonly onPick: (person: DemoSignIn) => void;
}

function DemoPeople({ people, busy, onPick }: DemoProps) {
  const { t } = useTranslation();
  return (
    <section className={styles['demo']} aria-labelledby="demo-title">
      <h2 id="demo-title" className={styles['demoTitle']}>
        {t('signIn.demo')}
      </h2>
      <p className={styles['quiet']}>{t('signIn.demoWhat')}</p>
      <ul className={styles['people']}>
        {people.map((person) => (
          <li key={person.login}>
            <button type="button" className={styles['person']} disabled={busy} onClick={() => onPick(person)}>
              <span>{person.name}</span>
              <span className={styles['quiet']}>{person.roles.map((role) => t(`roles.${role}`)).join(', ')}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
