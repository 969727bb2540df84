/** The script language at run time. The format's schema (`format.ts`, zod) is not here, so that the browser goes without. */
export { compile } from './compile.ts';
export { restore, start, step } from './run.ts';
export { learned, matterOf, stepTitle, view } from './render.ts';
export { stayedOn } from './model.ts';
export { OWN_WAYS } from './names.ts';
export { chooseScript } from './choose.ts';
export type { Choosable } from './choose.ts';
export type { Known, KnownContactPoint, KnownPhase, KnownText } from './known.ts';
export type {
  CompiledScript,
  CompileOptions,
  PathEntry,
  Refusal,
  ScriptEffect,
  ScriptEvent,
  ScriptState,
  StepResult,
} from './model.ts';
export type {
  Choice,
  Condition,
  DeadlineRule,
  Fills,
  LocalText,
  Question,
  ReactionFact,
  Script,
  Step,
} from './types.ts';
export type { ChoiceView, FieldValue, FieldView, StepKind, StepView } from './view.ts';
export { STEP_KINDS } from './view.ts';
