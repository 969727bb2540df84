import { Menu } from '@mantine/core';
import { IconSettings } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { DEMO_BEHAVIOURS, type DemoTelephoneView } from '../../../server/contract/demo.ts';
import { useDemo } from './demoContext.ts';
import styles from './Telephone.module.css';

/** What this telephone does by itself when it is called. */
export function Behaviour({ telephone }: { readonly telephone: DemoTelephoneView }) {
  const { t } = useTranslation('demo');
  const { send } = useDemo();
  const { device, behaviour } = telephone;
  return (
    <Menu position="bottom-end" width={260} withinPortal>
      <Menu.Target>
        <button
          type="button"
          className={styles['behaviour']}
          data-behaviour={behaviour}
          title={t('behaviour.label')}
          aria-label={t('behaviour.of', { number: telephone.number, what: t(`behaviour.${behaviour}`) })}
        >
          {behaviour === 'manual' ? (
            <IconSettings size={18} stroke={1.6} aria-hidden />
          ) : (
            t(`behaviour.short.${behaviour}`)
          )}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>{t('behaviour.label')}</Menu.Label>
        {DEMO_BEHAVIOURS.map((each) => (
          <Menu.Item
            key={each}
            aria-current={each === behaviour}
            onClick={() => send('demo.behave', { device, behaviour: each })}
          >
            {t(`behaviour.${each}`)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
