import { describe, expect, it } from 'vitest';
import { leadKey, leadsOf, turnedTo, withoutLead } from '../../client/src/studio/leads.ts';
import { laidOut, telling } from '../../client/src/studio/map/layout.ts';
import { keepPlaces, keptPlaces } from '../../client/src/studio/map/keptPlaces.ts';
import { keeper } from '../../client/src/studio/map/useKept.ts';
import { GAP, nextTo, NODE, withNew } from '../../client/src/studio/map/places.ts';

const step = {
  id: 'a',
  choices: [
    { id: 'yes', label: 'Да', to: 'b' },
    { id: 'aside', label: 'В сторону', call: { step: 'c', returnTo: 'b' } },
  ],
  on: { held: [{ to: 'c', when: { known: 'workingHours', is: true } }, { to: 'd' }], clientHungUp: 'd' },
  limit: { after: '20с', to: 'b', remind: 'Пора' },
};
const lead = (part: string) => {
  const found = leadsOf(step).find((each) => leadKey(each).includes(part));
  if (!found) throw new Error(`no lead ${part}`);
  return found;
};

describe('[STUDIO-16] ways on the map', () => {
  it('[STUDIO-16] each has a name of its own, also the rules of one event', () => {
    const keys = leadsOf(step).map(leadKey);
    expect(keys).toEqual([
      'a/choice/yes/0/b',
      'a/choice/aside/1/c',
      'a/reaction/held/0/c',
      'a/reaction/held/1/d',
      'a/reaction/clientHungUp/0/d',
      'a/limit/limit/0/b',
    ]);
  });
  it('[STUDIO-16] one is taken away with what stands behind it, and nothing else', () => {
    expect(withoutLead(step, lead('choice/yes'))).toEqual({ ...step, choices: [step.choices[1]] });
    expect(withoutLead(step, lead('held/0')).on).toEqual({ held: 'd', clientHungUp: 'd' });
    expect(withoutLead(step, lead('clientHungUp')).on).toEqual({ held: step.on.held });
    expect(withoutLead(step, lead('limit')).limit).toEqual({ after: '20с', remind: 'Пора' });
    const { limit: _, ...rest } = step;
    expect(withoutLead({ ...step, limit: { after: '20с', to: 'b' } }, lead('limit'))).toEqual(rest);
  });
  it('[STUDIO-16] one is turned to another step, and what goes aside still comes back', () => {
    expect(turnedTo(step, lead('choice/yes'), 'd')).toMatchObject({ choices: [{ id: 'yes', to: 'd' }, {}] });
    expect(turnedTo(step, lead('aside'), 'd')).toMatchObject({ choices: [{}, { call: { step: 'd', returnTo: 'b' } }] });
    expect(turnedTo(step, lead('held/1'), 'b')).toMatchObject({ on: { held: [{ to: 'c' }, { to: 'b' }] } });
    expect(turnedTo(step, lead('limit'), 'd')).toMatchObject({ limit: { after: '20с', to: 'd' } });
  });
});

describe('[STUDIO-17] places on the map', () => {
  const laid = new Map([
    ['a', { x: 0, y: 0 }],
    ['b', { x: NODE.width + GAP.x, y: 0 }],
    ['c', { x: NODE.width + GAP.x, y: 108 }],
  ]);
  it('[STUDIO-17] a new step stands free beside what leads to it, the others stay', () => {
    const steps = ['a', 'b', 'c', 'new'].map((id) => ({ id }));
    const leads = [{ from: 'a', to: 'new', kind: 'choice' as const, via: 'x', index: 0, label: '' }];
    const places = withNew(laid, steps, leads);
    expect(places.get('new')).toEqual({ x: NODE.width + GAP.x, y: 216 });
    expect(places.get('b')).toBe(laid.get('b'));
  });
  it('[STUDIO-17] arrows go to the step that the eye finds there', () => {
    expect(nextTo(laid, 'a', 'right')).toBe('b');
    expect(nextTo(laid, 'b', 'down')).toBe('c');
    expect(nextTo(laid, 'c', 'left')).toBe('a');
    expect(nextTo(laid, 'a', 'left')).toBeUndefined();
  });
});

describe('[STUDIO-28] where steps stand on the map', () => {
  const way = (text: string) => [text.charAt(0), text.charAt(1)] as const;
  it('[STUDIO-28] a way that a short detour stands for moves no step', () => {
    const ways = ['ab', 'bc', 'cd', 'ad'].map(way);
    expect(telling(ways)).toEqual(['ab', 'bc', 'cd'].map(way));
  });
  it('[STUDIO-28] the conversation goes from left to right, also on a map of hundreds', () => {
    const many = Array.from({ length: 200 }, (_, index) => `s${index}`);
    const ways = many.flatMap((id, index) =>
      many.slice(index + 1, index + 3).map((next): readonly [string, string] => [id, next]),
    );
    const places = laidOut({ ids: many, ways });
    const xs = many.map((id) => places.get(id)?.x ?? 0);
    expect(xs).toEqual(xs.toSorted((one, other) => one - other));
    expect(new Set(xs).size).toBe(200);
  });
  it('[STUDIO-28] of ways that stand for each other one stays: no step is cut off', () => {
    const ways = ['ab', 'ac', 'cx', 'xb', 'by', 'yc', 'aa'].map(way);
    expect(telling(ways)).toEqual(ways.slice(1, -1));
  });
});

describe('[STUDIO-17] the map as it was left', () => {
  const steps = Array.from({ length: 10 }, (_, index) => ({ id: `s${index}` }));
  const places = new Map(steps.map(({ id }, index) => [id, { x: index * 312, y: 0.4 }]));
  const cupboard = (): Map<string, string> & Pick<Storage, 'getItem' | 'setItem'> => {
    const kept = new Map<string, string>();
    return Object.assign(kept, {
      getItem: (name: string) => kept.get(name) ?? null,
      setItem: (name: string, text: string) => void kept.set(name, text),
    });
  };

  it('[STUDIO-17] is found again, a step that came since being nowhere yet', () => {
    const store = cupboard();
    expect(keptPlaces(store, 'a', steps)).toBeUndefined();
    keepPlaces(store, 'a', places);
    expect(keptPlaces(store, 'b', steps)).toBeUndefined();
    const found = keptPlaces(store, 'a', [...steps.slice(1), { id: 'new' }]);
    expect(found?.get('s1')).toEqual({ x: 312, y: 0 });
    expect(found?.size).toBe(9);
  });
  it('[STUDIO-17] is laid out anew when what is kept is no map', () => {
    for (const text of ['{', 'null', '7', '[]', '{"s1":null,"s2":["x"]}'])
      expect(keptPlaces({ getItem: () => text }, 'a', steps)).toBeUndefined();
  });
  it('[STUDIO-17] is laid out anew when most of it is another script, and a full store is no fault', () => {
    const store = cupboard();
    keepPlaces(store, 'a', places);
    expect(keptPlaces(store, 'a', [...steps.slice(2), { id: 'x' }, { id: 'y' }])).toBeUndefined();
    const full = {
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    expect(() => keepPlaces(full, 'a', places)).not.toThrow();
  });
});

describe('[STUDIO-17] what did not change is not drawn anew', () => {
  it('[STUDIO-17] of a list only what says something else is another object', () => {
    const keep = keeper(({ id }: { id: string; says: string }) => id);
    const first = keep([
      { id: 'a', says: 'x' },
      { id: 'b', says: 'x' },
    ]);
    expect(keep([{ ...first[0]! }, { ...first[1]! }])).toBe(first);
    const second = keep([
      { id: 'a', says: 'x' },
      { id: 'b', says: 'y' },
    ]);
    expect(second[0]).toBe(first[0]);
    expect(second[1]).toEqual({ id: 'b', says: 'y' });
    expect(keep([{ id: 'b', says: 'y' }])).toEqual([second[1]]);
  });
});
