import { reactionsOf } from '../moves.ts';
import type { Reactions, Script } from '../types.ts';
import { nodeOf } from './exits.ts';
import type { Finding } from './finding.ts';
import type { Flow } from './flow.ts';

/** A script rests until a person decides something: what would go on and on by itself, on the screen or on the line. */
export function checkUnrest(flow: Flow, script: Script): Finding[] {
  const ofScript = holdsByItself(script.on).map((at) => holdFinding(script, ['on', ...at]));
  const ofSteps = script.steps.flatMap((step, index): Finding[] => {
    const holds = holdsByItself(step.on).map((at) => ({
      ...holdFinding(script, ['steps', index, 'on', ...at]),
      stepId: step.id,
    }));
    const node = nodeOf(script.id, step.id);
    return comesBackByTime(flow, node)
      ? [
          ...holds,
          {
            severity: 'error',
            code: 'loop.byTime',
            scriptId: script.id,
            stepId: step.id,
            path: ['steps', index, 'limit'],
            message: {
              ru: 'Круг по времени: шаги сменяют друг друга сами, и строка уходит из-под глаз оператора',
              en: 'A circle by time: steps follow one another by themselves, and the line moves under the operator’s eyes',
            },
            suggestion: {
              ru: 'Ведите по времени на шаг, у которого предела нет',
              en: 'When the time is up, lead to a step that has no limit',
            },
          },
        ]
      : holds;
  });
  return [...ofScript, ...ofSteps];
}

/** Held because the line said so, the client has heard no term; and resumed by the next reaction, it never ends. */
function holdsByItself(on: Reactions | undefined): (string | number)[][] {
  return Object.entries(on ?? {}).flatMap(([fact, written]) =>
    reactionsOf(written).flatMap((reaction, place) => {
      if (!reaction.effects?.includes('hold.start')) return [];
      return [[fact, ...(Array.isArray(written) ? [place] : []), 'effects']];
    }),
  );
}
const holdFinding = (script: Script, path: Finding['path']): Finding => ({
  severity: 'error',
  code: 'hold.byItself',
  scriptId: script.id,
  path,
  message: {
    ru: 'Клиента поставили бы на удержание без слова оператора: срок не назван (п. 3.5.5-б)',
    en: 'The client would be put on hold without a word of the operator: no term is named (3.5.5-б)',
  },
  suggestion: {
    ru: 'Ведите на шаг вида «удержание»: там срок называют и нажимают кнопку',
    en: 'Lead to a step of the kind “hold”: there the term is named and a button pressed',
  },
});

function comesBackByTime(flow: Flow, from: string): boolean {
  const seen = new Set<string>();
  const queue = timedFrom(flow, from);
  for (let node = queue.pop(); node !== undefined; node = queue.pop()) {
    if (node === from) return true;
    if (seen.has(node)) continue;
    seen.add(node);
    queue.push(...timedFrom(flow, node));
  }
  return false;
}
/** Steps to which the time alone leads. */
function timedFrom(flow: Flow, node: string): string[] {
  const [scriptId = '', stepId] = node.split('/');
  const step = flow.scripts.get(scriptId)?.steps.find(({ id }) => id === stepId);
  if (!step?.limit) return [];
  return (flow.exits.get(node) ?? []).flatMap(({ by, fact, to, call }) => {
    if (by !== 'limit' && fact !== 'timeUp') return [];
    if (call) return [nodeOf(call.scriptId, call.stepId ?? '')];
    return to === undefined ? [] : [nodeOf(scriptId, to)];
  });
}
