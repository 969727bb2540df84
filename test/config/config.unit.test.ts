import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { envExample, readConfig } from '../../server/config/config.ts';

describe('configuration', () => {
  it('[CONF-01] an empty environment is a complete configuration with the demonstration exchange', () => {
    const outcome = readConfig({});
    expect(outcome).toMatchObject({
      ok: true,
      config: { port: 8080, transferLimit: 2, timeZone: 'Europe/Moscow', asterisks: [] },
    });
  });
  it('[CONF-02] all faults are told at once, in words, and no secret is shown', () => {
    const outcome = readConfig({
      PORT: 'http',
      SITE_TIME_ZONE: 'Kursk',
      AMI_HOST: 'pbx',
      MONGODB_URI: 'secret://user:pass',
      REDIS_URL: 'redis://x',
    });
    expect(outcome.ok).toBe(false);
    const faults = outcome.ok ? [] : outcome.faults;
    expect(faults.join('\n')).toMatch(/PORT=http.*\n(.*\n)*SITE_TIME_ZONE|MONGODB_URI/);
    expect(faults.length).toBeGreaterThanOrEqual(5);
    expect(faults.join('\n')).not.toContain('pass');
  });
  it.each([
    ['PORT', '80.5', 'must be a whole number from 0 to 65535'],
    ['TRANSFER_LIMIT', 'two', 'must be a whole number from 0 to 9'],
    ['AMI_TLS', 'perhaps', 'must be true or false'],
    ['DEMO_SPEED', 'fast', 'must be a number from 0.1 to 60'],
    ['AMI_HOST', 'pbx:port', 'must be host, host:port, or several with commas between'],
  ])('[CONF-02] what %s=%s must be is said as people say it', (name, value, words) => {
    const outcome = readConfig({ AMI_SECRET: 'x', [name]: value });
    expect(outcome).toMatchObject({ ok: false, faults: [expect.stringContaining(`${name}=${value}: ${words} (`)] });
  });
  it('[CONF-03] several exchanges are named by commas', () => {
    const outcome = readConfig({ AMI_HOST: 'pbx1,pbx2:5039', AMI_SECRET: 'x' });
    expect(outcome.ok && outcome.config.asterisks).toEqual([
      { id: 'main', host: 'pbx1', port: 5038 },
      { id: 'main2', host: 'pbx2', port: 5039 },
    ]);
  });
  it('[CONF-04] the configuration cannot be changed', () => {
    const outcome = readConfig({});
    expect(outcome.ok && Object.isFrozen(outcome.config)).toBe(true);
  });
  it('[CONF-06] the demonstration takes calls around the clock, an exchange by the calendar, unless it is said', () => {
    const aroundTheClock = (environment: Record<string, string>): boolean | undefined => {
      const outcome = readConfig(environment);
      return outcome.ok ? outcome.config.aroundTheClock : undefined;
    };
    const exchange = { AMI_HOST: 'pbx', AMI_SECRET: 'x' };
    expect([{}, exchange].map(aroundTheClock)).toEqual([true, false]);
    expect(aroundTheClock({ AROUND_THE_CLOCK: 'false' })).toBe(false);
    expect(aroundTheClock({ ...exchange, AROUND_THE_CLOCK: 'true' })).toBe(true);
  });
  it('[CONF-05] .env.example is made from the same table', () => {
    expect(readFileSync('.env.example', 'utf8')).toBe(envExample());
  });
});
