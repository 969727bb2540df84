import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScript } from '../../machines/script/parse.ts';
import type { Script } from '../../machines/script/index.ts';
import type { LooseStep } from '../../server/contract/index.ts';
import { findingsOf } from '../../server/studio/findings.ts';
import { newScript } from '../../server/studio/newScript.ts';
import { rewriteHead, rewriteStep } from '../../server/studio/source/patch.ts';
import { joinSegments, splitSource, stepData, type Segments } from '../../server/studio/source/segments.ts';

const FOLDER = 'scripts-library/scripts';
const scripts = readdirSync(FOLDER).flatMap((file): Script[] => {
  const parsed = parseScript(readFileSync(`${FOLDER}/${file}`, 'utf8'));
  return parsed.ok ? [parsed.script] : [];
});
const segmentsOf = (source: string): Segments => {
  const split = splitSource(source);
  if (!split.ok) throw new Error(split.reason);
  return split.segments;
};
const fresh = segmentsOf(newScript('fresh', 'Новый разговор'));
const errors = (segments: Segments) =>
  findingsOf(segments, { scripts, contactPoints: {} }).filter(({ severity }) => severity === 'error');
const broken = (id: string, change: (step: LooseStep) => object): Segments => ({
  ...fresh,
  steps: fresh.steps.map((each) =>
    each.id === id ? { id, text: rewriteStep(each.text, change(stepData(each.text)) as LooseStep) } : each,
  ),
});
const head = (key: string, value: unknown): Segments => ({ ...rewriteHead(fresh, key, value), steps: fresh.steps });

describe('findings of a draft', () => {
  it('[STU-08] a new script has no errors', () => {
    expect(errors(fresh)).toEqual([]);
  });

  it.each<[string, Segments, string | undefined]>([
    [
      'a button that leads nowhere',
      broken('greeting', (step) => ({ ...step, choices: [{ id: 'a', label: 'Да', to: 'nowhere' }] })),
      'greeting',
    ],
    ['a step without a way out', broken('answer', ({ id, kind, title, say }) => ({ id, kind, title, say })), 'answer'],
    ['a kind that does not exist', broken('answer', (step) => ({ ...step, kind: 'chat' })), 'answer'],
    ['a first step that does not exist', head('start', 'nowhere'), undefined],
    [
      'two buttons with one id',
      broken('answer', (step) => ({
        ...step,
        choices: [
          { id: 'a', label: 'Да', to: 'farewell' },
          { id: 'a', label: 'Нет', to: 'farewell' },
        ],
      })),
      'answer',
    ],
    [
      'a variable that does not exist',
      broken('answer', (step) => ({ ...step, say: 'Добрый день, {client.shoeSize}!' })),
      'answer',
    ],
    [
      'a bracket that is not closed',
      broken('answer', (step) => ({ ...step, say: 'Добрый день, {client.name!' })),
      'answer',
    ],
    [
      'a sub-script that does not exist',
      broken('answer', (step) => ({
        ...step,
        choices: [
          { id: 'a', label: 'Да', call: { script: 'nowhere' } },
          { id: 'b', label: 'Нет', to: 'farewell' },
        ],
      })),
      'answer',
    ],
    ['a hang-up that nobody notices', head('on', null), 'greeting'],
    ['a field of an unknown name', broken('answer', (step) => ({ ...step, colour: 'red' })), 'answer'],
    ['no title', head('title', null), undefined],
    ['a key that the format does not know', head('colour', 'red'), undefined],
  ])('[STU-08] %s is found, with its place', (_, segments, stepId) => {
    const found = errors(segments);
    expect(found.length).toBeGreaterThan(0);
    const finding = found.find((each) => each.stepId === stepId);
    expect(finding, JSON.stringify(found)).toBeDefined();
    expect(finding?.line).toBeGreaterThan(0);
    expect(finding?.line).toBeLessThanOrEqual(joinSegments(segments).split('\n').length);
    expect(finding?.message.ru).toMatch(/[а-я]/);
    expect(finding?.suggestion.ru).toMatch(/[а-я]/);
  });
});
