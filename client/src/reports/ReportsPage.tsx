import '@mantine/core/styles/UnstyledButton.css';
import '@mantine/core/styles/ScrollArea.css';
import '@mantine/core/styles/Popover.css';
import '@mantine/core/styles/CloseButton.css';
import '@mantine/core/styles/Input.css';
import '@mantine/core/styles/Combobox.css';
import { Suspense, use, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../app/session.ts';
import { useInLanguage } from '../shared/i18n/inLanguage.ts';
import { Link, matchPath, usePath, useQuery } from '../shared/router.tsx';
import { CallsView } from './CallsView.tsx';
import { CallView } from './CallView.tsx';
import { loadOptions, OptionsContext } from './options.ts';
import type { ReportOptions } from '../../../server/contract/reports.ts';
import { InquiryView } from './InquiryView.tsx';
import { InquiriesView } from './InquiriesView.tsx';
import { MineView } from './MineView.tsx';
import { ReviewsView } from './ReviewsView.tsx';
import { StepsView } from './StepsView.tsx';
import { SummaryView } from './SummaryView.tsx';
import styles from './ReportsPage.module.css';

const VIEWS = {
  summary: SummaryView,
  calls: CallsView,
  inquiries: InquiriesView,
  steps: StepsView,
  reviews: ReviewsView,
} as const;
type ViewName = keyof typeof VIEWS;

/** What was: calls and inquiries, figures, reviews. Operators see the reviews of their own calls. */
export default function ReportsPage() {
  const { t } = useTranslation('reports');
  const { session } = useSession();
  const path = usePath();
  const query = useQuery().toString();
  const reader = session.user.roles.some((role) => role === 'supervisor' || role === 'admin');
  const callId = matchPath('/reports/calls/:callId', path)?.['callId'];
  const inquiryId = matchPath('/reports/inquiries/:inquiryId', path)?.['inquiryId'];
  const asked = matchPath('/reports/:view', path)?.['view'];
  const names = Object.keys(VIEWS) as ViewName[];
  const mine = session.user.roles.includes('operator');
  const view =
    callId !== undefined
      ? 'calls'
      : inquiryId !== undefined
        ? 'inquiries'
        : (names.find((name) => name === asked) ?? 'summary');
  const View = VIEWS[view];
  const shown =
    callId !== undefined ? (
      <CallView key={callId} callId={callId} />
    ) : inquiryId !== undefined ? (
      <InquiryView key={inquiryId} inquiryId={inquiryId} />
    ) : (
      <View />
    );
  if (!reader || (mine && asked === 'mine'))
    return (
      <main className={styles['page']}>
        <header className={styles['top']}>
          <h1>{t('tabs.mine')}</h1>
        </header>
        <MineView />
      </main>
    );
  return (
    <main className={styles['page']}>
      <header className={styles['top']}>
        <h1>{t('title')}</h1>
        <nav className={styles['tabs']} aria-label={t('title')}>
          {[...names, ...(mine ? (['mine'] as const) : [])].map((name) => (
            <Link
              key={name}
              href={`/reports/${name}${query === '' ? '' : `?${query}`}`}
              aria-current={name === view ? 'page' : undefined}
            >
              {t(`tabs.${name}`)}
            </Link>
          ))}
        </nav>
      </header>
      <Ready>{shown}</Ready>
    </main>
  );
}

/** Draws nothing before the server's clock and names are known. */
function Ready({ children }: { readonly children: ReactNode }) {
  const address = useInLanguage('/reports/options');
  const options = useMemo(() => loadOptions(address), [address]);
  return (
    <Suspense>
      <WithOptions options={options}>{children}</WithOptions>
    </Suspense>
  );
}
function WithOptions(props: { readonly options: Promise<ReportOptions>; readonly children: ReactNode }) {
  return <OptionsContext value={use(props.options)}>{props.children}</OptionsContext>;
}
