import { useTranslation } from 'react-i18next';
import type { Notice } from '../../../server/contract/panel.ts';
import { formatPhone } from '../operator/logic/phone.ts';
import { useErrorWords } from '../shared/i18n/errors.ts';
import { serverClock } from '../shared/time/serverClock.ts';
import { useWording } from './session.ts';

/** What a person wrote stands as it is; the product's own words are those of this screen. */
export function useNoticeWords(): (notice: Notice) => string {
  const { i18n } = useTranslation();
  const errorWords = useErrorWords();
  const wording = useWording();
  return ({ code, at, text, review }) => {
    if (code === 'message') return text ?? '';
    const details = {
      time: wording.time(at),
      ...(review && {
        date: wording.short(review.callAt, serverClock.now()),
        score: review.score.toLocaleString(i18n.language),
      }),
    };
    return [errorWords(code, details), text !== undefined && `«${/^\+?\d+$/.test(text) ? formatPhone(text) : text}»`]
      .filter(Boolean)
      .join(' ');
  };
}
