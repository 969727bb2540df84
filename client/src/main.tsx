import './shared/ui/tokens.css';
import './shared/ui/base.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/App.tsx';
import { ErrorScreen } from './app/ErrorScreen.tsx';
import { loadPage } from './app/loadPage.ts';
import { pageOf } from './app/pages.ts';
import { reloadWhenThere } from './app/reload.ts';
import { readSession, readSettings } from './app/session.ts';
import { loadWords, startWords } from './shared/i18n/index.ts';
import { pathNow } from './shared/router.tsx';
import { startScheme } from './shared/ui/scheme.ts';

async function start(): Promise<void> {
  const root = createRoot(document.getElementById('root')!);
  const wrap = (screen: React.ReactNode) => <StrictMode>{screen}</StrictMode>;
  // All four go out at once; the page's code and words are here by the time the server has answered.
  const page = pageOf(pathNow());
  const ahead = page ? loadPage(page) : Promise.resolve();
  const [settings, session] = await Promise.allSettled([
    readSettings(),
    readSession(),
    startWords(),
    loadWords('errors'),
    ahead,
  ]);
  if (settings.status === 'rejected' || session.status === 'rejected') {
    root.render(wrap(<ErrorScreen />));
    return;
  }
  root.render(wrap(<App settings={settings.value} initial={session.value} />));
}

// A newer version was installed meanwhile: what is read later has other names now. Nothing typed is lost by reading anew.
window.addEventListener('vite:preloadError', () => {
  if (sessionStorage.getItem('outdated') === null) void reloadWhenThere(() => sessionStorage.setItem('outdated', '1'));
});
startScheme();
void start().then(() => sessionStorage.removeItem('outdated'));
