import { z } from 'zod';
import { isWithin, type LocalMoment } from './workHours.ts';
import { bothLanguages } from './issueWords.ts';

const workHours = z.strictObject({
  days: z.array(z.int().min(1).max(7)).min(1),
  fromMinute: z.int().min(0).max(1440),
  toMinute: z.int().min(0).max(1440),
});
const ids = z.array(z.string().min(1).max(60)).max(40);

/** A person of the staff directory, to whom a client may be transferred and who may call as a colleague. */
export const staffMemberSchema = z.strictObject({
  /** Extension: unique in the directory, so it is the key as well. */
  extension: z
    .string()
    .regex(/^\d{2,6}$/, bothLanguages('внутренний номер — от 2 до 6 цифр', 'an extension has 2 to 6 digits')),
  /** Surname, name, patronymic. */
  fullName: z.string().trim().min(3).max(120),
  unit: z.string().trim().min(2).max(120),
  position: z.string().trim().min(2).max(120),
  /** Topics, life situations and client profiles in which this person helps (3.5.1). */
  topics: ids,
  situations: ids,
  profiles: ids,
  hours: z.array(workHours).min(1),
  /** The hours as they were written, for the screen. */
  hoursText: z.string().min(1).max(200),
});
export type StaffMember = Readonly<z.output<typeof staffMemberSchema>>;

export interface TransferWish {
  readonly topic?: string;
  readonly situation?: string;
  readonly profile?: string;
  /** What calls of this line are about, the best guess while nobody has named the topic. */
  readonly usual?: readonly string[];
  /** Extensions of those who answer the line: they know no more than who asks, so they come last among equals. */
  readonly line?: readonly string[];
  readonly now: LocalMoment;
}
export type TransferMatch = keyof typeof WEIGHT;
export interface TransferCandidate {
  readonly member: StaffMember;
  readonly atWork: boolean;
  /** Which of the client's circumstances this person deals with. */
  readonly matches: readonly TransferMatch[];
}

/** The question weighs more than what the line is for, that more than the situation, the situation more than who asks. */
const WEIGHT = { topic: 8, usual: 4, situation: 2, profile: 1 } as const;
const MATCHES = ['topic', 'usual', 'situation', 'profile'] as const;

export interface StaffDirectory {
  readonly members: readonly StaffMember[];
  byExtension(extension: string): StaffMember | undefined;
  /**
   * Whoever deals with the client's question, best first; those at work before those who are not. While the question is
   * not known: everybody, ordered by what else is known of the client and the line.
   */
  forTransfer(wish: TransferWish): readonly TransferCandidate[];
  /** By name, unit, position or extension, as typed. */
  find(text: string): readonly StaffMember[];
}

export function createStaffDirectory(members: readonly StaffMember[]): StaffDirectory {
  const byExtension = new Map(members.map((member) => [member.extension, member]));
  const texts = members.map(({ fullName, unit, position, extension }) =>
    fold([fullName, unit, position, extension].join(' ')),
  );
  return {
    members,
    byExtension: (extension) => byExtension.get(extension),
    forTransfer: (wish) => {
      const ofLine = ({ member }: TransferCandidate): number => Number(wish.line?.includes(member.extension) ?? false);
      return members
        .map((member) => candidateFor(member, wish))
        .filter(({ matches }) => wish.topic === undefined || matches.includes('topic'))
        .toSorted((a, b) => Number(b.atWork) - Number(a.atWork) || weightOf(b) - weightOf(a) || ofLine(a) - ofLine(b));
    },
    find: (text) => {
      const words = fold(text).split(/\s+/u).filter(Boolean);
      return members.filter((_, at) => words.every((word) => texts[at]?.includes(word)));
    },
  };
}
const candidateFor = (member: StaffMember, wish: TransferWish): TransferCandidate => {
  const { topic, usual = [], line = [], situation, profile, now } = wish;
  const fits: Readonly<Record<TransferMatch, boolean>> = {
    topic: topic !== undefined && member.topics.includes(topic),
    usual:
      topic === undefined && !line.includes(member.extension) && usual.some((each) => member.topics.includes(each)),
    situation: situation !== undefined && member.situations.includes(situation),
    profile: profile !== undefined && member.profiles.includes(profile),
  };
  return { member, atWork: isWithin(member.hours, now), matches: MATCHES.filter((match) => fits[match]) };
};
const weightOf = ({ matches }: TransferCandidate): number => matches.reduce((sum, match) => sum + WEIGHT[match], 0);

const fold = (text: string): string => text.toLowerCase().replaceAll('ё', 'е');
