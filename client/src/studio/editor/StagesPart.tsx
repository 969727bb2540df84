import { IconX } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../studioContext.ts';
import { strings, titleOf } from '../texts.ts';
import { AddButton } from './AddButton.tsx';
import { stepOf } from './document.ts';
import { Fold } from './Fold.tsx';
import { itemActs, ListItem } from './ListItem.tsx';
import type { PartProps } from './StepForm.tsx';
import { StepSelect } from './StepSelect.tsx';
import styles from './StepForm.module.css';

/** The stages of the conversation in order, as the operator counts them: «шаг 3 из 6». A stage is one or several steps. */
export function StagesPart({ step: head, set }: Pick<PartProps, 'step' | 'set'>) {
  const { t } = useTranslation('studio');
  const { script } = useDesk().open;
  const stages = Array.isArray(head['mainPath']) ? head['mainPath'].map(stepsOf) : [];
  const put = (next: readonly (readonly string[])[]): void => {
    // In the shortest form: a stage of one step is the step.
    const written = next.filter((steps) => steps.length > 0).map((steps) => (steps.length === 1 ? steps[0] : steps));
    set('mainPath', written.length > 0 ? written : undefined);
  };
  const title = (id: string): string => titleOf(stepOf(script, id), id);
  const words = stages.map(([first = '']) => title(first)).join(' → ');
  const spare = script.steps.find(({ id }) => !stages.flat().includes(id))?.id;
  return (
    <Fold label={t('stages.title')} words={words || t('stages.none')}>
      {stages.map((steps, index) => {
        const acts = itemActs(stages, index, put);
        return (
          // Stages have no names; their order is what they are.
          // oxlint-disable-next-line react/no-array-index-key
          <ListItem key={index} acts={acts}>
            <ul className={styles['chips']} aria-label={t('stages.one', { number: index + 1 })}>
              {steps.map((id) => (
                <li key={id}>
                  {title(id)}
                  <button
                    type="button"
                    aria-label={t('stages.takeOut', { title: title(id) })}
                    onClick={() => acts.change(steps.filter((each) => each !== id))}
                  >
                    <IconX size={12} />
                  </button>
                </li>
              ))}
            </ul>
            <StepSelect
              label={t('stages.put')}
              value=""
              none=""
              onChange={(id) => id !== '' && !steps.includes(id) && acts.change([...steps, id])}
            />
          </ListItem>
        );
      })}
      {spare !== undefined && <AddButton onAdd={() => put([...stages, [spare]])}>{t('stages.add')}</AddButton>}
    </Fold>
  );
}
const stepsOf = (stage: unknown): readonly string[] => (typeof stage === 'string' ? [stage] : strings(stage));
