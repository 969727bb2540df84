import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { UnansweredItem } from '../../../../server/contract/learning.ts';
import type { StudioView } from '../../../../server/contract/studio.ts';
import { api, ApiProblem } from '../../shared/http/api.ts';
import { useErrorWords, type ErrorDetails } from '../../shared/i18n/errors.ts';
import { useConnection, useTopic } from '../../shared/realtime/context.ts';
import { go, Link } from '../../shared/router.tsx';
import { Button } from '../../shared/ui/Button.tsx';
import { StudioNav } from '../StudioNav.tsx';
import { grouped } from '../texts.ts';
import { useMoment } from '../versions/moment.ts';
import { ReasonDialog } from '../versions/ReasonDialog.tsx';
import { ArticleDialog } from './ArticleDialog.tsx';
import styles from './Inbox.module.css';

interface Made {
  readonly scriptId: string;
  readonly stepId: string;
}
/** Where the words were said: a step of a sub-script carries its script's name. */
const placeOf = ({ scriptId, stepId }: Pick<UnansweredItem, 'scriptId' | 'stepId'>): string =>
  stepId.includes('/') ? stepId : `${scriptId}/${stepId}`;

const countOf = (items: readonly UnansweredItem[]): number => items.reduce((sum, { times }) => sum + times, 0);

/** «Нет нужного ответа»: what callers said where the script had nothing, to become a choice or an article. */
export default function Inbox() {
  const { t } = useTranslation('studio');
  const words = useErrorWords();
  const connection = useConnection();
  const scripts = useTopic<StudioView>('studio')?.scripts;
  const [items, setItems] = useState<readonly UnansweredItem[]>();
  const [fault, setFault] = useState<{ readonly code: string; readonly details?: ErrorDetails }>();
  const [asking, setAsking] = useState<{ readonly what: 'aside' | 'article'; readonly item: UnansweredItem }>();
  const [settled, setSettled] = useState(false);
  const read = useCallback(() => {
    api<UnansweredItem[]>(`/studio/unanswered?state=${settled ? 'all' : 'open'}`).then(setItems, (cause: unknown) => {
      if (!(cause instanceof ApiProblem)) throw cause;
      setFault({ code: cause.code });
    });
  }, [settled]);
  useEffect(read, [read]);
  const run = async (name: string, input: object): Promise<unknown> => {
    const result = await connection.send(name, input);
    setFault(result.ok ? undefined : result.error);
    if (result.ok) read();
    return result.ok ? (result.value ?? {}) : undefined;
  };
  const toChoice = async (item: UnansweredItem): Promise<void> => {
    const made = await run('studio.toChoice', { itemId: item.itemId, label: item.said.slice(0, 200), to: 'stay' });
    if (made) go(`/studio/${placeOf(made as Made)}`);
  };
  // Where words are missing most often comes first.
  const places = [...grouped(items ?? [], placeOf)].toSorted((a, b) => countOf(b[1]) - countOf(a[1]));
  const titleOf = (place: string, [item]: readonly UnansweredItem[]): string => {
    const [scriptId] = place.split('/');
    const script = scripts?.find((row) => row.scriptId === scriptId)?.title ?? scriptId;
    return t('inbox.place', { script, step: item?.stepTitle });
  };
  return (
    <div className={styles['page']}>
      <StudioNav current="inbox">
        <label className={styles['all']}>
          <input type="checkbox" checked={settled} onChange={(event) => setSettled(event.currentTarget.checked)} />
          {t('inbox.all')}
        </label>
      </StudioNav>
      {fault && (
        <p role="alert" className={styles['fault']}>
          {words(fault.code, fault.details)}
        </p>
      )}
      {items?.length === 0 && <p className={styles['empty']}>{t('inbox.empty')}</p>}
      {places.map(([place, said]) => (
        <section key={place} aria-label={titleOf(place, said)}>
          <h2>
            <Link href={`/studio/${place}`}>{titleOf(place, said)}</Link>{' '}
            <small className="figures">{countOf(said)}</small>
          </h2>
          <ul>
            {said.map((item) => (
              <Item
                key={item.itemId}
                item={item}
                onChoice={() => void toChoice(item)}
                onArticle={() => setAsking({ what: 'article', item })}
                onAside={() => setAsking({ what: 'aside', item })}
              />
            ))}
          </ul>
        </section>
      ))}
      {asking?.what === 'aside' && (
        <ReasonDialog
          title={t('inbox.dismiss')}
          act={t('inbox.dismiss')}
          onClose={() => setAsking(undefined)}
          onDone={(reason) => {
            void run('studio.dismissUnanswered', { itemId: asking.item.itemId, reason });
            setAsking(undefined);
          }}
        />
      )}
      {asking?.what === 'article' && (
        <ArticleDialog
          said={asking.item.said}
          onClose={() => setAsking(undefined)}
          onDone={(article) =>
            void run('studio.toArticle', { itemId: asking.item.itemId, ...article }).then(
              (made) => made && setAsking(undefined),
            )
          }
        />
      )}
    </div>
  );
}

function Item(props: {
  readonly item: UnansweredItem;
  readonly onChoice: () => void;
  readonly onArticle: () => void;
  readonly onAside: () => void;
}) {
  const { t } = useTranslation('studio');
  const moment = useMoment();
  const { item } = props;
  return (
    <li>
      <div>
        <p>«{item.said}»</p>
        <p className={styles['where']}>
          {item.times > 1 && `${t('inbox.times', { count: item.times })}, `}
          {t('version', { number: item.version }).toLocaleLowerCase()}, {moment(item.at)}
        </p>
      </div>
      {item.state === 'open' ? (
        <div className={styles['acts']}>
          <Button small kind="primary" onClick={props.onChoice}>
            {t('inbox.toChoice')}
          </Button>
          <Button small onClick={props.onArticle}>
            {t('inbox.toArticle')}
          </Button>
          <Button small kind="quiet" onClick={props.onAside}>
            {t('inbox.dismiss')}
          </Button>
        </div>
      ) : (
        <p className={styles['where']}>
          {t(`inbox.became.${item.state}`)}
          {item.byName !== undefined && `, ${item.byName}`}
          {item.state === 'article' && item.became !== undefined && (
            <>
              {': '}
              <Link href={`/studio/documents/article/${item.became}`}>{t('inbox.open')}</Link>
            </>
          )}
        </p>
      )}
    </li>
  );
}
