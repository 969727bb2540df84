import { as, exchangeOfDevice, extensionOf, type DeviceId } from '../../machines/vocabulary/index.ts';
import type { Joined } from '../appSetup.ts';
import type { DeviceOption } from '../contract/rest.ts';
import { fullName, type Person } from '../people/users.ts';
import { InquiryHistoryReader } from '../reports/inquiryHistory.ts';
import { callRoutes } from '../web/routes/calls.ts';
import { learningRoutes } from '../web/routes/learning.ts';
import { peopleRoutes } from '../web/routes/people.ts';
import { reportRoutes, type Look } from '../web/routes/reports.ts';
import { reviewRoutes } from '../web/routes/reviews.ts';
import { siteDocumentRoutes } from '../web/routes/siteDocuments.ts';
import { studioRoutes } from '../web/routes/studio.ts';
import { trainingRoutes } from '../web/routes/training.ts';
import { workRoutes } from '../web/routes/work.ts';
import { sessionRoutes } from '../web/session.ts';
import { workOf } from './work.ts';

/** Everything under `/api/v1`. */
export function joinRoutes(joined: Joined) {
  const { config, clock, site } = joined.setup;
  const { rooms } = joined;
  const { ledger, calls, callbacks, operators, inquiries, users, sessions, names } = rooms;
  const now = () => clock.now();
  const nameOf = (id: string) => names.person(id)?.name;
  /** Whoever looks at personal data leaves a row of audit (3.7.4). */
  const look: Look = (person, what, whom, details = {}) => {
    rooms.audit.note({ who: person.id, whoName: fullName(person), what, whom, details }, now());
    void ledger.flush();
  };
  const optionOf = (device: DeviceId): DeviceOption => {
    const extension = extensionOf(device);
    const exchangeId = exchangeOfDevice(device);
    // The staff directory's numbers are those of the first exchange.
    if (exchangeId !== undefined) return { device, label: `${extension} · ${exchangeId}` };
    const member = site.directory.byExtension(extension);
    return { device, label: member ? `${extension} · ${member.fullName}` : extension };
  };
  /** Whom no telephone was given may sit at any of the staff directory. */
  const devicesOf = ({ devices }: Person): readonly DeviceOption[] =>
    (devices.length > 0
      ? devices
      : site.directory.members.map(({ extension }) => as<DeviceId>(`PJSIP/${extension}`))
    ).map(optionOf);
  const history = new InquiryHistoryReader({
    inquiries,
    calls,
    callbacks,
    names,
    history: rooms.archive.collection,
    closedCallbacks: callbacks.setup.collection,
  });
  const liveCalls = (scriptId: string, version: number): number =>
    [...calls.all()].filter(({ rest: { script } }) => script?.scriptId === scriptId && script.version === version)
      .length;
  return [
    ...sessionRoutes({
      users,
      sessions,
      ttlMs: config.sessionTtlMs,
      secure: config.secureCookies,
      devicesOf,
      deviceInUse: (person) => operators.deviceOf(person.id),
    }),
    ...callRoutes({ calls, history: rooms.archive.collection, names, look }),
    ...reportRoutes({ reports: rooms.reports, reviews: rooms.reviews, look }),
    ...reviewRoutes({ reviews: rooms.reviews, timeZone: config.timeZone, look, now }),
    ...peopleRoutes({ operators, users, sessions, now, note: ({ person }, what, whom) => look(person, what, whom) }),
    ...studioRoutes({ studio: rooms.studio, now, nameOf, liveCalls }),
    ...learningRoutes({ studio: rooms.studio, now, nameOf }),
    ...siteDocumentRoutes(rooms.studio.documents),
    ...trainingRoutes(rooms.studio.training),
    ...workRoutes({
      ...workOf(joined),
      inquiry: (id, person) => {
        look(person, 'inquiry.viewed', id);
        return history.of(id);
      },
    }),
  ];
}
