import { IconAlertTriangle, IconArrowDown, IconArrowUp, IconTrash } from '@tabler/icons-react';
import { useContext, useRef, useState, type ReactNode } from 'react';
import { flushSync } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { AddButton } from '../editor/AddButton.tsx';
import { plainList, type Plain } from '../texts.ts';
import styles from './ListField.module.css';
import { FormContext, isUnder, type OneProps, type Path } from './formTools.ts';
import { detailOf, nameOf } from './names.ts';
import type { Field } from './shapes.ts';

type ListOf = Extract<Field, { as: 'list' }>;
/** A list longer than this gets its own search. */
const SEARCH_FROM = 8;

const ACTS = [
  ['up', IconArrowUp],
  ['down', IconArrowDown],
  ['remove', IconTrash],
] as const;
type Act = (typeof ACTS)[number][0];
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
  const box = useRef<HTMLFieldSetElement>(null);
  const add = (): void => {
    setSearch('');
    setOpened(list.length);
    onChange([...list, field.fresh]);
  };
  /** Whoever works by keyboard goes on at the same button where the record now stands, or stood. */
  const moved = (change: () => void, to: number, act: Act): void => {
    flushSync(change);
    const at = (part: string): HTMLElement | null | undefined =>
      box.current?.querySelector<HTMLElement>(`:scope > section[data-at='${to}'] > header > ${part}`);
    (at(`[data-act='${act}']`) ?? at('button') ?? box.current?.querySelector<HTMLElement>(':scope > button'))?.focus();
  };
  const swap = (index: number, act: 'up' | 'down'): void => {
    const to = act === 'up' ? index - 1 : index + 1;
    const change = (): void => {
      setOpened(to);
      onChange(swapped(list, Math.max(index, to)));
    };
    moved(change, to, act);
  };
  const remove = (index: number): void => {
    const change = (): void => {
      setOpened(undefined);
      onChange(list.filter((_, at) => at !== index));
    };
    moved(change, Math.min(index, list.length - 2), 'remove');
  };
  return (
    <fieldset ref={box} className={styles['list']}>
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
            acts={{
              // What is searched for stands beside others than it seems.
              ...(wanted === '' && index > 0 && { up: () => swap(index, 'up') }),
              ...(wanted === '' && index < list.length - 1 && { down: () => swap(index, 'down') }),
              remove: () => remove(index),
            }}
          />
        ) : null,
      )}
      <AddButton className={styles['plus']} onAdd={add}>
        {t([`add.${field.key}`, 'add.any'])}
      </AddButton>
    </fieldset>
  );
}
/** With the record at the index one place up. */
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
  /** What can be done with an open one. */
  readonly acts: Partial<Readonly<Record<Act, () => void>>>;
}
function Item({ inside, record, path, isOpen, onToggle, onChange, acts }: ItemProps) {
  const { t, i18n } = useTranslation('documents');
  const { faults } = useContext(FormContext);
  const isFaulty = faults.some((fault) => isUnder(path, fault));
  const shown = isOpen || isFaulty;
  return (
    <section className={styles['item']} data-at={path.at(-1)} data-open={shown || undefined}>
      <header>
        <button type="button" className={styles['name']} aria-expanded={shown} onClick={onToggle}>
          {isFaulty && <IconAlertTriangle size={16} aria-label={t('hasFaults')} />}
          <strong>{nameOf(record, i18n.language === 'en' ? 'en' : 'ru') || t('fresh')}</strong>
          <span>{detailOf(record)}</span>
        </button>
        {shown &&
          ACTS.map(
            ([act, Icon]) =>
              acts[act] && (
                <button key={act} type="button" data-act={act} aria-label={t(act)} title={t(act)} onClick={acts[act]}>
                  <Icon size={16} />
                </button>
              ),
          )}
      </header>
      {shown && <div className={styles['parts']}>{inside(record, path, onChange)}</div>}
    </section>
  );
}
