import { lazy, Suspense, useEffect, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { SessionView, SettingsView } from '../../../server/contract/rest.ts';
import { loadWords } from '../shared/i18n/index.ts';
import { connect, type Connection } from '../shared/realtime/connection.ts';
import { ConnectionContext } from '../shared/realtime/context.ts';
import { endSession, SessionContext, SiteContext, siteOf } from './session.ts';
import { Shell } from './Shell.tsx';

/** Who is signed in already does not carry it. */
const SignIn = lazy(() => import('./SignIn.tsx'));
/** Its words are the operator's, on whatever page. */
const LeaveDialog = lazy(async () => {
  const [dialog] = await Promise.all([import('../operator/dialogs/LeaveDialog.tsx'), loadWords('operator')]);
  return dialog;
});

interface Props {
  readonly settings: SettingsView;
  readonly initial: SessionView | undefined;
}

/** Sign-in, or the shell with its one connection. */
export function App({ settings, initial }: Props) {
  const { i18n } = useTranslation();
  const [session, setSession] = useState(initial);
  const language = i18n.language === 'en' ? 'en' : 'ru';
  const site = useMemo(() => siteOf(settings, language), [settings, language]);
  return (
    <SiteContext value={site}>
      {session ? (
        <SignedIn key={session.user.id} session={session} onEnd={() => setSession(undefined)} />
      ) : (
        <Suspense>
          <SignIn onSession={setSession} />
        </Suspense>
      )}
    </SiteContext>
  );
}

function SignedIn({ session, onEnd }: { readonly session: SessionView; readonly onEnd: () => void }) {
  const [connection, setConnection] = useState<Connection>();
  useEffect(() => {
    const made = connect(onEnd);
    setConnection(made);
    return () => made.close();
    // The connection lives as long as the session; `onEnd` only sets state.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const [promises, setPromises] = useState(0);
  const tools = useMemo(
    () => ({
      session,
      signOut: () => {
        // Or the queues would go on ringing an empty desk.
        const isOperator = session.user.roles.includes('operator');
        if (!isOperator || !connection) leave(onEnd);
        else
          void connection.send('operator.signOut', {}).then((result) => {
            if (result.ok || result.error.code !== 'operator.promisesOpen') leave(onEnd);
            else setPromises(Number(result.error.details?.['count']));
          });
      },
    }),
    [session, onEnd, connection],
  );
  if (!connection) return null;
  return (
    <SessionContext value={tools}>
      <ConnectionContext value={connection}>
        <Shell />
        {promises > 0 && (
          <Suspense>
            <LeaveDialog count={promises} onLeft={() => leave(onEnd)} onStay={() => setPromises(0)} />
          </Suspense>
        )}
      </ConnectionContext>
    </SessionContext>
  );
}

function leave(onEnd: () => void): void {
  // What this person typed and did not send is not the next one's to send.
  sessionStorage.clear();
  endSession().then(onEnd, onEnd);
}
