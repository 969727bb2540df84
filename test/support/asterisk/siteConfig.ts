import { cp, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The site's own part of the configuration, as the rig writes it over the shipped one. */
export interface SiteConfig {
  readonly amiPort: number;
  readonly sipPort: number;
  readonly rtpStart: number;
  /** Extension → port at which its telephone listens on 127.0.0.1. */
  readonly telephones: Readonly<Record<string, number>>;
  /** Port of the city's side of the trunk on 127.0.0.2. */
  readonly trunkPort: number;
  /** Lines for site/globals.conf after the shipped ones; the last value of a name stands. */
  readonly globals?: Readonly<Record<string, string>>;
  /** Lets the product hold by PJSIPNotify. */
  readonly holdByNotify?: boolean;
}

export const AMI_USERNAME = 'telephone-regulation';
export const AMI_SECRET = 'rig-secret';
export const TRUNK_IP = '127.0.0.2';
const NAMES: Readonly<Record<string, string>> = {
  '101': 'Анна Петровна',
  '102': 'Борис Сергеевич',
  '103': 'Вера Ильинична',
  '104': 'Глеб Андреевич',
  '190': 'Дарья Викторовна',
};

const shipped = fileURLToPath(new URL('../../../asterisk/', import.meta.url));

/**
 * Copies the shipped configuration to `target` and replaces what belongs to a site: ports, telephones with fixed
 * addresses and no passwords, a trunk on loopback. `inside` is the same folder as the chroot sees it.
 */
export const writeConfig = async (target: string, inside: string, site: SiteConfig): Promise<void> => {
  await mkdir(target, { recursive: true });
  await cp(shipped, target, { recursive: true });
  await Promise.all(
    ['run', 'log/cel-custom', 'spool', 'lib/keys', 'cache'].map((name) =>
      mkdir(join(target, 'var', name), { recursive: true }),
    ),
  );
  const files: Readonly<Record<string, string>> = {
    'asterisk.conf': asteriskConf(inside),
    'rtp.conf': `[general]\nrtpstart = ${site.rtpStart}\nrtpend = ${site.rtpStart + 200}\n`,
    'site/transports.conf': `[udp]\ntype = transport\nprotocol = udp\nbind = 127.0.0.1:${site.sipPort}\n`,
    'site/telephones.conf': Object.entries(site.telephones).map(telephone).join('\n'),
    'site/trunks.conf': trunk(site.trunkPort),
    'site/manager.conf': managerConf(site),
  };
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(target, name), text)));
  const globals = Object.entries({ RING_SECONDS: '4', ...site.globals }).map(([name, value]) => `${name}=${value}\n`);
  await writeFile(join(target, 'site/globals.conf'), globals.join(''), { flag: 'a' });
};

const asteriskConf = (inside: string): string => `[directories]
astetcdir => ${inside}
astmoddir => /usr/lib/x86_64-linux-gnu/asterisk/modules
astvarlibdir => ${inside}/var/lib
astdbdir => ${inside}/var/lib
astkeydir => ${inside}/var/lib
astdatadir => /usr/share/asterisk
astagidir => ${inside}/var/lib
astcachedir => ${inside}/var/cache
astspooldir => ${inside}/var/spool
astrundir => ${inside}/var/run
astlogdir => ${inside}/var/log
astsbindir => /usr/sbin
[options]
defaultlanguage = ru_RU_f_IvrvoiceRU
verbose = 3
live_dangerously = no
`;

const telephone = ([extension, port]: [string, number]): string => `[${extension}](operator-rules)
aors = ${extension}
callerid = "${NAMES[extension] ?? extension}" <${extension}>
media_address = 127.0.0.1
bind_rtp_to_media_address = yes
rewrite_contact = no

[${extension}]
type = aor
contact = sip:${extension}@127.0.0.1:${port}
`;

const trunk = (port: number): string => `[trunk](trunk-rules)
aors = trunk
from_user = 84712000000
media_address = 127.0.0.1
bind_rtp_to_media_address = yes

[trunk]
type = aor
contact = sip:${TRUNK_IP}:${port}

[trunk]
type = identify
endpoint = trunk
match = ${TRUNK_IP}/32
`;

const managerConf = (site: SiteConfig): string => `[general](+)
bindaddr = 127.0.0.1
port = ${site.amiPort}
[${AMI_USERNAME}](product-rules)
secret = ${AMI_SECRET}
permit = 127.0.0.1/255.255.255.255
${site.holdByNotify === true ? 'write = call,agent,originate,reporting,system' : ''}
`;
