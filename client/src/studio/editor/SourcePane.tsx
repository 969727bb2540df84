import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './SourcePane.module.css';
import { useDesk } from '../studioContext.ts';

const SEND_AFTER_MS = 500;

/** The YAML, in step with the form. What is being typed is not touched; what others change comes in when it is sent. */
export function SourcePane() {
  const { t } = useTranslation('studio');
  const { open, session, chosen } = useDesk();
  const { source, unreadable, revision } = open.draft;
  const [typed, setTyped] = useState<{ text: string; sent: boolean; at: number }>();
  const area = useRef<HTMLTextAreaElement>(null);
  const timer = useRef<number>(undefined);
  useEffect(() => {
    if (typed?.sent && open.unsent === 0 && revision > typed.at) setTyped(undefined);
  }, [typed, open.unsent, revision]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useEffect(() => {
    const place = chosen === undefined ? -1 : source.search(new RegExp(`^ *- (\\{ )?id: ${chosen}\\b`, 'm'));
    if (place < 0 || !area.current) return;
    const line = source.slice(0, place).split('\n').length;
    area.current.scrollTop = Math.max(0, (line - 3) * 20);
    // Only when another step is chosen: a scroll at each key would throw the writer about.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [chosen]);
  const text = typed?.text ?? unreadable?.source ?? source;
  const change = (next: string): void => {
    setTyped({ text: next, sent: false, at: revision });
    clearTimeout(timer.current);
    timer.current = window.setTimeout(() => {
      session.edit({ op: 'setSource', source: next });
      setTyped({ text: next, sent: true, at: revision });
    }, SEND_AFTER_MS);
  };
  return (
    <div className={styles['pane']}>
      {unreadable && <p role="status">{t('source.unreadable')}</p>}
      <textarea
        ref={area}
        aria-label={t('panes.source')}
        spellCheck={false}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
      />
    </div>
  );
}
