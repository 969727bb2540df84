import type { StaffDirectory } from './staff.ts';

export interface LineOfCall {
  /** Topic of the script that is open, when it has one. */
  readonly scriptTopic: string | undefined;
  /** Extensions of those who answer the line: the members of its queue, or the one who was dialled. */
  readonly answeredBy: readonly string[];
}

/** What calls of a line are about: its script says so, or it is what everybody who answers there deals with. */
export function usualTopics(directory: StaffDirectory, { scriptTopic, answeredBy }: LineOfCall): readonly string[] {
  if (scriptTopic !== undefined) return [scriptTopic];
  const [first, ...others] = answeredBy.flatMap((extension) => directory.byExtension(extension) ?? []);
  return (first?.topics ?? []).filter((topic) => others.every(({ topics }) => topics.includes(topic)));
}
