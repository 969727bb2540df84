import { afterAll, beforeAll, expect, test } from 'vitest';
import { describeWith } from '../support/peers.ts';
import { startAsterisk, type RunningAsterisk } from '../support/asterisk/startAsterisk.ts';

describeWith(['asterisk'], 'the shipped configuration on a real exchange', () => {
  let asterisk: RunningAsterisk;
  beforeAll(async () => {
    asterisk = await startAsterisk();
  });
  afterAll(() => asterisk.stop());

  test('[AMI] the exchange finds no fault in it', async () => {
    const log = await asterisk.logFile('messages.log');
    // Files of Asterisk's core that the shipped configuration has nothing to say to; a package brings its own.
    const notOurs = /(ccss|acl|udptl|pjproject)\.conf/;
    const faults = log.split('\n').filter((line) => /ERROR|WARNING/.test(line) && !notOurs.test(line));
    expect(faults).toEqual([]);
  });
  test('[AMI] the product has the least rights', () => {
    const user = asterisk.console('manager show user telephone-regulation');
    expect(/read perm: (\S+)/.exec(user)?.[1]).toBe('system,call,agent,user');
    expect(/write perm: (\S+)/.exec(user)?.[1]).toBe('call,agent,reporting,originate');
  });
  test.each(['extensions', 'queues', 'telephones'])('[AMI] %s are there', (what) => {
    const seen: Record<string, [command: string, wanted: RegExp]> = {
      extensions: ['dialplan show transfer-numbers', /Goto\(gate,/],
      queues: ['queue show general-questions', /PJSIP\/101/],
      telephones: ['pjsip show endpoint 190', /allow_transfer\s*: true/],
    };
    const [command, wanted] = seen[what] ?? ['', /^$/];
    expect(asterisk.console(command)).toMatch(wanted);
  });
});
