import { useTranslation } from 'react-i18next';
import type { ShareDifference, Verdict } from '../../../../server/contract/learning.ts';
import { inPercent } from '../../shared/i18n/percent.ts';

/** What is more seldom is told as that. */
const SELDOM = 0.001;

/** Shares and points as people write them: `61 %`, `6,1`. */
export function useFigures() {
  const { i18n } = useTranslation();
  const format = (value: number, digits: number): string =>
    new Intl.NumberFormat(i18n.language, { maximumFractionDigits: digits }).format(value);
  return {
    percent: (share: number): string => inPercent(format(100 * share, 0)),
    points: (share: number): string => format(100 * share, 1).replace('-', '−'),
    chance: (p: number): string => format(100 * p, 1),
    seconds: (ms: number): string => format(ms / 1000, ms < 10_000 ? 1 : 0),
  };
}

/** How likely the difference is chance, in words. */
export function ChanceOf({ verdict, pValue }: { readonly verdict: Verdict; readonly pValue: number }) {
  const { t } = useTranslation('trial');
  const { chance } = useFigures();
  const isSeldom = pValue < SELDOM;
  const often = t(`chance.${isSeldom ? 'seldom' : 'often'}`, { percent: chance(isSeldom ? SELDOM : pValue) });
  return t(`chance.${verdict}`, { often });
}

/** The difference of two shares with what may be true of it, and how likely it is chance. */
export function DifferenceOf({ share, notByLot }: { readonly share: ShareDifference; readonly notByLot?: boolean }) {
  const { t } = useTranslation('trial');
  const { points } = useFigures();
  const [low, high] = share.interval;
  const range = { difference: points(share.difference), low: points(low), high: points(high) };
  return (
    <>
      {share.verdict !== 'none' && t('chance.range', range)} <ChanceOf {...share} /> {notByLot && t('chance.notByLot')}
    </>
  );
}
