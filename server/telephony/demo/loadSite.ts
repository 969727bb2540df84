import { SITE_TIMES, type Site, type SiteQueue } from './site.ts';

/** First telephone of a load: numbers of four digits, so that up to 9,000 operators fit. */
const FIRST_TELEPHONE = 1_000;
const OPERATORS_PER_QUEUE = 25;

/** A site with as many operators as wanted, each in two queues; `pace` shortens its times like those of the load. */
export const loadSite = (operators: number, pace = 1): Site => {
  const telephones = Array.from({ length: operators }, (_, index) => {
    const number = String(FIRST_TELEPHONE + index);
    return { device: `PJSIP/${number}`, number, name: `Оператор ${number}` };
  });
  const queueCount = Math.max(1, Math.ceil(operators / OPERATORS_PER_QUEUE));
  const queues = Array.from({ length: queueCount }, (_, index): SiteQueue => {
    const own = telephones.filter((_telephone, at) => at % queueCount === index || (at + 1) % queueCount === index);
    return {
      name: `line-${index + 1}`,
      extension: `6${String(index + 1).padStart(3, '0')}`,
      did: `847130${String(index).padStart(5, '0')}`,
      members: own.map(({ device }) => ({ device, penalty: 0 })),
      strategy: 'leastrecent',
      ringMs: 15_000 * pace,
      retryMs: 1_000 * pace,
      wrapUpMs: 0,
      serviceLevelMs: 20_000,
    };
  });
  return {
    ...SITE_TIMES,
    telephones,
    queues,
    parkingSpaces: 200,
    ringMs: SITE_TIMES.ringMs * pace,
    cityRingMs: SITE_TIMES.cityRingMs * pace,
    answerPauseMs: SITE_TIMES.answerPauseMs * pace,
    gatePromptMs: SITE_TIMES.gatePromptMs * pace,
    parkingMs: SITE_TIMES.parkingMs * pace,
  };
};
