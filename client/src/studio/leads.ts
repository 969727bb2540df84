import type { LooseStep } from '../../../server/contract/studio.ts';
import { withKey } from './editor/document.ts';
import { fromRules, rulesOf } from './editor/reactions.ts';
import { anyText, isPlain, once, plainList, str, type Plain } from './texts.ts';

/** Where a step leads: a choice, a rule of an event of the line, or its time limit. */
export interface Lead {
  readonly from: string;
  readonly to: string;
  readonly kind: 'choice' | 'reaction' | 'limit';
  /** Id of the choice, name of the fact, or `limit`. */
  readonly via: string;
  /** Place among the choices, or among the rules of the fact. */
  readonly index: number;
  readonly label: string;
  /** Goes aside and comes back. */
  readonly call?: true;
}

const targetOf = (value: Plain): { to: string; call?: true } | undefined => {
  if (typeof value['to'] === 'string') return { to: value['to'] };
  const called = isPlain(value['call']) ? str(value['call']['step']) : '';
  return called ? { to: called, call: true } : undefined;
};
const reactionsIn = (step: LooseStep): Plain => (isPlain(step['on']) ? step['on'] : {});

/** The same leads for the same step, so that what is drawn of them is drawn once. */
export const leadsOf = once((step: LooseStep): readonly Lead[] => {
  const from = step.id;
  const leads = (kind: Lead['kind'], list: readonly Plain[], tell: (item: Plain) => Pick<Lead, 'via' | 'label'>) =>
    list.flatMap((item, index): Lead[] => {
      const target = targetOf(item);
      return target ? [{ from, kind, index, ...target, ...tell(item) }] : [];
    });
  const limit = isPlain(step['limit']) ? [step['limit']] : [];
  return [
    ...leads('choice', plainList(step['choices']), ({ id, label }) => ({ via: str(id), label: anyText(label) })),
    ...Object.entries(reactionsIn(step)).flatMap(([fact, value]) =>
      leads('reaction', rulesOf(value), () => ({ via: fact, label: fact })),
    ),
    ...leads('limit', limit, ({ after }) => ({ via: 'limit', label: str(after) })),
  ];
});

export const leadKey = ({ from, kind, via, index, to }: Lead): string => `${from}/${kind}/${via}/${index}/${to}`;

/** The step without what leads there: its button, its rule, the end of its time limit. */
export const withoutLead = (step: LooseStep, lead: Lead): LooseStep => changed(step, lead, () => undefined);
/** The step with it leading to another step; what goes aside still comes back. */
export const turnedTo = (step: LooseStep, lead: Lead, to: string): LooseStep =>
  changed(step, lead, (item) => {
    const call = isPlain(item['call']) ? item['call'] : undefined;
    return call ? { ...item, call: { ...call, step: to } } : { ...item, to };
  });

function changed(step: LooseStep, { kind, via, index }: Lead, change: (item: Plain) => Plain | undefined): LooseStep {
  const within = (list: readonly Plain[]): readonly Plain[] =>
    list.flatMap((item, at): Plain[] => {
      const next = at === index ? change(item) : item;
      return next ? [next] : [];
    });
  if (kind === 'choice') {
    const choices = within(plainList(step['choices']));
    return withKey(step, 'choices', choices.length > 0 ? choices : undefined);
  }
  if (kind === 'reaction') {
    const on = reactionsIn(step);
    const next = withKey(on, via, fromRules(within(rulesOf(on[via]))));
    return withKey(step, 'on', Object.keys(next).length > 0 ? next : undefined);
  }
  const limit = isPlain(step['limit']) ? step['limit'] : {};
  // A limit that leads nowhere still reminds; one that did neither is none.
  const rest = withKey(limit, 'to', undefined);
  return withKey(step, 'limit', change(limit) ?? (rest['remind'] === undefined ? undefined : rest));
}
