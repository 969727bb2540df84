import { Component, type ComponentType, type ReactNode } from 'react';
import { withTranslation, type WithTranslation } from 'react-i18next';
import { Button } from '../shared/ui/Button.tsx';
import { reloadWhenThere } from './reload.ts';
import styles from './Shell.module.css';

interface Props extends WithTranslation {
  readonly children: ReactNode;
}

/** A page that broke says so and can be opened again; the telephone and the server go on without it. */
class PageFaultBox extends Component<Props, { broken: boolean }> {
  override state = { broken: false };
  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }
  override render(): ReactNode {
    if (!this.state.broken) return this.props.children;
    const { t } = this.props;
    return (
      <div className={styles['nothing']} role="alert">
        <h1>{t('fault.title')}</h1>
        <p>{t('fault.what')}</p>
        <Button kind="primary" onClick={() => void reloadWhenThere()}>
          {t('fault.again')}
        </Button>
      </div>
    );
  }
}
export const PageFault: ComponentType<{ readonly children: ReactNode }> = withTranslation()(PageFaultBox);
