import { exampleAnswer } from '../../machines/script/example.ts';
import { start, type CompiledScript, type Known, type ScriptState } from '../../machines/script/index.ts';
import { textIn } from '../../machines/script/localText.ts';
import type { CompiledStep, Wording } from '../../machines/script/model.ts';
import { readingAt } from '../../machines/script/run.ts';
import { speak, speakLabel } from '../../machines/script/speak.ts';
import type { BookStep } from '../contract/index.ts';

/**
 * The steps that the routes pass, in the order of the scripts, each with its lines as they sound with the example.
 * Wordings of all conditions are told.
 */
export function bookSteps(
  compiled: CompiledScript,
  known: Known,
  met: ReadonlySet<string>,
): readonly { readonly key: string; readonly step: BookStep }[] {
  const { state } = start(compiled, known, known.now);
  const examples = Object.fromEntries(
    [...compiled.questions].map(([field, question]) => [field, exampleAnswer(question)]),
  );
  const fields = { ...examples, ...state.fields };
  const tell = ({ key, step, script, wordings, trial }: CompiledStep, number: number): BookStep => {
    const reading = readingAt(compiled, { ...state, step: key, fields } satisfies ScriptState, known);
    const spoken = (said: readonly Wording[] = []): string[] => [
      ...new Set(said.map(({ text }) => speak(reading, text)).filter((line) => line !== '')),
    ];
    const onTrial = spoken(trial?.wordings);
    const { next, because } = step;
    const ending = (next ? [next.what, next.by, next.who] : [because])
      .flatMap((text) => (text === undefined ? [] : [speak(reading, text)]))
      .join('; ');
    return {
      number,
      title: speakLabel(reading, step.title),
      ...(script.id === compiled.id ? {} : { script: textIn(script.title, 'ru') }),
      lines: spoken(wordings),
      ...(onTrial.length > 0 ? { trial: onTrial } : {}),
      ...(ending === '' ? {} : { ending }),
    };
  };
  return [...compiled.steps.values()]
    .filter(({ key }) => met.has(key))
    .map((step, index) => ({ key: step.key, step: tell(step, index + 1) }));
}
