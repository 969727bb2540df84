import { IconAlertTriangle, IconArrowUp, IconPlus, IconTrash } from '@tabler/icons-react';
import { useContext, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { anyText, plainList, str, textIn, type Plain, type TextLanguage } from '../texts.ts';
import styles from './ListField.module.css';
import { FormContext, isUnder, type OneProps, type Path } from './formTools.ts';
import type { Field } from './shapes.ts';

type ListOf = Extract<Field, { as: 'list' }>;
/** A list longer than this gets its own search. */
const SEARCH_FROM = 8;

/** What a record is called, in the language of the screen where it is written in both. */
export const nameOf = (record: Plain, language: TextLanguage = 'ru'): string =>
  textIn(record['label'], language) ||
  textIn(record['title'], language) ||
  anyText(record['label']) ||
  anyText(record['title']) ||
  str(record['fullName']) ||
  [str(record['day']) || str(record['from']), str(record['name']) || str(record['by'])].filter(Boolean).join(' · ') ||
  str(record['id']);
const detailOf = (record: Plain): string =>
  [str(record['extension']), str(record['position']), str(record['unit'])].filter(Boolean).join(', ');

type Inside = (record: Plain, path: Path, onChange: (next: Plain) => void) => ReactNode;

/** Records that open one by one; what is closed shows its name only. `children` draws the fields of one. */
export function ListField({
  field,
  value,
  path,
  onChange,
  children,
}: OneProps<ListOf> & { readonly children: Inside }) {
  const { t } = useTranslation('documents');
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<number>();
  const list = plainList(value);
  const wanted = search.trim().toLocaleLowerCase('ru');
  const put = (index: number, next: Plain): void => onChange(list.map((each, at) => (at === index ? next : each)));
  const add = (): void => {
    setSearch('');
    setOpened(list.length);
    onChange([...list, field.fresh]);
  };
  return (
    <fieldset className={styles['list']}>
      <legend>
        {t(`field.${field.key}`)} <small className="figures">{list.length}</small>
      </legend>
      {list.length > SEARCH_FROM && (
        <input
          type="search"
          aria-label={t('find')}
          placeholder={t('find')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
      )}
      {list.map((record, index) =>
        wanted === '' || JSON.stringify(record).toLocaleLowerCase('ru').includes(wanted) ? (
          // Records of a list have no lasting names while one is being written.
          // oxlint-disable-next-line react/no-array-index-key
          <Item
            key={index}
            record={record}
            inside={children}
            path={[...path, index]}
            isOpen={opened === index}
            onToggle={() => setOpened(opened === index ? undefined : index)}
            onChange={(next) => put(index, next)}
            onUp={index > 0 ? () => onChange(swapped(list, index)) : undefined}
            onRemove={() => {
              setOpened(undefined);
              onChange(list.filter((_, at) => at !== index));
            }}
          />
        ) : null,
      )}
      <button type="button" className={styles['plus']} onClick={add}>
        <IconPlus size={16} aria-hidden /> {t([`add.${field.key}`, 'add.any'])}
      </button>
    </fieldset>
  );
}
const swapped = (list: readonly Plain[], index: number): readonly Plain[] => {
  const next = [...list];
  const [one] = next.splice(index, 1);
  if (one) next.splice(index - 1, 0, one);
  return next;
};

interface ItemProps {
  readonly inside: Inside;
  readonly record: Plain;
  readonly path: Path;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
  readonly onChange: (next: Plain) => void;
  readonly onUp: (() => void) | undefined;
  readonly onRemove: () => void;
}
function Item({ inside, record, path, isOpen, onToggle, onChange, onUp, onRemove }: ItemProps) {
  const { t, i18n } = useTranslation('documents');
  const { faults } = useContext(FormContext);
  const isFaulty = faults.some((fault) => isUnder(path, fault));
  const shown = isOpen || isFaulty;
  return (
    <section className={styles['item']} data-open={shown || undefined}>
      <header>
        <button type="button" className={styles['name']} aria-expanded={shown} onClick={onToggle}>
          {isFaulty && <IconAlertTriangle size={16} aria-label={t('hasFaults')} />}
          <strong>{nameOf(record, i18n.language === 'en' ? 'en' : 'ru') || t('fresh')}</strong>
          <span>{detailOf(record)}</span>
        </button>
        {shown && onUp && (
          <button type="button" aria-label={t('up')} title={t('up')} onClick={onUp}>
            <IconArrowUp size={16} />
          </button>
        )}
        {shown && (
          <button type="button" aria-label={t('remove')} title={t('remove')} onClick={onRemove}>
            <IconTrash size={16} />
          </button>
        )}
      </header>
      {shown && <div className={styles['parts']}>{inside(record, path, onChange)}</div>}
    </section>
  );
}
