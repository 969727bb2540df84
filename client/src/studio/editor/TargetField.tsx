import { useTranslation } from 'react-i18next';
import type { StudioView } from '../../../../server/contract/studio.ts';
import { useTopic } from '../../shared/realtime/context.ts';
import { useDesk } from '../studioContext.ts';
import { freeId, withKey } from './document.ts';
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
  const scripts = useTopic<StudioView>('studio')?.scripts ?? [];
  const call = isPlain(value['call']) ? value['call'] : undefined;
  const present = call
    ? `call:${str(call['step']) ? `step:${str(call['step'])}` : `script:${str(call['script'])}`}`
    : `to:${str(value['to'])}`;
  /** A step that is not there yet, after the chosen one, named as the button that leads to it. */
  const put = (target: string): void => {
    if (target !== 'new') return lead(target);
    const id = freeId(
      'step',
      open.script.steps.map((step) => step.id),
    );
    const title = anyText(value['label']) || t('step.new');
    session.edit({ op: 'addStep', step: { id, kind: 'note', title }, after: chosen ?? null });
    lead(`to:${id}`);
  };
  const lead = (target: string): void => {
    if (target.startsWith('to:')) return onChange(withKey(withKey(value, 'call', undefined), 'to', target.slice(3)));
    const [, kind = 'step', id = ''] = target.split(':');
    const back = call?.['returnTo'] === undefined ? {} : { returnTo: call['returnTo'] };
    onChange(withKey(withKey(value, 'to', undefined), 'call', { [kind]: id, ...back }));
  };
  const steps = open.script.steps.map((step) => ({ id: step.id, title: titleOf(step, step.id) }));
  const known = present.startsWith('to:')
    ? steps.some(({ id }) => `to:${id}` === present) || /^to:(stay|return)$/.test(present)
    : true;
  return (
    <label>
      {label}
      <select value={present} onChange={(event) => put(event.currentTarget.value)}>
        {!known && <option value={present}>{t('target.unknown', { id: present.slice(3) })}</option>}
        <option value="to:stay">{t('target.stay')}</option>
        <option value="to:return">{t('target.return')}</option>
        <option value="new">{t('target.new')}</option>
        <optgroup label={t('target.step')}>
          {steps.map(({ id, title }) => (
            <option key={id} value={`to:${id}`}>
              {title}
            </option>
          ))}
        </optgroup>
        <optgroup label={t('target.aside')}>
          {steps.map(({ id, title }) => (
            <option key={id} value={`call:step:${id}`}>
              {t('target.andBack', { title })}
            </option>
          ))}
        </optgroup>
        <optgroup label={t('target.script')}>
          {scripts
            .filter(({ scriptId }) => scriptId !== open.script.id)
            .map(({ scriptId, title }) => (
              <option key={scriptId} value={`call:script:${scriptId}`}>
                {t('target.andBack', { title })}
              </option>
            ))}
        </optgroup>
      </select>
    </label>
  );
}
