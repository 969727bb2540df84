import styles from './Spoken.module.css';

/** Words to say aloud. «О чём-то» and a telephone number stay in one line: a hyphen is no place to take breath. */
export function Spoken({ children }: { readonly children: string }) {
  return children.split(HYPHENATED).map((part, index) =>
    index % 2 === 0 ? (
      part
    ) : (
      <span key={index} className={styles['whole']}>
        {part}
      </span>
    ),
  );
}
const HYPHENATED = /([\p{L}\d]+(?:-[\p{L}\d]+)+)/u;
