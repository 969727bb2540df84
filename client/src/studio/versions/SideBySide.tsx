import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LooseStep, StudioView } from '../../../../server/contract/studio.ts';
import type { ComparisonView, StepPair } from '../../../../server/contract/studioVersions.ts';
import { useSaid } from '../../shared/i18n/said.ts';
import { useTopic } from '../../shared/realtime/context.ts';
import { useSiteLists } from '../siteLists.ts';
import { conditionWords } from '../editor/conditions.ts';
import { fillingName } from '../editor/spokenText.ts';
import { fieldsIn, setWords, wordsFor } from '../editor/subjects.ts';
import { titleOf } from '../texts.ts';
import { paired, sentencesOf, type Sentence, type Teller } from './sentences.ts';
import styles from './SideBySide.module.css';
import { wordDiff, type Stretch } from './wordDiff.ts';

interface Props {
  readonly shown: Pick<ComparisonView, 'steps' | 'head'>;
}

/** Two versions as a trainer reads them: step beside step in sentences, changed words marked, the same steps folded. */
export function SideBySide({ shown: { steps, head } }: Props) {
  const { t } = useTranslation('studio');
  const [left, right] = [useTeller(steps, 'left'), useTeller(steps, 'right')];
  const runs = useMemo(() => runsOf(steps), [steps]);
  const told = (step: LooseStep | null, teller: Teller): readonly Sentence[] => (step ? sentencesOf(step, teller) : []);
  return (
    <div className={styles['pairs']}>
      {head.kind === 'changed' && (
        <Pair title={t('compare.head')} kind="changed" left={told(head.left, left)} right={told(head.right, right)} />
      )}
      {runs.map((run) =>
        run.every(({ kind }) => kind === 'same') ? (
          <details key={run[0]?.stepId} className={styles['same']}>
            <summary>
              {t('compare.unchanged', { count: run.length })}: {run.map(titleIn).join(', ')}
            </summary>
            {run.map((pair) => (
              <Pair key={pair.stepId} title={titleIn(pair)} kind="same" left={[]} right={told(pair.right, right)} />
            ))}
          </details>
        ) : (
          run.map((pair) => (
            <Pair
              key={pair.stepId}
              title={titleIn(pair)}
              kind={pair.kind}
              left={told(pair.left, left)}
              right={told(pair.right, right)}
            />
          ))
        ),
      )}
    </div>
  );
}

const titleIn = ({ left, right, stepId }: StepPair): string => titleOf(right ?? left ?? undefined, stepId);

/** Runs of steps that both versions have alike, and runs of those that differ. */
function runsOf(steps: readonly StepPair[]): readonly (readonly StepPair[])[] {
  const runs: StepPair[][] = [];
  for (const pair of steps) {
    const last = runs.at(-1);
    if (last && (last[0]?.kind === 'same') === (pair.kind === 'same')) last.push(pair);
    else runs.push([pair]);
  }
  return runs;
}

/** Names and answers as that side has them. */
function useTeller(steps: readonly StepPair[], side: 'left' | 'right'): Teller {
  const { t } = useTranslation('studio');
  const said = useSaid();
  const lists = useSiteLists();
  const scripts = useTopic<StudioView>('studio')?.scripts;
  return useMemo(() => {
    const own = steps.flatMap((pair) => pair[side] ?? (pair.kind === 'same' ? (pair.right ?? []) : []));
    const titles = new Map(own.map((step) => [step.id, titleOf(step, step.id)]));
    const names = new Map((scripts ?? []).map(({ scriptId, title }) => [scriptId, title]));
    const fields = fieldsIn(own);
    const words = wordsFor(fields, t, said, lists);
    return {
      say: (key, values = {}) => t(key, values),
      condition: (condition) => conditionWords(condition, words),
      step: (id) => `«${titles.get(id) ?? id}»`,
      script: (id) => `«${names.get(id) ?? id}»`,
      listed: (list, code) => lists[list].get(code) ?? code,
      writes: (set) => setWords(set, fields, (key, values = {}) => t(key, values)),
      filling: (name) => fillingName(name, fields, said),
    };
  }, [steps, side, scripts, t, said, lists]);
}

interface PairProps {
  readonly title: string;
  readonly kind: StepPair['kind'];
  readonly left: readonly Sentence[];
  readonly right: readonly Sentence[];
}
function Pair({ title, kind, left, right }: PairProps) {
  const { t } = useTranslation('studio');
  return (
    <section className={styles['pair']} data-kind={kind}>
      <h3>
        {title} {kind !== 'same' && <small>{t(`compare.kind.${kind}`)}</small>}
      </h3>
      {paired(kind === 'same' ? right : left, right).map(({ key, left: before, right: after }) => {
        const [old, now] = wordDiff(before ?? '', after ?? '');
        return (
          <div key={key} className={styles['row']} data-same={before === after || undefined}>
            <p>
              <Marked stretches={old} as="del" />
            </p>
            <p>
              <Marked stretches={now} as="ins" />
            </p>
          </div>
        );
      })}
    </section>
  );
}

const Marked = ({ stretches, as: Mark }: { readonly stretches: readonly Stretch[]; readonly as: 'del' | 'ins' }) =>
  stretches.map(({ text, isOwn }, index) =>
    // Stretches have no names; their order is what they are.
    // oxlint-disable-next-line react/no-array-index-key
    isOwn ? <Mark key={index}>{text}</Mark> : text,
  );
