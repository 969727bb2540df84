import { IconX } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { slugOf } from '../ids.ts';
import { useSiteLists } from '../siteLists.ts';
import { useDesk } from '../studioContext.ts';
import { isPlain, type Plain } from '../texts.ts';
import { ConditionValue } from './ConditionValue.tsx';
import { withKey } from './document.ts';
import { Fold } from './Fold.tsx';
import styles from './StepForm.module.css';
import { setWords, subjectInfo } from './subjects.ts';

interface Props {
  /** `set` of a button or a rule: field → value. */
  readonly value: unknown;
  readonly onChange: (set: Plain | undefined) => void;
}

/** What a button or a rule writes down by itself: into an answer, or as a mark of its own that conditions can ask for. */
export function SetField({ value, onChange }: Props) {
  const { t } = useTranslation('studio');
  const { fields } = useDesk();
  const lists = useSiteLists();
  const set = isPlain(value) ? value : {};
  const put = (next: Plain): void => onChange(Object.keys(next).length > 0 ? next : undefined);
  return (
    <Fold
      label={t('set.title')}
      words={setWords(set, fields, (key, values = {}) => t(key, values)) || t('set.nothing')}
    >
      {Object.entries(set).map(([field, given]) => {
        const info = subjectInfo(`field:${field}`, fields, String, lists);
        const type = typeof given === 'boolean' ? 'boolean' : info.type;
        return (
          <div key={field} role="group" aria-label={fields.get(field)?.label ?? field} className={styles['setRow']}>
            <span>
              {fields.get(field)?.label ?? field} <small>{field}</small>
            </span>
            <ConditionValue
              test={{ subject: `field:${field}`, operator: 'is', value: given }}
              info={{ ...info, type }}
              onChange={(next) => put({ ...set, [field]: next })}
            />
            <button type="button" aria-label={t('remove')} onClick={() => put(withKey(set, field, undefined))}>
              <IconX size={14} />
            </button>
          </div>
        );
      })}
      <NewField
        taken={Object.keys(set)}
        onAdd={(field) => {
          const info = fields.get(field);
          const [first] = info?.options.keys() ?? [];
          const isMark = !info || info.type === 'boolean';
          put({ ...set, [field]: isMark ? true : info.type === 'number' ? 0 : (first ?? '') });
        }}
      />
    </Fold>
  );
}

interface NewFieldProps {
  readonly taken: readonly string[];
  readonly onAdd: (field: string) => void;
}
/** An answer of the script, or a mark that is named here. */
function NewField({ taken, onAdd }: NewFieldProps) {
  const { t } = useTranslation('studio');
  const { fields } = useDesk();
  const [mark, setMark] = useState<string>();
  const add = (): void => {
    const field = slugOf(mark ?? '');
    if (field !== '') onAdd(field);
    setMark(undefined);
  };
  if (mark !== undefined)
    return (
      <label>
        {t('set.mark')}
        <input
          type="text"
          // Whoever chose to name a mark goes on writing its name.
          // oxlint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          maxLength={50}
          value={mark}
          placeholder={t('set.markExample')}
          onChange={(event) => setMark(event.currentTarget.value)}
          onBlur={add}
          onKeyDown={(event) => {
            if (event.key === 'Enter') add();
            if (event.key === 'Escape') setMark(undefined);
          }}
        />
      </label>
    );
  return (
    <select
      aria-label={t('set.add')}
      value=""
      onChange={({ currentTarget: { value } }) => (value === 'new:' ? setMark('') : value !== '' && onAdd(value))}
    >
      <option value="">{t('set.add')}</option>
      <option value="new:">{t('set.new')}</option>
      <optgroup label={t('condition.answers')}>
        {[...fields]
          .filter(([field]) => !taken.includes(field))
          .map(([field, { label }]) => (
            <option key={field} value={field}>
              {label}
            </option>
          ))}
      </optgroup>
    </select>
  );
}
