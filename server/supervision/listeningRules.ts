import { AppError } from '../../machines/vocabulary/index.ts';
import {
  listeningRules,
  rightsOf,
  type ListeningRight,
  type ListeningRule,
  type ListeningRules,
} from '../contract/index.ts';
import type { Person } from '../people/users.ts';
import type { Collection, CollectionSpec, Storage } from '../storage/port.ts';

interface Stored {
  readonly rules: ListeningRules;
}
const spec: CollectionSpec<Stored> = {
  name: 'listeningRules',
  version: 1,
  columns: {},
  indexes: [],
  check: (document) => ({ rules: listeningRules.parse((document as Partial<Stored>).rules) }),
};
const ID = 'rules';
const quiet: ListeningRight = { allowed: true, reason: false, told: false };
const open: ListeningRight = { allowed: true, reason: true, told: true };
/** Of a new site: supervisors may do all; what the client or the operator hears, the operator sees too. */
export const DEFAULT_RULES: ListeningRules = [
  {
    role: null,
    unit: null,
    rights: { listen: quiet, whisper: { allowed: true, reason: false, told: true }, join: open, takeOver: open },
  },
];

/** Who may listen to whom and how: one document, changed by supervisors and administrators. */
export class ListeningRulebook {
  readonly #collection: Collection<Stored>;
  #rules: ListeningRules;
  #revision: number;

  private constructor(collection: Collection<Stored>, rules: ListeningRules, revision: number) {
    this.#collection = collection;
    this.#rules = rules;
    this.#revision = revision;
  }
  static async open(storage: Storage): Promise<ListeningRulebook> {
    const collection = await storage.collection(spec);
    await collection.insert(ID, { rules: DEFAULT_RULES });
    const stored = await collection.get(ID);
    return new ListeningRulebook(collection, stored?.document.rules ?? DEFAULT_RULES, stored?.revision ?? 1);
  }
  get rules(): ListeningRules {
    return this.#rules;
  }
  rightsOf(person: Pick<Person, 'roles'>, unit: string): ListeningRule['rights'] {
    return rightsOf(this.#rules, person.roles, unit);
  }
  /** Throws `supervision.conflict` when somebody changed them meanwhile. */
  async change(rules: ListeningRules): Promise<void> {
    const next = rules.map((rule) => ({
      ...rule,
      rights: { ...rule.rights, takeOver: { ...rule.rights.takeOver, reason: true, told: true } },
    }));
    if ((await this.#collection.replace(ID, { rules: next }, this.#revision)) === 'conflict')
      throw new AppError('supervision.conflict', 'somebody changed the rules just now', { kind: 'user' });
    this.#revision += 1;
    this.#rules = next;
  }
}
