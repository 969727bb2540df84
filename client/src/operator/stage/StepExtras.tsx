import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { StepView } from '../../../../machines/script/view.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { useWording } from '../../app/session.ts';
import { offersOf } from '../logic/hold.ts';
import { useCall, useCommand, usePanel } from '../panelContext.ts';
import { ContactPoints } from './ContactPoints.tsx';
import { TimeChoices } from './HoldNaming.tsx';
import { Refusal } from './Refusal.tsx';
import styles from './StepExtras.module.css';

/** What a step puts beside its line: times to name, people to find, other channels, what happens next. */
export function StepExtras({ step }: { readonly step: StepView }) {
  const { t } = useTranslation('operator');
  const call = useCall();
  const { setUi } = usePanel();
  const { asks, next, ended } = step;
  const named = call.hold?.state === 'named';
  const chosen = chosenPoint(step);
  return (
    <>
      {asks?.holdOfferMs && !named && <NameHold times={asks.holdOfferMs} />}
      {named && <Named isAsking={step.kind === 'hold'} />}
      {asks?.transfer && (
        <div className={styles['row']}>
          <Button hotkey="T" onClick={() => setUi({ dialog: 'transfer' })}>
            {t('transfer.title')}
          </Button>
        </div>
      )}
      {asks?.contactPoints && call.script?.known.contactPoints && (
        <ContactPoints
          points={call.script.known.contactPoints}
          ids={chosen ?? asks.contactPoints}
          language={call.script.language}
          look={chosen ? 'dictate' : 'brief'}
        />
      )}
      {next && (
        <p className={styles['note']}>
          {t('step.next')} {nextParts(next, t).join(' · ')}
        </p>
      )}
      {ended?.because !== undefined && <p className={styles['note']}>{ended.because}</p>}
    </>
  );
}

/** What happens, by when, who answers for it (1.4); a part of which nothing is known is left out. */
function nextParts({ what, by, who }: NonNullable<StepView['next']>, t: TFunction<'operator'>): string[] {
  return [
    what,
    ...(by ? [t('step.nextBy', { by: by.charAt(0).toLocaleLowerCase('ru') + by.slice(1) })] : []),
    ...(who ? [t('step.nextWho', { who })] : []),
  ];
}

/** On the hold step the time is named first; the number keys say it. */
function NameHold({ times }: { readonly times: readonly number[] }) {
  const { t } = useTranslation('operator');
  const { callId } = useCall();
  const { send, refused, forget } = useCommand();
  return (
    <div className={styles['hold']}>
      <p className={styles['label']}>{t('hold.nameFirst')}</p>
      <TimeChoices offers={offersOf(times)} onName={(promisedMs) => void send('hold.name', { callId, promisedMs })} />
      <Refusal refused={refused} onClose={forget} />
    </div>
  );
}

/** A time is named and nobody waits yet. Where it was the wrong one, or the answer turned up, it is taken back. */
function Named({ isAsking }: { readonly isAsking: boolean }) {
  const { t } = useTranslation('operator');
  const { callId, hold } = useCall();
  const { send, busy, refused, forget } = useCommand();
  const wording = useWording();
  const time = wording.spoken(hold?.promisedMs ?? 0);
  return (
    <>
      <p className={styles['note']}>
        {t(isAsking ? 'hold.named' : 'hold.namedNotHeld', { time })}{' '}
        <Button kind="quiet" disabled={busy} onClick={() => void send('hold.withdraw', { callId })}>
          {t(isAsking ? 'hold.renamed' : 'hold.notNeeded')}
        </Button>
      </p>
      <Refusal refused={refused} onClose={forget} />
    </>
  );
}

/** The client has chosen one of the channels: only that one is dictated. */
function chosenPoint({ asks, fields }: StepView): readonly string[] | undefined {
  const values = fields.map((field) => field.value);
  const found = asks?.contactPoints?.filter((id) => values.includes(id)) ?? [];
  return found.length > 0 ? found : undefined;
}
