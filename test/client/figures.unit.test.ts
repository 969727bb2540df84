import { afterEach, describe, expect, it, vi } from 'vitest';
import { percent as inReports, withoutOperator } from '../../client/src/reports/words.ts';
import { percent as onBoard } from '../../client/src/supervisor/words.ts';

afterEach(() => void vi.unstubAllGlobals());
const speak = (lang: string) => vi.stubGlobal('document', { documentElement: { lang } });

describe('[PANEL-35] figures are written as the language of the screen writes them', () => {
  it('[PANEL-35] a share is the same on the board and in a report', () => {
    speak('ru');
    expect([onBoard(1), inReports(1), inReports(0.915)]).toEqual(['100\u00a0%', '100\u00a0%', '91,5\u00a0%']);
    speak('en');
    expect([onBoard(1), inReports(1), inReports(0.915)]).toEqual(['100%', '100%', '91.5%']);
  });
  it('[PANEL-35] a call that was answered and handed to a colleague was not left unanswered', () => {
    expect(withoutOperator({ answered: true })).toBe('noOperator');
    expect(withoutOperator({ answered: false })).toBe('unanswered');
  });
});
