export interface Option {
  readonly value: string;
  readonly label: string;
}

const plain = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');

/** Options whose words begin with what was typed come first, then those that merely hold it. */
export function filterOptions(options: readonly Option[], typed: string): readonly Option[] {
  const wanted = plain(typed.trim());
  if (wanted === '') return options;
  const begins = (label: string): boolean =>
    plain(label)
      .split(/[\s,:«»()-]+/)
      .some((word) => word.startsWith(wanted)) || plain(label).startsWith(wanted);
  const holds = options.filter(({ label }) => plain(label).includes(wanted));
  return [...holds.filter(({ label }) => begins(label)), ...holds.filter(({ label }) => !begins(label))];
}
