import { useTranslation } from 'react-i18next';
import { useDesk } from '../studioContext.ts';
import { titleOf } from '../texts.ts';
import { stepOf } from './document.ts';
import { LazySelect } from './LazySelect.tsx';

interface Props {
  readonly label: string;
  /** Id of a step, or '' for none. */
  readonly value: string;
  /** Words of none; absent where there has to be one. */
  readonly none?: string;
  readonly onChange: (stepId: string) => void;
}

/** One of the steps of the script. */
export function StepSelect({ label, value, none, onChange }: Props) {
  const { t } = useTranslation('studio');
  const { script } = useDesk().open;
  const step = stepOf(script, value);
  const isUnknown = value !== '' && !step;
  const words = isUnknown ? t('target.unknown', { id: value }) : value === '' ? (none ?? '') : titleOf(step, value);
  return (
    <LazySelect
      label={label}
      value={value}
      words={words}
      onChange={onChange}
      renderRest={() => (
        <>
          {isUnknown && <option value={value}>{words}</option>}
          {none !== undefined && <option value="">{none}</option>}
          {script.steps.map((each) => (
            <option key={each.id} value={each.id}>
              {titleOf(each, each.id)}
            </option>
          ))}
        </>
      )}
    />
  );
}
