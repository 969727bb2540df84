import { textIn } from '../../../machines/script/localText.ts';
import { compile } from '../../../machines/script/compile.ts';
import type { CompiledScript } from '../../../machines/script/model.ts';
import type { Script } from '../../../machines/script/types.ts';
import { replay } from './replay.ts';
import { walk } from './walk.ts';
import type { Walk, WalkPath } from './walk.ts';

export interface ScriptWalk {
  readonly script: Script;
  readonly compiled: CompiledScript;
  readonly walk: Walk;
  readonly faults: readonly string[];
}
export interface LibraryWalk {
  /** Scripts that are chosen for calls; the others are walked inside them. */
  readonly walks: readonly ScriptWalk[];
  /** `<script>/<step>/<choice>` of every choice of the library, and those that no path takes. */
  readonly choices: readonly string[];
  readonly choicesMissed: readonly string[];
  readonly waysMissed: readonly string[];
  readonly faults: readonly string[];
}

/** Walks every script of the library over all its ways and replays each path with the state stored in the middle. */
export function walkLibrary(scripts: ReadonlyMap<string, Script>): LibraryWalk {
  const roots = [...scripts.values()].filter((script) => script.appliesTo);
  const walks = roots.map((script): ScriptWalk => {
    const compiled = compile(script, { scripts });
    const found = walk(compiled);
    const faults = found.paths.flatMap((path) =>
      replay(compiled, path).faults.map((fault) => `${script.id}: ${fault}`),
    );
    return { script, compiled, walk: found, faults };
  });
  const choices = choicesOf(scripts);
  const taken = new Set(walks.flatMap(choicesTaken));
  return {
    walks,
    choices,
    choicesMissed: choices.filter((choice) => !taken.has(choice)),
    waysMissed: walks.flatMap(({ script, walk: { ways, taken: done } }) =>
      [...ways].filter((way) => !done.has(way)).map((way) => `${script.id}: ${way}`),
    ),
    faults: walks.flatMap((one) => one.faults),
  };
}

const choicesOf = (scripts: ReadonlyMap<string, Script>): string[] =>
  [...scripts.values()].flatMap((script) => [
    ...script.steps.flatMap((step) => (step.choices ?? []).map((choice) => `${script.id}/${step.id}/${choice.id}`)),
    ...(script.everywhere ?? []).map((choice) => `${script.id}/*/${choice.id}`),
  ]);

function choicesTaken({ script, compiled, walk: { taken } }: ScriptWalk): string[] {
  return [...taken].flatMap((way) => {
    const [key = '', kind, id = ''] = way.split(' ');
    const step = compiled.steps.get(key);
    if (!step || kind === 'fact') return [];
    const isOwn = step.choices.some(({ choice }) => choice.id === id);
    return isOwn ? [`${step.script.id}/${step.step.id}/${id}`] : [`${script.id}/*/${id}`, `${step.script.id}/*/${id}`];
  });
}

/** For a trainer: how much of each script was walked, what was not, and, when asked, every path in order. */
export function describeWalk(library: LibraryWalk, withPaths: boolean): string {
  const lines = library.walks.map(({ script, compiled, walk: { ways, taken, paths, stepsReached } }) => {
    const title = `${textIn(script.title, 'ru')} (${script.id})`;
    const figures = `шагов ${String(stepsReached.size)} из ${String(compiled.steps.size)}, переходов ${String(taken.size)} из ${String(ways.size)}, путей ${String(paths.length)}`;
    const list = withPaths
      ? `\n${paths.map((path, index) => `  ${String(index + 1)}. ${describePath(compiled, path)}`).join('\n')}`
      : '';
    return `${title}: ${figures}${list}`;
  });
  const { choices, choicesMissed, waysMissed, faults } = library;
  const share =
    choices.length === 0 ? 100 : Math.floor((100 * (choices.length - choicesMissed.length)) / choices.length);
  return [
    ...lines,
    ...faults.map((fault) => `ОШИБКА ${fault}`),
    ...choicesMissed.map((choice) => `НЕ ПРОЙДЕН выбор ${choice}`),
    ...waysMissed.map((way) => `НЕ ПРОЙДЕН переход ${way}`),
    `Выборов пройдено: ${String(choices.length - choicesMissed.length)} из ${String(choices.length)} (${String(share)} %).`,
    '',
  ].join('\n');
}

/** "Приветствие → «Клиент изложил вопрос» → Знакомство → …" */
export function describePath(compiled: CompiledScript, path: WalkPath): string {
  const { steps } = replay(compiled, path);
  const titleOf = (key: string | undefined): string => {
    const title = compiled.steps.get(key ?? '')?.step.title;
    return title === undefined ? (key ?? '') : textIn(title, 'ru');
  };
  return path.deeds.reduce((text, deed, index) => {
    const next = steps[index + 1];
    const moved = next !== steps[index] || deed.way !== undefined;
    return `${text} → ${deed.words}${moved ? ` → ${titleOf(next)}` : ''}`;
  }, titleOf(steps[0]));
}
