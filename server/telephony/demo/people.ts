import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError, ROLES, type Role } from '../../../machines/vocabulary/index.ts';
import type { ClientScript } from './client.ts';
import { SITE_TIMES, type Site, type SiteQueue, type SiteTelephone } from './site.ts';

const seconds = z.number().positive().max(3_600);
const extension = z.string().regex(/^\d{3}$/);
const demoFile = z.object({
  people: z
    .array(
      z.object({
        login: z.string().regex(/^[a-z]{2,20}$/),
        /** Surname, name, patronymic. */
        name: z.string().regex(/^\S+ \S+ \S+$/),
        position: z.string().min(2),
        roles: z.array(z.enum(ROLES)).min(1),
        unit: z.string().min(2),
        telephone: extension.optional(),
      }),
    )
    .min(1),
  queues: z
    .array(
      z.object({
        name: z.string().regex(/^[a-z][a-z-]+$/),
        title: z.string().min(2),
        extension,
        did: z.string().regex(/^\d{11}$/),
        serviceLevelSeconds: seconds,
        /** `103/1`: with penalty 1. */
        members: z.array(z.string().regex(/^\d{3}(?:\/\d)?$/)).min(1),
      }),
    )
    .min(1),
  callers: z.array(
    z.object({
      name: z.string(),
      number: z.string().regex(/^(?:\+7\d{10})?$/),
      queue: z.string(),
      question: z.string().min(3),
      story: z.string().min(3),
      script: z
        .object({
          patienceSeconds: seconds.optional(),
          onHoldPatienceSeconds: seconds.optional(),
          whenCalled: z.enum(['answers', 'busy', 'noAnswer']).optional(),
        })
        .optional(),
    }),
  ),
});

/** A member of staff with whom one can sign in to the demonstration. */
export interface DemoPerson {
  readonly login: string;
  /** Surname, name, patronymic. */
  readonly name: string;
  readonly position: string;
  readonly roles: readonly Role[];
  readonly unit: string;
  /** `PJSIP/101`. */
  readonly device?: string;
}
/** Somebody who can call, with what they want. */
export interface DemoCaller {
  readonly id: string;
  readonly name: string;
  readonly number: string;
  readonly queue: string;
  readonly question: string;
  readonly story: string;
  readonly script: ClientScript;
}
export interface DemoColleague {
  readonly device: string;
  readonly number: string;
  readonly name: string;
  readonly unit: string;
}
export interface DemoLibrary {
  /** Colleagues outside the contact centre (`staff.csv`): their telephones lift by themselves. */
  readonly colleagues: readonly DemoColleague[];
  readonly people: readonly DemoPerson[];
  readonly callers: readonly DemoCaller[];
  readonly queueTitles: Readonly<Record<string, string>>;
  readonly site: Site;
}

/** Reads `demo.yaml`, and colleagues' telephones from `staff.csv`. Throws `AppError` `demo.badFile` with the place of the first fault. */
export const readDemoLibrary = (file: string, staffFile: string): DemoLibrary => {
  const parsed = demoFile.safeParse(parse(readFileSync(file, 'utf8')));
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    throw new AppError('demo.badFile', `${file}: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'unreadable'}`);
  }
  return libraryOf(parsed.data, colleaguesOf(readFileSync(staffFile, 'utf8')));
};

/** Each line of the staff directory that has an extension. */
const colleaguesOf = (text: string): DemoColleague[] => {
  const [head = '', ...lines] = text.trim().split(/\r?\n/);
  const columns = head.replace('\uFEFF', '').split(';');
  const [name, unit, extension] = COLUMNS.map((column) => columns.indexOf(column));
  return lines
    .map((line) => line.split(';'))
    .map((cells) => ({
      number: cells[extension ?? -1] ?? '',
      name: cells[name ?? -1] ?? '',
      unit: cells[unit ?? -1] ?? '',
    }))
    .filter(({ number }) => /^\d{3}$/.test(number))
    .map((each) => ({ ...each, device: `PJSIP/${each.number}` }));
};
const COLUMNS = ['Фамилия Имя Отчество', 'Подразделение', 'Внутренний номер'];

const libraryOf = (data: z.output<typeof demoFile>, staff: readonly DemoColleague[]): DemoLibrary => {
  const people = data.people.map(({ telephone, ...person }) =>
    telephone === undefined ? person : { ...person, device: `PJSIP/${telephone}` },
  );
  const telephones = data.people.flatMap(({ telephone, name }): SiteTelephone[] =>
    telephone === undefined ? [] : [{ device: `PJSIP/${telephone}`, number: telephone, name: calledName(name) }],
  );
  const colleagues = staff.filter((each) => telephones.every(({ number }) => number !== each.number));
  return {
    people,
    colleagues,
    callers: data.callers.map(({ script, ...caller }, index) => ({
      ...caller,
      id: `caller-${index + 1}`,
      script: { ...scriptOf(script), surveyDigits: DEMO_DIGITS[index % DEMO_DIGITS.length] ?? '' },
    })),
    queueTitles: Object.fromEntries(data.queues.map((queue) => [queue.name, queue.title])),
    site: {
      ...SITE_TIMES,
      surveyQuestions: DEMO_QUESTIONS,
      telephones: [
        ...telephones,
        ...colleagues.map(({ device, number, name }) => ({ device, number, name: calledName(name) })),
      ],
      queues: data.queues.map((queue) => queueOf(queue)),
    },
  };
};

/** The demonstration asks an invited client two questions, and these are the keys that each presses. */
const DEMO_QUESTIONS = 2;
const DEMO_DIGITS = ['55', '54', '45', '53', '34'];

/** Name and patronymic: what a telephone shows of a colleague. */
const calledName = (fullName: string): string => fullName.split(' ').slice(1).join(' ');
const scriptOf = (script: z.output<typeof demoFile>['callers'][number]['script']): ClientScript => ({
  ...(script?.patienceSeconds !== undefined && { patienceMs: script.patienceSeconds * 1000 }),
  ...(script?.onHoldPatienceSeconds !== undefined && { onHoldPatienceMs: script.onHoldPatienceSeconds * 1000 }),
  ...(script?.whenCalled !== undefined && { whenCalled: script.whenCalled }),
});
/** Times of `[queue-rules]` in the shipped `queues.conf`. */
const queueOf = (queue: z.output<typeof demoFile>['queues'][number]): SiteQueue => ({
  name: queue.name,
  extension: queue.extension,
  did: queue.did,
  strategy: 'leastrecent',
  ringMs: 15_000,
  retryMs: 2_000,
  wrapUpMs: 0,
  serviceLevelMs: queue.serviceLevelSeconds * 1000,
  members: queue.members.map((member) => {
    const [number = '', penalty = '0'] = member.split('/');
    return { device: `PJSIP/${number}`, penalty: Number(penalty) };
  }),
});
