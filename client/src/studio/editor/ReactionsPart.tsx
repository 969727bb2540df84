import { useTranslation } from 'react-i18next';
import { REACTION_FACTS } from '../../../../machines/script/names.ts';
import { isPlain, type Plain } from '../texts.ts';
import { AddButton } from './AddButton.tsx';
import { ConditionField } from './ConditionField.tsx';
import { withKey } from './document.ts';
import { EffectsField } from './EffectsField.tsx';
import { itemActs, ListItem } from './ListItem.tsx';
import { fromRules, neverReached, rulesOf } from './reactions.ts';
import type { PartProps } from './StepForm.tsx';
import { SetField } from './SetField.tsx';
import styles from './StepForm.module.css';
import { TargetField } from './TargetField.tsx';

/** What the script does by itself when something happens on the line: for each event, rules in order. */
export function ReactionsPart({ step, set }: Pick<PartProps, 'step' | 'set'>) {
  const { t } = useTranslation('studio');
  const on: Plain = isPlain(step['on']) ? step['on'] : {};
  const put = (fact: string, rules: readonly Plain[]): void => {
    const next = withKey(on, fact, fromRules(rules));
    set('on', Object.keys(next).length > 0 ? next : undefined);
  };
  const free = REACTION_FACTS.filter((fact) => on[fact] === undefined);
  return (
    <fieldset>
      <legend>{t('reaction.title')}</legend>
      {Object.entries(on).map(([fact, value]) => (
        <Rules key={fact} fact={fact} rules={rulesOf(value)} onChange={(rules) => put(fact, rules)} />
      ))}
      <select
        aria-label={t('reaction.add')}
        value=""
        onChange={(event) => event.currentTarget.value && put(event.currentTarget.value, [{ to: 'stay' }])}
      >
        <option value="">{t('reaction.add')}</option>
        {free.map((fact) => (
          <option key={fact} value={fact}>
            {t(`fact.${fact}`)}
          </option>
        ))}
      </select>
    </fieldset>
  );
}

interface RulesProps {
  readonly fact: string;
  readonly rules: readonly Plain[];
  readonly onChange: (rules: readonly Plain[]) => void;
}
function Rules({ fact, rules, onChange }: RulesProps) {
  const { t } = useTranslation('studio');
  const vain = neverReached(rules);
  return (
    <div role="group" aria-label={t(`fact.${fact}`)} className={styles['rules']}>
      {rules.map((rule, index) => {
        const acts = itemActs(rules, index, onChange);
        const key = (name: string) => (value: unknown) => acts.change(withKey(rule, name, value));
        return (
          // Rules have no names; their order is what they are.
          // oxlint-disable-next-line react/no-array-index-key
          <ListItem key={index} acts={acts}>
            <TargetField
              label={index === 0 ? t(`fact.${fact}`) : t('reaction.next', { fact: t(`fact.${fact}`) })}
              value={rule}
              onChange={acts.change}
            />
            <ConditionField label={t('reaction.when')} value={rule['when']} onChange={key('when')} />
            <EffectsField value={rule['effects']} onChange={key('effects')} />
            <SetField value={rule['set']} onChange={key('set')} />
          </ListItem>
        );
      })}
      <AddButton onAdd={() => onChange([...rules, { to: 'stay' }])}>
        {t('reaction.another', { fact: t(`fact.${fact}`) })}
      </AddButton>
      {vain > 0 && <p className={styles['quiet']}>{t('reaction.vain', { count: vain })}</p>}
    </div>
  );
}
