import type { Role } from '../../machines/vocabulary/index.ts';
import type { ListeningRule, ListeningRules } from './board.ts';

const NOTHING = { allowed: false, reason: true, told: true } as const;

/**
 * What somebody with these roles may do at operators of this unit. A rule for the unit outweighs one for the role; of
 * equals the first stands.
 */
export function rightsOf(rules: ListeningRules, roles: readonly Role[], unit: string): ListeningRule['rights'] {
  const weight = (rule: ListeningRule): number => Number(rule.unit !== null) * 2 + Number(rule.role !== null);
  const fitting = rules.filter(
    (rule) => (rule.role === null || roles.includes(rule.role)) && (rule.unit ?? unit) === unit,
  );
  const [first] = [...fitting].sort((a, b) => weight(b) - weight(a));
  return first?.rights ?? { listen: NOTHING, whisper: NOTHING, join: NOTHING, takeOver: NOTHING };
}
