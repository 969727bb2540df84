import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { flushSync } from 'react-dom';
import { ABOUT } from '../../../../machines/script/about.ts';
import { CONTACT_PARTS, DEADLINE_RULES } from '../../../../machines/script/names.ts';
import { VARIABLE_NAMES, VARIABLES } from '../../../../machines/script/variables.ts';
import { useSaid } from '../../shared/i18n/said.ts';
import { useSiteLists } from '../siteLists.ts';
import styles from './StepForm.module.css';
import { useFields } from './subjects.ts';

const TEXT_NAMES = VARIABLE_NAMES.filter((name) => VARIABLES[name].use !== 'condition');

/** What a call fills in, by what it means: nobody has to know how it is written. */
export function InsertField({ onInsert }: { readonly onInsert: (name: string) => void }) {
  const { t } = useTranslation('studio');
  const [isNear, setNear] = useState(false);
  const fill = (): void => {
    if (!isNear) flushSync(() => setNear(true));
  };
  return (
    <select
      aria-label={t('step.insert')}
      className={styles['insert']}
      value=""
      onPointerDown={fill}
      onFocus={fill}
      onChange={({ currentTarget }) => currentTarget.value && onInsert(currentTarget.value)}
    >
      <option value="">{t('step.insert')}</option>
      {isNear && <Insertable />}
    </select>
  );
}

function Insertable() {
  const { t } = useTranslation('studio');
  const said = useSaid();
  const fields = useFields();
  const { contactPoints } = useSiteLists();
  return (
    <>
      {TEXT_NAMES.map((name) => (
        <option key={name} value={name}>
          {said(ABOUT[name])}: {VARIABLES[name].example}
        </option>
      ))}
      {[...fields].map(([field, { label }]) => (
        <option key={field} value={`field.${field}`}>
          «{label}»
        </option>
      ))}
      {DEADLINE_RULES.map((rule) => (
        <option key={rule} value={`deadline.${rule}`}>
          {t('step.insertTerm')}: {t(`callback.rules.${rule}`)}
        </option>
      ))}
      {[...contactPoints].map(([id, title]) => (
        <optgroup key={id} label={title}>
          {CONTACT_PARTS.map((part) => (
            <option key={part} value={`contact.${id}.${part}`}>
              {title}: {t(`contactPart.${part}`)}
            </option>
          ))}
        </optgroup>
      ))}
    </>
  );
}
