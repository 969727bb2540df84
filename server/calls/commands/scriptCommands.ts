import type { ScriptEvent } from '../../../machines/script/index.ts';
import { AppError, as, type ScriptId } from '../../../machines/vocabulary/index.ts';
import { command, type Command, type CommandContext } from '../../commands.ts';
import { operatorCommands as schemas } from '../../contract/index.ts';
import type { CallScript, LiveCall } from '../liveCall.ts';
import type { ScriptCatalogue } from '../ports.ts';
import { kept, ownCall, type CallDesk } from './access.ts';

const ROLES = ['operator', 'trainer'] as const;

/** The operator's way through the script. A step already left (two tabs, a slow link) is refused as `script.stale`. */
export function scriptCommands(desk: CallDesk, scripts: ScriptCatalogue): Record<string, Command> {
  const opened = (live: LiveCall): CallScript => {
    const { script } = live.rest;
    if (!script) throw new AppError('script.none', 'no script is open for this call', { kind: 'user' });
    return script;
  };
  const take = async (live: LiveCall, stepId: string | undefined, event: ScriptEvent): Promise<{ saved: boolean }> => {
    const script = opened(live);
    if (stepId !== undefined && script.state.step !== stepId)
      throw new AppError('script.stale', 'the script has moved on', { kind: 'user' });
    const { refused } = scripts.step(script, event, live);
    if (refused) throw new AppError(refused.code, refused.message, { kind: 'user', details: { why: refused.message } });
    desk.calls.record(live.callId, 'script', event.at, event);
    return kept(desk);
  };
  const at = (context: CommandContext): number => context.at;

  return {
    'script.choose': command(schemas['script.choose'], ROLES, (input, context) =>
      take(ownCall(desk, input.callId, context), input.stepId, {
        type: 'choose',
        choiceId: input.choiceId,
        at: at(context),
      }),
    ),
    'script.answer': command(schemas['script.answer'], ROLES, (input, context) =>
      take(ownCall(desk, input.callId, context), input.stepId, {
        type: 'answer',
        fieldId: input.fieldId,
        value: input.value,
        at: at(context),
      }),
    ),
    'script.back': command(schemas['script.back'], ROLES, (input, context) =>
      take(ownCall(desk, input.callId, context), input.stepId, {
        type: 'back',
        at: at(context),
      }),
    ),
    'script.restart': command(schemas['script.restart'], ROLES, (input, context) =>
      take(ownCall(desk, input.callId, context), undefined, { type: 'restart', at: at(context) }),
    ),
    'script.language': command(schemas['script.language'], ROLES, (input, context) =>
      take(ownCall(desk, input.callId, context), undefined, {
        type: 'language',
        language: input.language,
        at: at(context),
      }),
    ),
    'script.open': command(schemas['script.open'], ROLES, async (input, context) => {
      const live = ownCall(desk, input.callId, context);
      const scriptId = as<ScriptId>(input.scriptId);
      const version = scripts.current(scriptId);
      if (version === undefined) throw new AppError('script.unknown', 'there is no such script', { kind: 'user' });
      const language = live.rest.script?.state.language ?? 'ru';
      desk.calls.record(live.callId, 'scriptOpened', context.at, { scriptId, version, language });
      return kept(desk);
    }),
    'script.noAnswer': command(schemas['script.noAnswer'], ROLES, async ({ callId, stepId, said }, context) => {
      const live = ownCall(desk, callId, context);
      desk.calls.record(live.callId, 'unanswered', context.at, { stepId, said });
      return kept(desk);
    }),
    'knowledge.use': command(schemas['knowledge.use'], ROLES, async ({ callId, articleId }, context) => {
      const live = ownCall(desk, callId, context);
      desk.calls.record(live.callId, 'used', context.at, { articleId });
      return kept(desk);
    }),
  };
}
