import type { DemoView } from '../../../server/contract/demo.ts';

interface Group {
  readonly group: string;
  readonly items: string[];
}

/** What a telephone can call: queues, people of the centre, parked clients, colleagues of other departments. */
export const destinations = (
  view: DemoView,
  device: string,
  queues: string,
  staff: string,
  colleagues: string,
): Group[] => {
  const people = (kind: 'staff' | 'colleague'): string[] =>
    view.telephones.filter((each) => each.kind === kind && each.device !== device).map(named);
  const parked = view.parked.map(({ space, name }) => `${space} · ${name}`);
  return [
    { group: queues, items: [...view.queues.map(({ extension, title }) => `${extension} · ${title}`), ...parked] },
    { group: staff, items: people('staff') },
    { group: colleagues, items: people('colleague') },
  ];
};
const named = ({ number, name }: { readonly number: string; readonly name: string }): string => `${number} · ${name}`;

/** The number of a chosen line, or what was typed when it is a number. */
export const numberIn = (text: string): string | undefined => {
  const [first = ''] = text.trim().split(' · ');
  const number = first.replace(/[\s()-]/g, '');
  return /^\+?\d{2,15}$/.test(number) ? number : undefined;
};
