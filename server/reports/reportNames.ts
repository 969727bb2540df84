import { textIn } from '../../machines/script/localText.ts';
import { as, type OperatorId, type ScriptId } from '../../machines/vocabulary/index.ts';
import type { ReportOptions } from '../contract/index.ts';
import { fullName, type Users } from '../people/users.ts';
import type { Catalogue } from '../scripts/catalogue.ts';
import type { Site } from '../site.ts';
import { localDate } from './periods.ts';
import type { ReportNames } from './reportReader.ts';
import type { TimelineNames } from './timeline.ts';

export interface NamesSetup {
  readonly users: Users;
  readonly site: Site;
  readonly scripts: Catalogue;
  readonly queueTitles: Readonly<Record<string, string>>;
  readonly timeZone: string;
  /** Queues that are known now. */
  queues(): readonly string[];
  now(): number;
}
const named = (text: Parameters<typeof textIn>[0] | undefined): string | undefined => text && textIn(text, 'ru');
type Both = ReportNames & TimelineNames;

/** What people call the things that records name by codes; a code that nobody knows any more stands as it is. */
export function reportNames({ users, site, scripts, queueTitles, timeZone }: NamesSetup): Both {
  const person = (id: string): string | undefined => {
    const found = users.get(as<OperatorId>(id));
    return found && fullName(found);
  };
  const stepOf = (scriptId: string, version: number, key: string) =>
    scripts.compiled(as<ScriptId>(scriptId), version)?.steps.get(key);
  return {
    date: (at) => localDate(at, timeZone),
    person,
    operator: (id) => person(id) ?? id,
    queue: (id) => queueTitles[id] ?? id,
    topic: (id) => site.library.topics.topics.find((topic) => topic.id === id)?.label.ru ?? id,
    disposition: (id) => site.dispositions.find((each) => each.id === id)?.label.ru ?? id,
    script: (id) => named(scripts.currentOf(id)?.script.title) ?? id,
    article: (id) => site.knowledge.get(id)?.title ?? id,
    step: (scriptId, version, key) => named(stepOf(scriptId, version, key)?.step.title) ?? key,
    operatorsOf: (unit) => users.all().flatMap((each) => (each.unit === unit ? [each.id] : [])),
    unitOf: (operatorId) => users.get(as<OperatorId>(operatorId))?.unit,
  };
}

export function reportOptions({ users, site, scripts, queueTitles, ...setup }: NamesSetup): ReportOptions {
  const operators = users
    .all()
    .filter((person) => person.roles.includes('operator'))
    .map((person) => ({ value: person.id, label: fullName(person), unit: person.unit }))
    .toSorted((a, b) => a.label.localeCompare(b.label, 'ru'));
  const units = [...new Set(operators.map(({ unit }) => unit))].toSorted((a, b) => a.localeCompare(b, 'ru'));
  return {
    operators,
    units: units.map((unit) => ({ value: unit, label: unit })),
    queues: [...new Set([...setup.queues(), ...Object.keys(queueTitles)])].map((queue) => ({
      value: queue,
      label: queueTitles[queue] ?? queue,
    })),
    topics: site.library.topics.topics.map(({ id, label }) => ({ value: id, label: label.ru })),
    dispositions: site.dispositions.map(({ id, label }) => ({ value: id, label: label.ru })),
    scripts: scripts
      .currentVersions()
      .map(({ scriptId, script }) => ({ value: scriptId, label: textIn(script.title, 'ru') })),
    serverNow: setup.now(),
  };
}
