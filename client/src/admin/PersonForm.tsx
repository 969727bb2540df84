import { Checkbox, TextInput } from '@mantine/core';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ROLES, type Role } from '../../../machines/vocabulary/roles.ts';
import { ApiProblem, api } from '../shared/http/api.ts';
import { useErrorWords } from '../shared/i18n/errors.ts';
import { Button } from '../shared/ui/Button.tsx';
import styles from './Admin.module.css';
import { Tokens } from './Tokens.tsx';

export interface Person {
  readonly id: string;
  readonly login: string;
  readonly name: string;
  readonly surname: string;
  readonly firstName: string;
  readonly patronymic: string;
  readonly position: string;
  readonly unit: string;
  readonly roles: readonly Role[];
  readonly devices: readonly string[];
}
const EMPTY = {
  login: '',
  surname: '',
  firstName: '',
  patronymic: '',
  position: '',
  unit: '',
  devices: '',
  password: '',
};
type Texts = typeof EMPTY;

export function PersonForm({ person, onDone }: { readonly person: Person | undefined; readonly onDone: () => void }) {
  const { t } = useTranslation('admin');
  const common = useTranslation('common');
  const errorWords = useErrorWords();
  const [texts, setTexts] = useState<Texts>({
    ...EMPTY,
    ...(person && pick(person)),
    devices: person?.devices.join(', ') ?? '',
  });
  const [roles, setRoles] = useState<readonly Role[]>(person?.roles ?? ['operator']);
  const [problem, setProblem] = useState<string>();
  const [sure, setSure] = useState(false);
  const field = (name: keyof Texts) => ({
    label: t(`form.${name}`),
    value: texts[name],
    onChange: (event: { currentTarget: { value: string } }) =>
      setTexts({ ...texts, [name]: event.currentTarget.value }),
  });
  const attempt = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      onDone();
    } catch (fault) {
      const known = fault instanceof ApiProblem ? fault : undefined;
      setProblem(known ? errorWords(known.code) : errorWords('client.unexpected'));
    }
  };
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const { devices, password, login, ...rest } = texts;
    const body = { ...rest, roles, devices: devices.split(/[\s,;]+/).filter(Boolean) };
    void attempt(() =>
      person
        ? api(`/people/${encodeURIComponent(person.id)}`, {
            method: 'PUT',
            body: { ...body, ...(password === '' ? {} : { password }) },
          })
        : api('/people', { method: 'POST', body: { ...body, login, password } }),
    );
  };
  const disable = (): void => {
    if (sure && person) void attempt(() => api(`/people/${encodeURIComponent(person.id)}`, { method: 'DELETE' }));
    else setSure(true);
  };
  return (
    <form className={styles['form']} onSubmit={save}>
      {!person && (
        <TextInput {...field('login')} description={t('form.loginWhat')} required withAsterisk={false} data-autofocus />
      )}
      <TextInput {...field('surname')} required withAsterisk={false} />
      <TextInput {...field('firstName')} required withAsterisk={false} />
      <TextInput {...field('patronymic')} />
      <TextInput {...field('position')} />
      <TextInput {...field('unit')} />
      <Checkbox.Group label={t('form.roles')} value={[...roles]} onChange={(next) => setRoles(next)}>
        <div className={styles['roles']}>
          {ROLES.map((role) => (
            <Checkbox key={role} value={role} label={common.t(`roles.${role}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <TextInput {...field('devices')} description={t('form.devicesWhat')} />
      <TextInput
        {...field('password')}
        label={t(person ? 'form.newPassword' : 'form.password')}
        description={t('form.passwordWhat')}
        type="password"
        autoComplete="new-password"
        minLength={8}
        required={!person}
        withAsterisk={false}
      />
      {problem && (
        <p role="alert" className={styles['problem']}>
          {problem}
        </p>
      )}
      <div className={styles['row']}>
        <Button kind="primary" type="submit">
          {t('form.save')}
        </Button>
        {person && (
          <Button kind={sure ? 'danger' : 'plain'} onClick={disable}>
            {t(sure ? 'form.disableSure' : 'form.disable')}
          </Button>
        )}
      </div>
      {person && <Tokens personId={person.id} />}
    </form>
  );
}

const pick = ({ login, surname, firstName, patronymic, position, unit }: Person): Partial<Texts> => ({
  login,
  surname,
  firstName,
  patronymic,
  position,
  unit,
});
