import { useEffect, useId } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChoiceView, FieldValue, FieldView, StepView } from '../../../../machines/script/view.ts';
import type { WalkEvent, WalkView } from '../../../../server/contract/studio.ts';
import { useErrorWords } from '../i18n/errors.ts';
import { Button } from '../ui/Button.tsx';
import { Key } from '../ui/Key.tsx';
import styles from './WalkStage.module.css';

interface Props {
  readonly walk: WalkView;
  readonly onEvent: (event: WalkEvent) => void;
  /** Facts of the line that can be made to happen here. */
  readonly facts: readonly string[];
}

/** A conversation without a telephone: the line to say, the questions, the choices, and what happens on the line. */
export function WalkStage({ walk, onEvent, facts }: Props) {
  const { t } = useTranslation('walk');
  const words = useErrorWords();
  const { view, refused } = walk;
  useKeys(view, onEvent);
  const choose = ({ id, enabled }: ChoiceView): void => {
    if (enabled) onEvent({ type: 'choose', choiceId: id });
  };
  return (
    <section className={styles['stage']} aria-label={view.title}>
      <h2>{view.title}</h2>
      <div aria-live="polite">
        {view.lines.map((line, index) => (
          <p key={line} className={index === 0 ? styles['line'] : styles['other']}>
            «{line}»
          </p>
        ))}
        {view.lines.length === 0 && <p className={styles['quiet']}>{t('silent')}</p>}
      </div>
      {view.hints.map((hint) => (
        <p key={hint} className={styles['hint']}>
          {hint}
        </p>
      ))}
      {view.fields.map((field) => (
        <Field
          key={`${view.stepId} ${field.id}`}
          field={field}
          onAnswer={(value) => onEvent({ type: 'answer', fieldId: field.id, value })}
        />
      ))}
      {refused && (
        <p role="alert" className={styles['refused']}>
          {refused.message || words(refused.code)}
        </p>
      )}
      {view.ended ? (
        <Ended view={view} />
      ) : (
        <ol className={styles['choices']}>
          {view.choices.map((choice) => (
            <li key={choice.id}>
              <button type="button" disabled={!choice.enabled} title={choice.whyNot} onClick={() => choose(choice)}>
                <Key>{choice.key}</Key> <span>{choice.label}</span>
                {choice.whyNot !== undefined && <small>{choice.whyNot}</small>}
              </button>
            </li>
          ))}
        </ol>
      )}
      <footer className={styles['foot']}>
        {view.canGoBack && (
          <Button kind="quiet" onClick={() => onEvent({ type: 'back' })}>
            {t('back')}
          </Button>
        )}
        {!view.ended && facts.length > 0 && (
          <span className={styles['facts']} role="group" aria-label={t('facts')}>
            {facts.map((name) => (
              <Button key={name} kind="quiet" onClick={() => onEvent({ type: 'fact', name })}>
                {t(`fact.${name}`)}
              </Button>
            ))}
          </span>
        )}
      </footer>
    </section>
  );
}

function Ended({ view }: { readonly view: StepView }) {
  const { t } = useTranslation('walk');
  const { ended, next } = view;
  return (
    <div className={styles['ended']}>
      <strong>
        {t(ended?.satisfied === true ? 'satisfied' : ended?.satisfied === false ? 'unsatisfied' : 'none')}
      </strong>
      {ended?.because !== undefined && <p>{ended.because}</p>}
      {next && <p>{[next.what, next.by, next.who].filter(Boolean).join(', ')}</p>}
    </div>
  );
}

/** What was typed is said when the cursor leaves; a choice at once. */
function Field({ field, onAnswer }: { readonly field: FieldView; readonly onAnswer: (value: FieldAnswer) => void }) {
  const { t } = useTranslation('walk');
  const id = useId();
  const { type, value, options = [] } = field;
  if (type === 'checklist') {
    const chosen: readonly string[] = Array.isArray(value) ? value : [];
    return (
      <fieldset className={styles['field']}>
        <legend>{field.label}</legend>
        {options.map((option) => (
          <label key={option.value}>
            <input
              type="checkbox"
              checked={chosen.includes(option.value)}
              onChange={({ currentTarget }) =>
                onAnswer(
                  currentTarget.checked ? [...chosen, option.value] : chosen.filter((each) => each !== option.value),
                )
              }
            />
            {option.label}
          </label>
        ))}
      </fieldset>
    );
  }
  return (
    <div className={styles['field']}>
      <label htmlFor={id}>
        {field.label}
        {field.required && ` (${t('required')})`}
      </label>
      {type === 'choice' ? (
        <select
          id={id}
          value={typeof value === 'string' ? value : ''}
          onChange={({ currentTarget }) => onAnswer(currentTarget.value || null)}
        >
          <option value="" />
          {options.map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      ) : (
        <input
          id={id}
          type={type === 'date' ? 'date' : type === 'number' ? 'number' : 'text'}
          defaultValue={shownOf(value)}
          onBlur={({ currentTarget }) => {
            const typed = currentTarget.value.trim();
            if (typed !== shownOf(value)) onAnswer(typed === '' ? null : type === 'number' ? Number(typed) : typed);
          }}
        />
      )}
      {field.problem !== undefined && (
        <p role="alert" className={styles['refused']}>
          {field.problem}
        </p>
      )}
    </div>
  );
}
type FieldAnswer = string | number | boolean | string[] | null;
const shownOf = (value: FieldValue | undefined): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

/** Number keys choose, Backspace goes back: as on the panel, and never while typing. */
function useKeys(view: StepView, onEvent: (event: WalkEvent) => void): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      const { target } = event;
      if (target instanceof HTMLElement && target.matches('input, textarea, select')) return;
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const choice = view.choices.find(({ key, enabled }) => enabled && key === event.key);
      if (choice && !view.ended) onEvent({ type: 'choose', choiceId: choice.id });
      else if (event.key === 'Backspace' && view.canGoBack) onEvent({ type: 'back' });
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [view, onEvent]);
}
