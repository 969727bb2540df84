import { describe, expect, test } from 'vitest';
import { as, type DeviceId } from '../../../machines/vocabulary/index.ts';
import {
  deviceOf,
  extensionOfLocal,
  isDeviceName,
  roleOf,
  SHIPPED_CONTEXTS,
} from '../../../server/telephony/correlate/names.ts';

const device = (name: string): DeviceId => as<DeviceId>(name);

describe('[AMI] names of channels', () => {
  test.each([
    ['PJSIP/101-0000001a', 'PJSIP/101'],
    ['PJSIP/trunk-kursk-00000000', 'PJSIP/trunk-kursk'],
    ['SIP/101-4f', 'SIP/101'],
    ['DAHDI/i1/84712000000-1', 'DAHDI/i1/84712000000'],
    ['PJSIP/operator-anna-0000ffff', 'PJSIP/operator-anna'],
    ['Local/102@transfer-gate-00000000;1', 'Local/102@transfer-gate'],
  ])('[AMI] %s belongs to %s', (channel, wanted) => expect(deviceOf(channel)).toBe(wanted));

  test('[AMI] the extension of a Local channel', () => {
    expect(extensionOfLocal('Local/102@transfer-gate-00000000;1')).toBe('102');
    expect(extensionOfLocal('PJSIP/102-00000000')).toBe('');
  });

  test.each([
    ['PJSIP/101', true],
    ['Queue:general_avail', false],
    ['Custom:lamp', false],
    ['Local/101@agents', false],
    ['', false],
  ])('[AMI] %j as a telephone: %s', (name, wanted) => expect(isDeviceName(name)).toBe(wanted));

  test('[AMI] who is staff: the product’s list, then members, then contexts, then the look', () => {
    const nobody = new Set<DeviceId>();
    const member = new Set([device('PJSIP/anna')]);
    const role = (name: string, context?: string, members = nobody) =>
      roleOf(device(name), context, members, SHIPPED_CONTEXTS);
    expect(role('PJSIP/101')).toBe('staff');
    expect(role('PJSIP/trunk')).toBe('outside');
    expect(role('PJSIP/84712000000')).toBe('outside');
    expect(role('PJSIP/anna')).toBe('outside');
    expect(role('PJSIP/anna', undefined, member)).toBe('staff');
    expect(role('PJSIP/anna', 'from-operators')).toBe('staff');
    expect(role('PJSIP/101', 'from-trunk')).toBe('outside');
    const told = { ...SHIPPED_CONTEXTS, roleOfDevice: () => 'staff' as const };
    expect(roleOf(device('PJSIP/trunk'), 'from-trunk', nobody, told)).toBe('staff');
  });
});
