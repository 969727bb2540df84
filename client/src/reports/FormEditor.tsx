import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { api, ApiProblem } from '../shared/http/api.ts';
import { useErrorWords } from '../shared/i18n/errors.ts';
import { Button } from '../shared/ui/Button.tsx';
import { useApi } from './useApi.ts';
import styles from './Call.module.css';
import page from './Reports.module.css';

interface Criterion {
  readonly id: string;
  readonly label: { readonly ru: string; readonly en: string };
  readonly clause: string;
  readonly about: string;
  readonly weight: number;
}
interface Form {
  readonly scale: number;
  readonly groups: readonly {
    readonly id: string;
    readonly label: { readonly ru: string };
    readonly criteria: readonly Criterion[];
  }[];
}

/** Names, descriptions and weights of the criteria; marks already given keep their scores. */
export function FormEditor({ onDone }: { readonly onDone: () => void }) {
  const source = useApi<Form>('/reviews/form/source').value;
  return source ? <Inside source={source} onDone={onDone} /> : null;
}

function Inside({ source, onDone }: { readonly source: Form; readonly onDone: () => void }) {
  const { t } = useTranslation('reports');
  const errorWords = useErrorWords();
  const [form, setForm] = useState(source);
  const [problem, setProblem] = useState<string>();
  const patch = (id: string, change: Partial<Criterion>): void =>
    setForm({
      ...form,
      groups: form.groups.map((group) => ({
        ...group,
        criteria: group.criteria.map((each) => (each.id === id ? { ...each, ...change } : each)),
      })),
    });
  const save = async (): Promise<void> => {
    try {
      await api('/reviews/form', { method: 'PUT', body: form });
      onDone();
    } catch (fault) {
      setProblem(errorWords(fault instanceof ApiProblem ? fault.code : 'unexpected'));
    }
  };
  return (
    <div className={styles['form']}>
      <p className={page['quiet']}>{t('review.formAbout')}</p>
      {form.groups.map((group) => (
        <fieldset key={group.id}>
          <legend>{group.label.ru}</legend>
          {group.criteria.map((criterion) => (
            <div key={criterion.id} className={styles['formRow']}>
              <input
                aria-label={t('review.label')}
                value={criterion.label.ru}
                onChange={(event) =>
                  patch(criterion.id, { label: { ...criterion.label, ru: event.currentTarget.value } })
                }
              />
              <input
                aria-label={t('review.about')}
                value={criterion.about}
                onChange={(event) => patch(criterion.id, { about: event.currentTarget.value })}
              />
              <input
                type="number"
                min={1}
                max={10}
                aria-label={t('review.weight')}
                value={criterion.weight}
                onChange={(event) => patch(criterion.id, { weight: Number(event.currentTarget.value) })}
              />
            </div>
          ))}
        </fieldset>
      ))}
      {problem !== undefined && <p role="alert">{problem}</p>}
      <div className={styles['buttons']}>
        <Button kind="primary" onClick={() => void save()}>
          {t('review.formSave')}
        </Button>
        <Button onClick={() => onDone()}>{t('review.cancel')}</Button>
      </div>
    </div>
  );
}
