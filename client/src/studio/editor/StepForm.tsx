import { IconArrowDown, IconArrowUp, IconClipboardCopy, IconCopy, IconTrash } from '@tabler/icons-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { STEP_KINDS } from '../../../../machines/script/view.ts';
import type { LooseStep } from '../../../../server/contract/studio.ts';
import { ChoicesPart } from './ChoicesPart.tsx';
import { takeStep } from './clipboard.ts';
import { freeId, withKey } from './document.ts';
import { LanguageSwitch } from './LanguageSwitch.tsx';
import { LocalField } from './LocalField.tsx';
import { WordedPart } from './WordedPart.tsx';
import { EndPart, LimitPart } from './MoreParts.tsx';
import { QuestionsPart } from './QuestionsPart.tsx';
import { ReactionsPart } from './ReactionsPart.tsx';
import styles from './StepForm.module.css';
import { StepMore } from './StepMore.tsx';
import { useDesk } from '../studioContext.ts';
import type { TextLanguage } from '../texts.ts';

const TrialPart = lazy(() => import('../trial/TrialPart.tsx'));

export interface PartProps {
  readonly step: LooseStep;
  readonly language: TextLanguage;
  readonly set: (key: string, value: unknown) => void;
}

/** Everything of one step. Each change is an edit at once; nothing has to be saved. */
export function StepForm({ step }: { readonly step: LooseStep }) {
  const { t } = useTranslation('studio');
  const { languages, setStep, fresh } = useDesk();
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    // Whoever added the step names it first.
    if (step.id === fresh) form.current?.querySelector<HTMLInputElement>('input[type=text]')?.select();
    // Once, when the form comes.
    // oxlint-disable-next-line react/exhaustive-deps
  }, []);
  const [language, setLanguage] = useState<TextLanguage>(languages[0] ?? 'ru');
  const set = (key: string, value: unknown): void => setStep(withKey(step, key, value));
  const part = { step, language, set };
  return (
    <form ref={form} id="step-form" className={styles['stepForm']} onSubmit={(event) => event.preventDefault()}>
      <div className={styles['row']}>
        <span className={styles['space']} />
        <LanguageSwitch value={language} onChange={setLanguage} />
        <Acts step={step} />
      </div>
      <div className={styles['pair']}>
        <LocalField
          label={t('step.title')}
          value={step['title']}
          language={language}
          onChange={(value) => set('title', value)}
        />
        <label>
          {t('step.kind')}
          <select value={String(step['kind'])} onChange={(event) => set('kind', event.currentTarget.value)}>
            {STEP_KINDS.map((kind) => (
              <option key={kind} value={kind}>
                {t(`kind.${kind}`)}
              </option>
            ))}
          </select>
        </label>
      </div>
      <WordedPart {...part} name="say" />
      <Suspense fallback={null}>
        <TrialPart {...part} />
      </Suspense>
      <WordedPart {...part} name="hints" />
      <QuestionsPart {...part} />
      <ChoicesPart {...part} />
      <ReactionsPart {...part} />
      <LimitPart {...part} />
      <EndPart {...part} />
      <StepMore {...part} />
    </form>
  );
}

function Acts({ step }: { readonly step: LooseStep }) {
  const { t } = useTranslation('studio');
  const { session, open, choose } = useDesk();
  const { steps } = open.script;
  const index = steps.findIndex(({ id }) => id === step.id);
  const move = (to: number): void => {
    const rest = steps.filter(({ id }) => id !== step.id);
    session.edit({ op: 'moveStep', stepId: step.id, after: rest[to - 1]?.id ?? null });
  };
  const copy = (): void => {
    const id = freeId(
      step.id.replace(/-\d+$/, ''),
      steps.map((each) => each.id),
    );
    session.edit({ op: 'addStep', step: { ...step, id }, after: step.id });
    choose(id);
  };
  const remove = (): void => {
    session.edit({ op: 'removeStep', stepId: step.id });
    choose(steps[index + 1]?.id ?? steps[index - 1]?.id);
  };
  return (
    <span className={styles['acts']}>
      <button
        type="button"
        aria-label={t('step.up')}
        title={t('step.up')}
        disabled={index <= 0}
        onClick={() => move(index - 1)}
      >
        <IconArrowUp size={16} />
      </button>
      <button
        type="button"
        aria-label={t('step.down')}
        title={t('step.down')}
        disabled={index >= steps.length - 1}
        onClick={() => move(index + 1)}
      >
        <IconArrowDown size={16} />
      </button>
      <button type="button" aria-label={t('step.copy')} title={t('step.copy')} onClick={copy}>
        <IconCopy size={16} />
      </button>
      <button type="button" aria-label={t('step.take')} title={t('step.take')} onClick={() => takeStep(step)}>
        <IconClipboardCopy size={16} />
      </button>
      <button type="button" aria-label={t('step.remove')} title={t('step.remove')} onClick={remove}>
        <IconTrash size={16} />
      </button>
    </span>
  );
}
