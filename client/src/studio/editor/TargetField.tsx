import { useTranslation } from 'react-i18next';
import type { StudioView } from '../../../../server/contract/studio.ts';
import { useTopic } from '../../shared/realtime/context.ts';
import { useDesk } from '../studioContext.ts';
import { withKey } from './document.ts';
import { isPlain, str, titleOf, type Plain } from '../texts.ts';

interface Props {
  readonly label: string;
  /** Holds `to` or `call`. */
  readonly value: Plain;
  readonly onChange: (next: Plain) => void;
}

/** Where it leads: a step, aside to a step or another script and back, back to where one was called from, nowhere. */
export function TargetField({ label, value, onChange }: Props) {
  const { t } = useTranslation('studio');
  const { open } = useDesk();
  const scripts = useTopic<StudioView>('studio')?.scripts ?? [];
  const call = isPlain(value['call']) ? value['call'] : undefined;
  const present = call
    ? `call:${str(call['step']) ? `step:${str(call['step'])}` : `script:${str(call['script'])}`}`
    : `to:${str(value['to'])}`;
  const put = (chosen: string): void => {
    if (chosen.startsWith('to:')) return onChange(withKey(withKey(value, 'call', undefined), 'to', chosen.slice(3)));
    const [, kind = 'step', id = ''] = chosen.split(':');
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
