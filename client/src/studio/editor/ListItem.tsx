import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './StepForm.module.css';

/** What can be done with one item of a list whose order means something. */
export interface ItemActs<Item> {
  readonly change: (item: Item) => void;
  readonly remove: () => void;
  /** Absent at the end of the list. */
  readonly up?: () => void;
  readonly down?: () => void;
}
export function itemActs<Item>(
  list: readonly Item[],
  index: number,
  put: (next: readonly Item[]) => void,
): ItemActs<Item> {
  const rest = list.filter((_, at) => at !== index);
  const item = list[index] as Item;
  const move = (to: number) => () => put([...rest.slice(0, to), item, ...rest.slice(to)]);
  return {
    change: (next) => put(list.map((each, at) => (at === index ? next : each))),
    remove: () => put(rest),
    ...(index > 0 ? { up: move(index - 1) } : {}),
    ...(index < list.length - 1 ? { down: move(index + 1) } : {}),
  };
}

interface Props {
  readonly acts: Pick<ItemActs<never>, 'remove' | 'up' | 'down'>;
  readonly children: ReactNode;
}

/** One item with its place in the order: up, down, away. */
export function ListItem({ acts, children }: Props) {
  const { t } = useTranslation('studio');
  return (
    <div className={styles['item']}>
      {children}
      <span className={styles['order']}>
        <button type="button" aria-label={t('remove')} title={t('remove')} onClick={acts.remove}>
          <IconX size={14} />
        </button>
        {acts.up && (
          <button type="button" aria-label={t('step.up')} title={t('step.up')} onClick={acts.up}>
            <IconArrowUp size={14} />
          </button>
        )}
        {acts.down && (
          <button type="button" aria-label={t('step.down')} title={t('step.down')} onClick={acts.down}>
            <IconArrowDown size={14} />
          </button>
        )}
      </span>
    </div>
  );
}
