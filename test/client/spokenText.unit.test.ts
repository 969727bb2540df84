import { describe, expect, it } from 'vitest';
import { conditionWords } from '../../client/src/studio/editor/conditions.ts';
import { wordsFor } from '../../client/src/studio/editor/subjects.ts';
import { spokenPieces, spokenText } from '../../client/src/studio/editor/spokenText.ts';

const field = (label: string, ...options: [string, string][]) => ({
  label,
  type: 'text' as const,
  options: new Map(options),
});

describe('a script as a trainer reads it', () => {
  it('[STUDIO-42] a wording is read with examples in it, and each says what it stands for', () => {
    const fields = new Map([['district', field('Район')]]);
    expect(spokenText('{greeting}! [{client.name}, ]вы живёте в {field.district}?', fields)).toBe(
      'Доброе утро! Пётр Сергеевич, вы живёте в ‹Район›?',
    );
    expect(spokenPieces('{client.name}, верно?', fields)).toEqual([
      { text: 'Пётр Сергеевич', about: { ru: 'Имя и отчество клиента', en: 'Client’s name' } },
      { text: ', верно?' },
    ]);
    // What nobody knows stays to be seen: the checker tells of it.
    expect(spokenText('{client.shoeSize} {', fields)).toBe('{client.shoeSize} {');
  });
  it('[STUDIO-42] a condition names ready answers as the operator sees them', () => {
    const fields = new Map([['topic', field('Тема', ['camps', 'детский отдых'])]]);
    const words = (condition: unknown) =>
      conditionWords(
        condition,
        wordsFor(
          fields,
          (key) => key,
          ({ ru }) => ru,
        ),
      );
    expect(words({ field: 'topic', is: 'camps' })).toBe('«Тема» condition.is «детский отдых»');
    expect(words({ field: 'topic', in: ['camps', 'other'] })).toBe('«Тема» condition.in «детский отдых», other');
  });
});
