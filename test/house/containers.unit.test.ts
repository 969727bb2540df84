import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { KEYS, readConfig } from '../../server/config/config.ts';

interface Service {
  readonly image?: string;
  readonly pull_policy?: string;
  readonly build?: string | { readonly context: string; readonly dockerfile: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>;
  readonly healthcheck?: object;
  readonly volumes?: readonly string[];
  readonly configs?: readonly { readonly source: string }[];
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
  readonly configs: Readonly<Record<string, unknown>>;
}

/** What `docker compose config` and a linter would tell, as far as it can be told without them. */
function faultsOf({ services, volumes, configs }: Compose): string[] {
  const all = Object.values(services);
  return Object.entries(services).flatMap(([name, service]) => [
    // Images are built at once: two of one name are a race that the first start loses, none would be looked for outside.
    ...(service.image && !(service.pull_policy === 'never' || service.build || /:/.test(service.image))
      ? [`${name} would fetch ${service.image} from outside`]
      : []),
    ...(service.build &&
    service.image &&
    all.some((other) => other !== service && other.build && other.image === service.image)
      ? [`${name} builds an image that another builds too`]
      : []),
    ...Object.keys(service.depends_on ?? {}).flatMap((other) => {
      const waited = service.depends_on?.[other]?.condition === 'service_healthy';
      if (!services[other]) return [`${name} waits for ${other}, which is not there`];
      return waited && !services[other].healthcheck
        ? [`${name} waits for the health of ${other}, which has no check`]
        : [];
    }),
    ...(service.volumes ?? []).flatMap((volume) => {
      const [source = ''] = volume.split(':');
      return (source.startsWith('./') ? existsSync(source) : source in volumes) ? [] : [`${name}: no volume ${source}`];
    }),
    ...(service.configs ?? []).flatMap(({ source }) => (source in configs ? [] : [`${name}: no config ${source}`])),
    ...Object.keys(service.environment ?? {}).flatMap((key) => (key in KEYS ? [] : [`${name}: nobody reads ${key}`])),
    ...(service.build || service.image ? [] : [`${name} has neither image nor build`]),
  ]);
}
const read = (text: string): Compose => parse(text, { merge: true }) as Compose;
const compose = readFileSync('docker-compose.yml', 'utf8');

/** COPY of files of this folder whose source is not there, the user that the last stage runs as, and its environment. */
function dockerfile(path: string): { missing: string[]; user: string | undefined; env: Record<string, string> } {
  const lines = readFileSync(path, 'utf8').replaceAll('\\\n', ' ').split('\n');
  const copied = lines
    .filter((line) => line.startsWith('COPY ') && !line.includes('--from='))
    .flatMap((line) => line.split(' ').slice(1, -1));
  return {
    missing: copied.filter((source) => !existsSync(source.replace(/\/\*.*$/, ''))),
    user: lines.findLast((line) => line.startsWith('USER '))?.slice('USER '.length),
    env: Object.fromEntries(
      lines
        .filter((line) => line.startsWith('ENV '))
        .flatMap((line) => line.slice('ENV '.length).split(' '))
        .map((pair) => pair.split('=') as [string, string]),
    ),
  };
}

describe('containers', () => {
  it('[OPS-01] the composition names nothing that is not there', () => {
    expect(faultsOf(read(compose))).toEqual([]);
    expect(Object.keys(read(compose).services).sort()).toEqual([
      'asterisk',
      'mongodb',
      'product-1',
      'product-2',
      'redis',
    ]);
  });
  it('[OPS-01] canary: a name misspelt is told, an image built twice and one that is fetched', () => {
    const spoilt = compose
      .replace('  image: telephone', '  build: .\n  image: telephone')
      .replace('redis:\n      condition', 'rediss:\n      condition')
      .replace('MONGODB_URI:', 'MONGO:');
    const faults = faultsOf(read(spoilt)).join('\n');
    expect(faults).toContain('rediss, which is not there');
    expect(faults).toContain('nobody reads MONGO');
    expect(faults).toContain('product-2 builds an image that another builds too');
    expect(faultsOf(read(compose.replace('pull_policy: never', 'tty: false')))).toEqual([
      'product-2 would fetch telephone-regulation from outside',
    ]);
  });
  it.each(['Dockerfile', 'asterisk/Dockerfile'])('[OPS-02] %s copies what is there', (path) => {
    expect(dockerfile(path).missing).toEqual([]);
  });
  it('[OPS-02] the product does not run as root', () => {
    expect(dockerfile('Dockerfile').user).toBe('node');
  });
  it('[OPS-03] what image and composition set makes a configuration without faults', () => {
    const { NODE_ENV, ...env } = dockerfile('Dockerfile').env;
    expect(NODE_ENV).toBe('production');
    expect(Object.keys(env).filter((key) => !(key in KEYS))).toEqual([]);
    const given = read(compose).services['product-1']?.environment;
    const outcome = readConfig({ ...env, ...given, AMI_SECRET: 'a-secret-of-the-site' });
    expect(outcome).toMatchObject({ ok: true, config: { host: '0.0.0.0', port: 8080, dataDir: '/data' } });
  });
});
