import { textIn } from '../../machines/script/localText.ts';
import type { KnownText } from '../../machines/script/known.ts';
import { as, type Language, type OperatorId, type ScriptId } from '../../machines/vocabulary/index.ts';
import type { ReportOptions } from '../contract/index.ts';
import { fullName, type Users } from '../people/users.ts';
import type { Catalogue } from '../scripts/catalogue.ts';
import type { Site } from '../site.ts';
import { localDate, localStamp } from './periods.ts';
import type { Units } from './reportReader.ts';
import type { SheetNames } from './reportSheet.ts';
import type { TimelineNames } from './timeline.ts';
import { reportWords } from './words/reportWords.ts';

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
export type AllNames = TimelineNames & SheetNames;

/** What people call the things that records name by codes; a code that nobody knows any more stands as it is. */
export function reportNames({ users, site, scripts, queueTitles, timeZone }: NamesSetup, language: Language): AllNames {
  const named = (text: KnownText | undefined): string | undefined => text && textIn(text, language);
  const person = (id: string): string | undefined => {
    const found = users.get(as<OperatorId>(id));
    return found && fullName(found);
  };
  const stepOf = (scriptId: string, version: number, key: string) =>
    scripts.compiled(as<ScriptId>(scriptId), version)?.steps.get(key);
  return {
    words: reportWords(language),
    date: (at) => localDate(at, timeZone, language),
    stamp: (at) => localStamp(at, timeZone, language),
    person,
    operator: (id) => person(id) ?? id,
    queue: (id) => queueTitles[id] ?? id,
    topic: (id) => named(site.library.topics.topics.find((topic) => topic.id === id)?.label) ?? id,
    disposition: (id) => named(site.dispositions.find((each) => each.id === id)?.label) ?? id,
    script: (id) => named(scripts.currentOf(id)?.script.title) ?? id,
    article: (id) => site.knowledge.get(id)?.title ?? id,
    step: (scriptId, version, key) => named(stepOf(scriptId, version, key)?.step.title) ?? key,
  };
}

export const unitsOf = ({ users }: Pick<NamesSetup, 'users'>): Units => ({
  operatorsOf: (unit) => users.all().flatMap((each) => (each.unit === unit ? [each.id] : [])),
  unitOf: (operatorId) => users.get(as<OperatorId>(operatorId))?.unit,
});

export function reportOptions(
  { users, site, scripts, queueTitles, ...setup }: NamesSetup,
  language: Language,
): ReportOptions {
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
    topics: site.library.topics.topics.map(({ id, label }) => ({ value: id, label: label[language] })),
    dispositions: site.dispositions.map(({ id, label }) => ({ value: id, label: label[language] })),
    scripts: scripts
      .currentVersions()
      .map(({ scriptId, script }) => ({ value: scriptId, label: textIn(script.title, language) })),
    serverNow: setup.now(),
  };
}
