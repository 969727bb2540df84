import { useTranslation } from 'react-i18next';
import type { StudioView } from '../../../../server/contract/studio.ts';
import { useTopic } from '../../shared/realtime/context.ts';
import { useDesk } from '../studioContext.ts';
import { freeId, stepOf, withKey } from './document.ts';
import { LazySelect } from './LazySelect.tsx';
import { StepSelect } from './StepSelect.tsx';
import { anyText, isPlain, str, titleOf, type Plain } from '../texts.ts';

interface Props {
  readonly label: string;
  /** Holds `to` or `call`. */
  readonly value: Plain;
  readonly onChange: (next: Plain) => void;
}

/** Where it leads: a step, aside to a step or another script and back, back to where one was called from, nowhere. */
export function TargetField({ label, value, onChange }: Props) {
  const { t } = useTranslation('studio');
  const { open, session, chosen } = useDesk();
  const { steps } = open.script;
  const scripts = useTopic<StudioView>('studio')?.scripts ?? [];
  const call = isPlain(value['call']) ? value['call'] : undefined;
  const [kind, id] = targetOf(value, call);
  const present = `${kind}:${id}`;
  const isPlainTarget = kind === 'to' && (id === 'stay' || id === 'return');
  /** A step that is not there yet, after the chosen one, named as the button that leads to it. */
  const add = (): void => {
    const fresh = freeId(
      'step',
      steps.map((step) => step.id),
    );
    const title = anyText(value['label']) || t('step.new');
    session.edit({ op: 'addStep', step: { id: fresh, kind: 'note', title }, after: chosen ?? null });
    lead(`to:${fresh}`);
  };
  const lead = (target: string): void => {
    const [way = 'to', next = ''] = target.split(':');
    if (way === 'to') return onChange(withKey(withKey(value, 'call', undefined), 'to', next));
    const back = call?.['returnTo'] === undefined ? {} : { returnTo: call['returnTo'] };
    onChange(withKey(withKey(value, 'to', undefined), 'call', { [way]: next, ...back }));
  };
  const words = ((): string => {
    if (kind === 'script')
      return t('target.andBack', { title: scripts.find(({ scriptId }) => scriptId === id)?.title ?? id });
    const step = stepOf(open.script, id);
    const title = step ? titleOf(step, id) : t('target.unknown', { id });
    return kind === 'step' ? t('target.andBack', { title }) : title;
  })();
  return (
    <>
      <LazySelect
        label={label}
        value={present}
        words={words}
        onChange={(target) => (target === 'new' ? add() : lead(target))}
        first={
          <>
            <option value="to:stay">{t('target.stay')}</option>
            <option value="to:return">{t('target.return')}</option>
            <option value="new">{t('target.new')}</option>
          </>
        }
        renderRest={() => (
          <>
            {kind !== 'script' && !isPlainTarget && !stepOf(open.script, id) && (
              <option value={present}>{words}</option>
            )}
            <optgroup label={t('target.step')}>
              {steps.map((step) => (
                <option key={step.id} value={`to:${step.id}`}>
                  {titleOf(step, step.id)}
                </option>
              ))}
            </optgroup>
            <optgroup label={t('target.aside')}>
              {steps.map((step) => (
                <option key={step.id} value={`step:${step.id}`}>
                  {t('target.andBack', { title: titleOf(step, step.id) })}
                </option>
              ))}
            </optgroup>
            <optgroup label={t('target.script')}>
              {scripts
                .filter(({ scriptId }) => scriptId !== open.script.id)
                .map(({ scriptId, title }) => (
                  <option key={scriptId} value={`script:${scriptId}`}>
                    {t('target.andBack', { title })}
                  </option>
                ))}
            </optgroup>
          </>
        )}
      />
      {call && (
        <StepSelect
          label={t('target.returnTo')}
          value={str(call['returnTo'])}
          none={t('target.returnHere')}
          onChange={(step) => onChange({ ...value, call: withKey(call, 'returnTo', step || undefined) })}
        />
      )}
    </>
  );
}

/** `to`, `step` (aside to one of this script) or `script`, and the id. */
function targetOf(value: Plain, call: Plain | undefined): readonly [kind: 'to' | 'step' | 'script', id: string] {
  if (!call) return ['to', str(value['to']) || 'stay'];
  return call['step'] === undefined ? ['script', str(call['script'])] : ['step', str(call['step'])];
}
