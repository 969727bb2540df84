import { ROLES, type Role } from '../machines/vocabulary/index.ts';
import type { Topic } from './contract/index.ts';
import type { Person } from './people/users.ts';

/** Who may watch a live view, and the socket.io room of the watcher; the same on every instance. */
export interface TopicPlace {
  readonly roles: readonly Role[];
  room(person: Pick<Person, 'id'>): string;
}
export const TOPICS: Readonly<Record<Topic, TopicPlace>> = {
  panel: { roles: ['operator'], room: (person) => `panel:${person.id}` },
  reminders: { roles: ['operator', 'supervisor', 'trainer', 'admin'], room: (person) => `reminders:${person.id}` },
  board: { roles: ['supervisor'], room: () => 'board' },
  mirror: { roles: ['supervisor'], room: (person) => `mirror:${person.id}` },
  wallboard: { roles: ['supervisor', 'admin', 'wallboard'], room: () => 'wallboard' },
  studio: { roles: ['trainer', 'admin'], room: () => 'studio' },
  demo: { roles: ROLES, room: () => 'demo' },
  rehearsal: { roles: ['operator', 'trainer', 'supervisor', 'admin'], room: (person) => `rehearsal:${person.id}` },
};

/** Views of which each person has an own one: whoever watches one of them is present. */
export const OWN_TOPICS: readonly Topic[] = ['panel', 'reminders'];
