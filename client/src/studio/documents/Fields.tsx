import { useContext, useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSaid } from '../../shared/i18n/said.ts';
import { withKey } from '../editor/document.ts';
import { isPlain, str, strings, textIn, withText, type Plain } from '../texts.ts';
import styles from './Fields.module.css';
import { DaysField } from './DaysField.tsx';
import { FormContext, isUnder, type OneProps, type Path } from './formTools.ts';
import { ListField } from './ListField.tsx';
import type { Field } from './shapes.ts';
import { WeekField } from './WeekField.tsx';

/** All fields of one record; each change is the whole record anew. */
export function Fields(props: {
  readonly fields: readonly Field[];
  readonly value: Plain;
  readonly path: Path;
  readonly onChange: (next: Plain) => void;
}) {
  return props.fields.map((field) => (
    <One
      key={field.key}
      field={field}
      value={props.value[field.key]}
      path={[...props.path, field.key]}
      onChange={(next) => props.onChange(withKey(props.value, field.key, next))}
    />
  ));
}

function One({ field, value, path, onChange }: OneProps) {
  if (field.as === 'list')
    return (
      <ListField field={field} value={value} path={path} onChange={onChange}>
        {(record, place, put) => <Fields fields={field.fields} value={record} path={place} onChange={put} />}
      </ListField>
    );
  if (field.as === 'part')
    return (
      <Group name={field.key} path={path}>
        <Fields fields={field.fields} value={isPlain(value) ? value : {}} path={path} onChange={onChange} />
      </Group>
    );
  if (field.as === 'week')
    return (
      <Group name={field.key} path={path}>
        <WeekField value={isPlain(value) ? value : {}} onChange={onChange} />
      </Group>
    );
  if (field.as === 'local') return <LocalPair field={field} value={value} path={path} onChange={onChange} />;
  if (field.as === 'some') return <Some field={field} value={value} path={path} onChange={onChange} />;
  if (field.as === 'flag') return <Flag field={field} value={value} path={path} onChange={onChange} />;
  return <Simple field={field} value={value} path={path} onChange={onChange} />;
}

function Simple({ field, value, path, onChange }: OneProps) {
  const id = useId();
  const kept = field.optional === true ? undefined : '';
  const text = (next: string): void => onChange(next === '' ? kept : next);
  const shared = { id, 'data-key': field.key };
  const input = ((): ReactNode => {
    switch (field.as) {
      case 'long':
        return <textarea {...shared} rows={2} value={str(value)} onChange={(e) => text(e.currentTarget.value)} />;
      case 'days':
        return <DaysField id={id} value={strings(value)} onChange={onChange} />;
      case 'lines':
        return <Lines id={id} name={field.key} value={strings(value)} optional={field.optional} onChange={onChange} />;
      case 'number':
        return (
          <input
            {...shared}
            type="number"
            value={typeof value === 'number' ? value : ''}
            onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? kept : currentTarget.valueAsNumber)}
          />
        );
      case 'day':
        return <input {...shared} type="date" value={str(value)} onChange={(e) => text(e.currentTarget.value)} />;
      case 'verdict':
      case 'one':
        return <Pick {...shared} field={field} value={value} onChange={onChange} />;
      default:
        return <input {...shared} type="text" value={str(value)} onChange={(e) => text(e.currentTarget.value)} />;
    }
  })();
  return (
    <Labelled id={id} name={field.key} path={path}>
      {input}
    </Labelled>
  );
}

/** One of a list; a value that the list has lost stays to be seen. */
function Pick({ field, value, onChange, id }: Omit<OneProps, 'path'> & { readonly id: string }) {
  const { t } = useTranslation('documents');
  const options = useOptions(field);
  const present = field.as === 'verdict' ? JSON.stringify(value ?? null) : str(value);
  const known = options.some((option) => option.value === present);
  return (
    <select
      id={id}
      value={present}
      onChange={({ currentTarget }) => {
        const next = currentTarget.value;
        if (field.as === 'verdict') onChange(next === 'null' ? null : next === 'true');
        else onChange(next === '' ? undefined : next);
      }}
    >
      {(field.optional === true || present === '') && <option value="">{t('notSet')}</option>}
      {!known && present !== '' && <option value={present}>{present}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}

function useOptions(field: Field): readonly { readonly value: string; readonly label: string }[] {
  const { t } = useTranslation('documents');
  const { choices } = useContext(FormContext);
  if (field.as === 'verdict')
    return ['true', 'false', 'null'].map((value) => ({ value, label: t(`verdict.${value}`) }));
  if (field.as !== 'one' && field.as !== 'some') return [];
  return typeof field.of === 'string'
    ? choices[field.of]
    : field.of.map((value) => ({ value, label: t(`option.${value}`) }));
}

function Lines(props: {
  readonly id: string;
  readonly name: string;
  readonly value: readonly string[];
  readonly optional: true | undefined;
  readonly onChange: (next: unknown) => void;
}) {
  return (
    <textarea
      id={props.id}
      data-key={props.name}
      rows={Math.max(2, props.value.length)}
      value={props.value.join('\n')}
      onChange={({ currentTarget }) => {
        const lines = currentTarget.value === '' ? [] : currentTarget.value.split('\n');
        props.onChange(lines.length === 0 && props.optional === true ? undefined : lines);
      }}
    />
  );
}

function LocalPair({ field, value, path, onChange }: OneProps) {
  const { t } = useTranslation('documents');
  const id = useId();
  return (
    <div className={styles['pair']}>
      {(['ru', 'en'] as const).map((language) => (
        <Labelled
          key={language}
          id={`${id}-${language}`}
          name={field.key}
          suffix={t(`language.${language}`)}
          path={language === 'ru' ? path : [...path, language]}
        >
          <textarea
            id={`${id}-${language}`}
            data-key={`${field.key}.${language}`}
            rows={1}
            value={textIn(value, language)}
            onChange={({ currentTarget }) => onChange(withText(value, language, currentTarget.value, ['ru', 'en']))}
          />
        </Labelled>
      ))}
    </div>
  );
}

function Flag({ field, value, path, onChange }: OneProps) {
  const { t } = useTranslation('documents');
  return (
    <label className={styles['flag']}>
      <input
        type="checkbox"
        checked={value === true}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      {t(`field.${field.key}`)}
      <Faults path={path} />
    </label>
  );
}

function Some({ field, value, path, onChange }: OneProps) {
  const options = useOptions(field);
  const chosen = strings(value);
  return (
    <Group name={field.key} path={path}>
      <div className={styles['some']}>
        {options.map((option) => (
          <label key={option.value} className={styles['flag']}>
            <input
              type="checkbox"
              checked={chosen.includes(option.value)}
              onChange={({ currentTarget }) =>
                onChange(
                  currentTarget.checked ? [...chosen, option.value] : chosen.filter((each) => each !== option.value),
                )
              }
            />
            {option.label}
          </label>
        ))}
      </div>
    </Group>
  );
}

function Labelled(props: {
  readonly id: string;
  readonly name: string;
  readonly suffix?: string;
  readonly path: Path;
  readonly children: ReactNode;
}) {
  const { t, i18n } = useTranslation('documents');
  const what = `what.${props.name}`;
  return (
    <div className={styles['field']}>
      <label htmlFor={props.id}>
        {t(`field.${props.name}`)}
        {props.suffix !== undefined && `, ${props.suffix}`}
      </label>
      {props.children}
      {i18n.exists(what, { ns: 'documents' }) && props.suffix === undefined && <small>{t(what)}</small>}
      <Faults path={props.path} />
    </div>
  );
}

function Group({ name, path, children }: { readonly name: string; readonly path: Path; readonly children: ReactNode }) {
  const { t } = useTranslation('documents');
  return (
    <fieldset className={styles['group']}>
      <legend>{t(`field.${name}`)}</legend>
      {children}
      <Faults path={path} exact />
    </fieldset>
  );
}

/** `exact`: what is told of parts stands beside the parts. */
function Faults({ path, exact }: { readonly path: Path; readonly exact?: true }) {
  const said = useSaid();
  const { faults } = useContext(FormContext);
  const here = faults.filter((fault) => isUnder(path, fault) && (!exact || fault.path.length === path.length));
  return here.map(({ message, path: place }) => (
    <p key={`${place.join('.')} ${message.ru}`} className={styles['fault']} role="alert">
      {said(message)}
    </p>
  ));
}
