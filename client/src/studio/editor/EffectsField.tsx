import { useTranslation } from 'react-i18next';
import { ASKED_EFFECTS } from '../../../../machines/script/names.ts';
import { strings } from '../texts.ts';
import { ChecksField } from './ChecksField.tsx';
import { Fold } from './Fold.tsx';

interface Props {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
}

/** What a button or a reaction asks the product to do, besides leading on. */
export function EffectsField({ value, onChange }: Props) {
  const { t } = useTranslation('studio');
  const say = (effect: string): string => t(`effect.${effect.replace('.', '-')}`);
  return (
    <Fold label={t('choice.effects')} words={strings(value).map(say).join(', ') || t('choice.noEffects')}>
      <ChecksField
        label={t('choice.effects')}
        options={ASKED_EFFECTS.map((effect) => [effect, say(effect)] as const)}
        value={value}
        onChange={onChange}
      />
    </Fold>
  );
}
