/**
 * Version 0 was the sketch: steps in a mapping by id, `text` for what is said, `buttons` from label to target, and
 * `end: true | false` for the two farewells. Version 1 lists the steps in order, gives each choice an id of its own
 * (made of its place, so that it stays the same each time an old file is read) and names the outcome.
 */
export function fromVersion0(old: Record<string, unknown>): Record<string, unknown> {
  const { name, steps, first, ...rest } = old;
  const entries = isRecord(steps) ? Object.entries(steps) : [];
  return {
    ...rest,
    title: rest['title'] ?? name,
    languages: rest['languages'] ?? ['ru'],
    start: rest['start'] ?? first ?? entries[0]?.[0],
    steps: entries.map(([id, step]) => stepFrom(id, step)),
  };
}

function stepFrom(id: string, step: unknown): unknown {
  if (!isRecord(step)) return step;
  const { text, hint, buttons, end, onHangUp, ...rest } = step;
  return {
    id,
    ...rest,
    ...(text === undefined ? {} : { say: text }),
    ...(hint === undefined ? {} : { hints: hint }),
    ...(isRecord(buttons) ? { choices: Object.entries(buttons).map(choiceFrom) } : {}),
    ...(onHangUp === undefined ? {} : { on: { clientHungUp: onHangUp } }),
    ...(end === undefined ? {} : { outcome: end === true ? 'satisfied' : 'unsatisfied' }),
  };
}

const choiceFrom = ([label, to]: [string, unknown], index: number): unknown => ({
  id: `choice-${String(index + 1)}`,
  label,
  to,
});

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
