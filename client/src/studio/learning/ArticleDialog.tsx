import { useEffect, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { SiteDocumentRow, SiteDocumentView } from '../../../../server/contract/siteDocuments.ts';
import { api, ApiProblem } from '../../shared/http/api.ts';
import { Button } from '../../shared/ui/Button.tsx';
import { TextArea, TextField } from '../../shared/ui/TextField.tsx';
import { Dialog } from '../Dialog.tsx';
import { idFrom } from '../ids.ts';
import styles from '../ScriptList.module.css';
import { anyText, isPlain, plainList, str } from '../texts.ts';

export interface NewArticle {
  readonly articleId: string;
  readonly title: string;
  readonly topic: string;
  readonly spoken: string;
  readonly details: string;
}
interface Props {
  readonly said: string;
  readonly onClose: () => void;
  readonly onDone: (article: NewArticle) => void;
}

/** What the client asked becomes an article: its answer as it will be read aloud is all that has to be written. */
export function ArticleDialog({ said, onClose, onDone }: Props) {
  const { t } = useTranslation('studio');
  const { topics, taken } = useLists();
  const [title, setTitle] = useState(said.slice(0, 120));
  const [topic, setTopic] = useState('');
  const [spoken, setSpoken] = useState('');
  const [details, setDetails] = useState('');
  const ready = title.trim().length >= 5 && topic !== '' && spoken.trim().length >= 10;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!ready) return;
    const told = spoken.trim();
    onDone({
      articleId: idFrom(title, taken),
      title: title.trim(),
      topic,
      spoken: told,
      details: details.trim() || told,
    });
  };
  return (
    <Dialog title={t('inbox.toArticle')} onClose={onClose}>
      <form onSubmit={submit} className={styles['form']}>
        <TextField
          label={t('article.title')}
          maxLength={120}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <label>
          {t('article.topic')}
          <select value={topic} onChange={(event) => setTopic(event.currentTarget.value)}>
            <option value="">{t('article.topicNone')}</option>
            {topics.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <TextArea
          autoFocus
          rows={3}
          maxLength={320}
          label={t('article.spoken')}
          description={t('article.spokenWhat')}
          value={spoken}
          onChange={(event) => setSpoken(event.currentTarget.value)}
        />
        <TextArea
          rows={3}
          maxLength={20_000}
          label={t('article.details')}
          value={details}
          onChange={(event) => setDetails(event.currentTarget.value)}
        />
        <Button kind="primary" type="submit" disabled={!ready}>
          {t('article.go')}
        </Button>
      </form>
    </Dialog>
  );
}

function useLists() {
  const [topics, setTopics] = useState<readonly { value: string; label: string }[]>([]);
  const [taken, setTaken] = useState<readonly string[]>([]);
  useEffect(() => {
    const ignored = (cause: unknown): void => {
      // Without the lists the dialog cannot be sent, and the inbox tells why the server is silent.
      if (!(cause instanceof ApiProblem)) throw cause;
    };
    api<SiteDocumentView>('/site-documents/topics/topics').then(({ content }) => {
      const list = plainList(isPlain(content) ? content['topics'] : undefined);
      setTopics(list.map((each) => ({ value: str(each['id']), label: anyText(each['label']) })));
    }, ignored);
    api<SiteDocumentRow[]>('/site-documents?kind=article').then((rows) => setTaken(rows.map(({ id }) => id)), ignored);
  }, []);
  return { topics, taken };
}
