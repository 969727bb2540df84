import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PanelView } from '../../../server/contract/panel.ts';
import { PanelScreen } from '../operator/PanelScreen.tsx';
import type { Send } from '../operator/panelContext.ts';
import styles from './Drawers.module.css';

/** The panel is drawn as on the smallest screen that it is made for, then made as large as there is room. */
const WIDTH = 1280;
const HEIGHT = 800;
const nothing: Send = async () => ({ ok: false, error: { code: 'readOnly' } });

/** What the operator sees, live: the operator's own panel, deaf to keys and pointer. */
export function OperatorMirror({ view }: { readonly view: PanelView | null | undefined }) {
  const { t } = useTranslation('supervisor');
  const frame = useRef<HTMLDivElement>(null);
  const [scale, setScale] = useState(0.5);
  useEffect(() => {
    const element = frame.current;
    if (!element) return undefined;
    const observer = new ResizeObserver(() => setScale(element.clientWidth / WIDTH));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  return (
    <div ref={frame} className={styles['mirror']} style={{ aspectRatio: `${WIDTH} / ${HEIGHT}` }}>
      {view ? (
        <div style={{ width: WIDTH, height: HEIGHT, transform: `scale(${scale})`, transformOrigin: '0 0' }}>
          <PanelScreen view={view} send={nothing} readOnly />
        </div>
      ) : (
        <p className={styles['mirrorEmpty']}>{t(view === null ? 'operator.away' : 'operator.waiting')}</p>
      )}
    </div>
  );
}
