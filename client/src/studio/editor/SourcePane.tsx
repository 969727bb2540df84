import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './SourcePane.module.css';
import { useDesk } from '../studioContext.ts';

/** The YAML, in step with the form. What others change comes in around what is being typed. */
export function SourcePane() {
  const { t } = useTranslation('studio');
  const { open, session, chosen } = useDesk();
  const { source, unreadable } = open.draft;
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    const place = chosen === undefined ? -1 : source.search(new RegExp(`^ *- (\\{ )?id: ${chosen}\\b`, 'm'));
    if (place < 0 || !area.current) return;
    const line = source.slice(0, place).split('\n').length;
    area.current.scrollTop = Math.max(0, (line - 3) * 20);
    // Only when another step is chosen: a scroll at each key would throw the writer about.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [chosen]);
  const text = open.typed ?? unreadable?.source ?? source;
  return (
    <div className={styles['pane']}>
      {unreadable && <p role="status">{t('source.unreadable')}</p>}
      <textarea
        ref={area}
        aria-label={t('panes.source')}
        spellCheck={false}
        value={text}
        onChange={(event) => session.edit({ op: 'setSource', source: event.currentTarget.value })}
      />
    </div>
  );
}
