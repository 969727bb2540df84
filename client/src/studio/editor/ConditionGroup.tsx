import { IconPlus, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ConditionRow, firstTest } from './ConditionRow.tsx';
import { isGroup, JOINS, type Group, type Item } from './conditions.ts';
import styles from './Condition.module.css';
import type { FieldMap } from './subjects.ts';

interface Props {
  readonly group: Group;
  readonly fields: FieldMap;
  readonly depth: number;
  /** Just added: whoever added it goes on in its first line. */
  readonly isFresh?: boolean;
  /** Undefined: nothing is left of it. */
  readonly onChange: (group: Group | undefined) => void;
}
/** Deeper than this nobody reads; what is written deeper is shown and can be changed all the same. */
const DEEPEST = 3;

/** Comparisons that hold together in one way, and groups of them inside. Who adds something stands in it at once. */
export function ConditionGroup({ group, fields, depth, isFresh = false, onChange }: Props) {
  const { t } = useTranslation('studio');
  const { items, join } = group;
  const [fresh, setFresh] = useState(isFresh ? 0 : -1);
  const adder = useRef<HTMLButtonElement>(null);
  const put = (next: readonly Item[]): void => onChange(next.length > 0 ? { ...group, items: next } : undefined);
  const change = (index: number, item: Item | undefined): void => {
    if (item) return put(items.map((each, at) => (at === index ? item : each)));
    put(items.filter((_, at) => at !== index));
    adder.current?.focus();
  };
  const add = (item: Item): void => {
    setFresh(items.length);
    put([...items, item]);
  };
  const isJoined = items.length > 1 || join === 'none' || join === 'notAll' || depth > 0;
  return (
    <div className={styles['group']} role="group" aria-label={t('condition.group')} data-inner={depth > 0 || undefined}>
      {isJoined && (
        <div className={styles['line']}>
          <select
            aria-label={t('condition.join')}
            value={join}
            onChange={({ currentTarget }) =>
              onChange({ ...group, join: JOINS.find((each) => each === currentTarget.value) ?? join })
            }
          >
            {JOINS.map((each) => (
              <option key={each} value={each}>
                {t(`condition.joins.${each}`)}
              </option>
            ))}
          </select>
          {depth > 0 && (
            <button type="button" aria-label={t('condition.removeGroup')} onClick={() => onChange(undefined)}>
              <IconX size={14} />
            </button>
          )}
        </div>
      )}
      {items.map((item, index) => {
        const shared = { fields, onChange: (next: Item | undefined) => change(index, next) };
        return isGroup(item) ? (
          // What is compared has no name; its place is what it is.
          // oxlint-disable-next-line react/no-array-index-key
          <ConditionGroup key={index} {...shared} group={item} depth={depth + 1} isFresh={index === fresh} />
        ) : (
          // oxlint-disable-next-line react/no-array-index-key
          <ConditionRow key={index} {...shared} test={item} isFresh={index === fresh} />
        );
      })}
      <div className={styles['line']}>
        <button ref={adder} type="button" onClick={() => add(firstTest(fields))}>
          <IconPlus size={14} /> {t('condition.add')}
        </button>
        {items.length > 0 && depth < DEEPEST && (
          <button type="button" onClick={() => add({ join: 'any', items: [firstTest(fields)] })}>
            <IconPlus size={14} /> {t('condition.addGroup')}
          </button>
        )}
      </div>
    </div>
  );
}
