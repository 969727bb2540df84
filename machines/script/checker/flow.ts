import type { Script } from '../types.ts';
import { exitsOf, isTakable, nodeOf } from './exits.ts';
import type { Exit, Scripts } from './exits.ts';
import type { Advice, Finding } from './finding.ts';
import type { Said } from '../localText.ts';

/** Where each step leads, over all scripts together: made once for one check. */
export interface Flow {
  readonly scripts: Scripts;
  /** By node: every way out. */
  readonly exits: ReadonlyMap<string, readonly Exit[]>;
  /** Nodes from which the operator can bring the conversation to an end. */
  readonly finishing: ReadonlySet<string>;
  /** Nodes from which the operator can return to whoever called. */
  readonly returning: ReadonlySet<string>;
  /** Nodes that are reached without a call: nothing to return to. */
  readonly road: ReadonlySet<string>;
  /** Nodes reached in any way. */
  readonly reached: ReadonlySet<string>;
}

export function flowOf(scripts: Scripts): Flow {
  const exits = new Map<string, readonly Exit[]>();
  for (const script of scripts.values()) {
    for (const [index, step] of script.steps.entries()) {
      const node = nodeOf(script.id, step.id);
      if (!exits.has(node)) exits.set(node, exitsOf(scripts, script, index));
    }
  }
  const { finishing, returning } = endings(scripts, exits);
  const roots = [...scripts.values()].filter((script) => script.appliesTo).map(startOf);
  const all = [...scripts.values()].map(startOf);
  return { scripts, exits, finishing, returning, road: walk(exits, roots, false), reached: walk(exits, all, true) };
}

/** The node of the first step; when the one named is not there, which is told elsewhere, the first written. */
export function startOf(script: Script): string {
  const start = script.steps.find((step) => step.id === script.start) ?? script.steps[0];
  return nodeOf(script.id, start?.id ?? script.start);
}

const scriptIdOf = (node: string): string => node.slice(0, node.indexOf('/'));

/** Least fixed point: an end finishes; a call finishes if what it calls does, or returns to where it can be finished. */
function endings(scripts: Scripts, exits: Flow['exits']): Pick<Flow, 'finishing' | 'returning'> {
  const finishing = new Set<string>();
  const returning = new Set<string>();
  for (const script of scripts.values()) {
    for (const step of script.steps) if (step.outcome !== undefined) finishing.add(nodeOf(script.id, step.id));
  }
  // From the last step back: what leads to an end is known before what leads to it, and two rounds are the rule.
  const backwards = [...exits].reverse();
  for (let grown = true; grown;) {
    const before = finishing.size + returning.size;
    for (const [node, ways] of backwards) {
      for (const way of ways) {
        if (!isTakable(way)) continue;
        const { finishes, returns } = ending(way, scriptIdOf(node), finishing, returning);
        if (finishes) finishing.add(node);
        if (returns) returning.add(node);
      }
    }
    grown = finishing.size + returning.size > before;
  }
  return { finishing, returning };
}

function ending(
  exit: Exit,
  scriptId: string,
  finishing: ReadonlySet<string>,
  returning: ReadonlySet<string>,
): { finishes: boolean; returns: boolean } {
  if (exit.kind === 'return') return { finishes: false, returns: true };
  if (exit.kind === 'to') {
    const node = nodeOf(scriptId, exit.to ?? '');
    return { finishes: finishing.has(node), returns: returning.has(node) };
  }
  if (!exit.call) return { finishes: false, returns: false };
  const called = nodeOf(exit.call.scriptId, exit.call.stepId ?? '');
  const back = nodeOf(scriptId, exit.call.returnTo);
  const comesBack = returning.has(called);
  return {
    finishes: finishing.has(called) || (comesBack && finishing.has(back)),
    returns: comesBack && returning.has(back),
  };
}

/** Nodes reached from `starts`; without `intoCalls`, what only a call reaches is left out. */
function walk(exits: Flow['exits'], starts: readonly string[], intoCalls: boolean): Set<string> {
  const seen = new Set<string>();
  const queue = [...starts];
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (seen.has(node) || !exits.has(node)) continue;
    seen.add(node);
    for (const { kind, to, call } of exits.get(node) ?? []) {
      if (kind === 'to' && to !== undefined) queue.push(nodeOf(scriptIdOf(node), to));
      if (!call) continue;
      queue.push(nodeOf(scriptIdOf(node), call.returnTo));
      if (intoCalls) queue.push(nodeOf(call.scriptId, call.stepId ?? ''));
    }
  }
  return seen;
}

/** Every step reachable, no dead end, no loop without a way out, nothing returns to nowhere, every path ends. */
export function checkFlow(flow: Flow, script: Script): Finding[] {
  return script.steps.flatMap((step, index): Finding[] => {
    const node = nodeOf(script.id, step.id);
    const finding = flowFault(flow, node, step.outcome !== undefined);
    if (!finding) return [];
    const [code, message, suggestion, severity = 'error'] = finding;
    return [
      { severity, code, scriptId: script.id, stepId: step.id, path: ['steps', index, 'id'], message, suggestion },
    ];
  });
}

type Fault = readonly [code: string, message: Said, suggestion: Advice, severity?: Finding['severity']];

function flowFault(flow: Flow, node: string, isEnd: boolean): Fault | undefined {
  const exits = flow.exits.get(node) ?? [];
  if (!flow.reached.has(node)) {
    return [
      'step.unreachable',
      { ru: 'На этот шаг никто не попадёт', en: 'Nobody will ever come to this step' },
      {
        ru: 'Ведите на него кнопку или событие линии, или удалите шаг',
        en: 'Lead a button or an event of the line to it, or delete the step',
        yaml: 'Ведите на него выбор или реакцию, или уберите шаг',
      },
    ];
  }
  if (isEnd) return undefined;
  const takable = exits.filter(isTakable);
  if (!takable.some((exit) => exit.kind !== 'stay')) {
    return [
      'step.deadEnd',
      {
        ru: 'Тупик: с этого шага оператору некуда идти',
        en: 'A dead end: from this step the operator has nowhere to go',
      },
      {
        ru: 'Добавьте кнопку или укажите, чем кончается разговор',
        en: 'Add a button, or say how the conversation ends',
        yaml: 'Добавьте выбор или отметьте шаг концом (outcome)',
      },
    ];
  }
  const finishes = flow.finishing.has(node);
  if (!finishes && !flow.returning.has(node)) {
    return [
      'loop.noExit',
      {
        ru: 'Круг без выхода: отсюда разговор не закончить',
        en: 'A circle without a way out: the conversation cannot be finished from here',
      },
      {
        ru: 'Добавьте кнопку, которая ведёт к прощанию',
        en: 'Add a button that leads to a farewell',
        yaml: 'Добавьте выбор, который ведёт к прощанию',
      },
    ];
  }
  if (flow.road.has(node) && !finishes) {
    return [
      'return.nowhere',
      {
        ru: 'Отсюда можно только вернуться, а возвращаться некуда: сюда ведут и прямым путём',
        en: 'From here one can only go back, but there is nowhere to: a direct way leads here too',
      },
      {
        ru: 'Ведите сюда «на шаг и обратно»',
        en: 'Lead here with “to a step and back”',
        yaml: 'Ведите на этот шаг через call, а не to',
      },
    ];
  }
  const onlyReturns = takable.some((exit) => exit.kind === 'return') && flow.road.has(node);
  return onlyReturns
    ? [
        'return.sometimes',
        {
          ru: 'Сюда ведут и прямым путём: тогда кнопка «вернуться» не сработает',
          en: 'A direct way leads here too: then the button that goes back does not work',
        },
        {
          ru: 'Ведите сюда «на шаг и обратно»',
          en: 'Lead here with “to a step and back”',
          yaml: 'Ведите на этот шаг через call, а не to',
        },
        'warning',
      ]
    : undefined;
}
