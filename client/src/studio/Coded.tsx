import styles from './Studio.module.css';

/** Words of the checker: the names of the format, which stand between backticks, in quiet print. */
export function Coded({ text }: { readonly text: string }) {
  return text.split('`').map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      // Parts of one sentence stay in their order.
      // oxlint-disable-next-line react/no-array-index-key
      <code key={index} className={styles['coded']}>
        {part}
      </code>
    ),
  );
}
