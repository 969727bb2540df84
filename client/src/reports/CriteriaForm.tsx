import { useTranslation } from 'react-i18next';
import { DocumentForm } from '../studio/documents/DocumentForm.tsx';
import page from './Reports.module.css';
import styles from './Reviews.module.css';

const NO_CHOICES = { topics: [], situations: [], profiles: [], scripts: [] };

/** The criteria as the document of the organisation that they are: with a reason, revisions and a way back. */
export default function CriteriaForm({ onSaved }: { readonly onSaved: () => void }) {
  const { t } = useTranslation('reports');
  return (
    <div className={styles['criteria']}>
      <p className={page['quiet']}>{t('review.formAbout')}</p>
      <DocumentForm
        kind="reviewCriteria"
        id="reviewCriteria"
        title={t('review.form')}
        fresh={undefined}
        choices={NO_CHOICES}
        onSaved={onSaved}
      />
    </div>
  );
}
