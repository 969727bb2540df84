import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { runCheck } from '../../server/scripts/check.ts';
import { loadLibrary, readLibrary } from '../../server/scripts/library.ts';
import { exampleSource } from './support.ts';

const LIBRARY = fileURLToPath(new URL('../../scripts-library/scripts', import.meta.url));
const PLANTED = fileURLToPath(new URL('planted', import.meta.url));

describe('the library and its checker', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'scripts-'));
    await writeFile(join(folder, 'good.yaml'), exampleSource());
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  it('[LIB-01] the shipped library has no errors and loads whole', async () => {
    const library = await loadLibrary(LIBRARY);
    expect(library.findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect([...library.scripts.keys()]).toEqual(expect.arrayContaining(['inbound', 'outbound']));
    expect(library.files.length).toBe(library.scripts.size);
    const { output, code } = await runCheck([]);
    expect([code, output.trim().split('\n').at(-1)]).toEqual([
      0,
      expect.stringMatching(/^Сценариев: \d+, шагов: \d+\. Ошибок: 0/),
    ]);
  });

  it('[LIB-02] the same id in two files is an error of the second', async () => {
    await writeFile(join(folder, 'twin.yaml'), exampleSource());
    const { findings } = await readLibrary([folder], { folder });
    expect(findings).toMatchObject([{ code: 'script.twin', file: 'twin.yaml', line: 3 }]);
    await rm(join(folder, 'twin.yaml'));
  });

  it('[LIB-03] a broken library does not load, and every error is named with file and line', async () => {
    const path = join(folder, 'bad.yaml');
    await writeFile(path, exampleSource().replace('id: example', 'id: bad').replace('start: greeting', 'start: hello'));
    await expect(loadLibrary(folder)).rejects.toMatchObject({
      code: 'scripts.libraryBroken',
      message: expect.stringContaining('bad.yaml:12 Первого шага «hello» в сценарии нет') as string,
      details: { count: 1 },
    });
    await rm(path);
    await expect(loadLibrary(folder)).resolves.toMatchObject({ findings: [] });
  });

  it('[LIB-04] the command tells errors to people by file, line, step, reason and advice, and exits 1', async () => {
    const { output, code } = await runCheck([join(PLANTED, 'target-missing.yaml')]);
    expect(code).toBe(1);
    expect(output).toMatch(
      /target-missing\.yaml\n +42:\d+ +ошибка +шаг «answer»: Кнопка «[^»]+» ведёт на шаг «goodby», а его в сценарии нет\. Может быть, «goodbye»\? \[target\.missing\]/,
    );
    expect(output).toContain('Ошибок: 1');
  });

  it('[LIB-05] warnings alone exit 0, and --errors leaves them out', async () => {
    const file = join(PLANTED, 'style-jargon.yaml');
    const all = await runCheck([file]);
    expect([all.code, all.output]).toEqual([0, expect.stringContaining('замечание')]);
    expect((await runCheck([file, '--errors'])).output).not.toContain('style.jargon');
  });

  it('[LIB-06] --json gives the findings as data', async () => {
    const { output } = await runCheck([join(PLANTED, 'loop.yaml'), '--json']);
    expect(JSON.parse(output)).toMatchObject({
      findings: [{ severity: 'error', code: 'loop.noExit', stepId: 'waiting', path: ['steps', 4, 'id'] }],
    });
  });

  it('[LIB-07] a path that is not there and an unknown key are told in words', async () => {
    expect(await runCheck(['nowhere.yaml'])).toMatchObject({
      code: 2,
      output: expect.stringContaining('Нет такого файла') as string,
    });
    expect(await runCheck(['--jsn'])).toMatchObject({ code: 2, output: expect.stringContaining('--jsn') as string });
  });

  it('[LIB-08] a single file is checked with the library beside it, for the sub-scripts that it calls', async () => {
    const { output, code } = await runCheck([join(LIBRARY, 'inbound.yaml')]);
    expect([code, output]).toEqual([0, expect.stringContaining('Сценариев: 1,')]);
  });
});
