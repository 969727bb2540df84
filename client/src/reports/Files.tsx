import { IconDownload } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { BASE } from '../shared/base.ts';
import { query } from '../shared/http/api.ts';
import { useInLanguage } from '../shared/i18n/inLanguage.ts';
import styles from './Reports.module.css';

/** The same as is on the screen, as files; the filter stands inside. */
export function Files(props: {
  readonly of: 'summary' | 'calls' | 'inquiries' | 'steps';
  readonly query: Readonly<Record<string, string | number>>;
}) {
  const { t } = useTranslation('reports');
  const address = useInLanguage(`/api/v1/reports/${props.of}/export${query(props.query)}`);
  return (
    <span className={styles['files']}>
      {(['xlsx', 'csv'] as const).map((format) => (
        <a key={format} href={`${BASE}${address}&format=${format}`} download>
          <IconDownload size={16} stroke={1.6} aria-hidden /> {t(`table.${format}`)}
        </a>
      ))}
    </span>
  );
}
