import styles from './Spoken.module.css';

/** Words to say aloud. «О чём-то», «2 минуты» and a telephone number stay in one line: they are said in one breath. */
export function Spoken({ children }: { readonly children: string }) {
  return children.split(UNBROKEN).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <span key={index} className={styles['whole']}>
        {part}
      </span>
    ),
  );
}
const UNBROKEN = /([\p{L}\d]+(?:-[\p{L}\d]+)+|\d+ \p{L}+)/u;
