import { useId, type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes } from 'react';
import styles from './TextField.module.css';

interface Shared {
  /** Absent when `aria-label` names the field. */
  readonly label?: ReactNode;
  readonly description?: ReactNode;
  /** What is wrong with the value; read out when it appears. */
  readonly error?: ReactNode;
}
type Own = keyof Shared | 'className';

export interface TextFieldProps extends Shared, Omit<InputHTMLAttributes<HTMLInputElement>, Own> {
  readonly ref?: Ref<HTMLInputElement>;
  readonly icon?: ReactNode;
  /** At the right edge: a key, a unit. */
  readonly after?: ReactNode;
  readonly small?: boolean;
}

/** A line of text with its label, what it is for, and what is wrong with it. */
export function TextField({ label, description, error, icon, after, small, id, ...input }: TextFieldProps) {
  const ids = useFieldIds(id, description, error);
  return (
    <Frame ids={ids} label={label} description={description} error={error}>
      <span className={styles['box']}>
        {icon !== undefined && <span className={styles['icon']}>{icon}</span>}
        <input
          type="text"
          {...input}
          {...ids.input}
          className={styles['input']}
          data-icon={icon !== undefined || undefined}
          data-after={after !== undefined || undefined}
          data-small={small || undefined}
        />
        {after !== undefined && <span className={styles['after']}>{after}</span>}
      </span>
    </Frame>
  );
}

export interface TextAreaProps extends Shared, Omit<TextareaHTMLAttributes<HTMLTextAreaElement>, Own> {
  readonly ref?: Ref<HTMLTextAreaElement>;
}

/** Several lines of text. */
export function TextArea({ label, description, error, id, ...area }: TextAreaProps) {
  const ids = useFieldIds(id, description, error);
  return (
    <Frame ids={ids} label={label} description={description} error={error}>
      <textarea {...area} {...ids.input} className={styles['input']} />
    </Frame>
  );
}

interface FieldIds {
  readonly input: {
    readonly id: string;
    readonly 'aria-invalid': true | undefined;
    readonly 'aria-describedby': string | undefined;
  };
  readonly description: string;
  readonly error: string;
}

function useFieldIds(given: string | undefined, description: ReactNode, error: ReactNode): FieldIds {
  const made = useId();
  const id = given ?? made;
  const ids = { description: `${id}/what`, error: `${id}/problem` };
  const told = [description && ids.description, error && ids.error].filter(Boolean).join(' ');
  return {
    ...ids,
    input: { id, 'aria-invalid': error ? true : undefined, 'aria-describedby': told === '' ? undefined : told },
  };
}

interface FrameProps extends Shared {
  readonly ids: FieldIds;
  readonly children: ReactNode;
}

function Frame({ ids, label, description, error, children }: FrameProps) {
  return (
    <div className={styles['field']}>
      {label !== undefined && (
        <label htmlFor={ids.input.id} className={styles['label']}>
          {label}
        </label>
      )}
      {description !== undefined && (
        <p id={ids.description} className={styles['description']}>
          {description}
        </p>
      )}
      {children}
      {error !== undefined && (
        <p id={ids.error} className={styles['error']} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
