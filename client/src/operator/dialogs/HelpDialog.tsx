import { useTranslation } from 'react-i18next';
import { Key } from '../../shared/ui/Key.tsx';
import { Dialog } from './Dialog.tsx';
import styles from './Dialogs.module.css';

/** Every key of the panel: what is drawn on it, and the words for it. */
const KEYS: readonly (readonly [keys: readonly string[], what: string])[] = [
  [['1', '…', '9'], 'choose'],
  [['0'], 'noAnswer'],
  [['Enter'], 'on'],
  [['⌫'], 'back'],
  [['Tab'], 'field'],
  [['W'], 'wording'],
  [['X'], 'situation'],
  [['R'], 'restart'],
  [['H'], 'hold'],
  [['T'], 'transfer'],
  [['C'], 'callback'],
  [['S'], 'help'],
  [['/'], 'search'],
  [['A'], 'answer'],
  [['I'], 'history'],
  [['L'], 'promises'],
  [['Y'], 'kept'],
  [['Z'], 'notice'],
  [['P'], 'pause'],
  [['D'], 'device'],
  [['N'], 'dial'],
  [['Esc'], 'leave'],
  [['?'], 'thisHelp'],
];

export function HelpDialog() {
  const { t } = useTranslation('operator');
  return (
    <Dialog title={t('help.title')} width={760}>
      <div className={styles['form']}>
        <dl className={styles['keys']}>
          {KEYS.map(([keys, what]) => (
            <div key={what}>
              <dt>
                {keys.map((key) => (
                  <Key key={key}>{key}</Key>
                ))}
              </dt>
              <dd>{t(`help.${what}`)}</dd>
            </div>
          ))}
        </dl>
        <p className={styles['quiet']}>{t('help.layout')}</p>
      </div>
    </Dialog>
  );
}
