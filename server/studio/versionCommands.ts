import { command, type Command } from '../commands.ts';
import { studioCommands as schemas, type WhichVersion } from '../contract/index.ts';
import type { CompiledScript } from '../../machines/script/index.ts';
import type { Instant } from '../../machines/vocabulary/index.ts';
import { AppError, as, type ScriptId } from '../../machines/vocabulary/index.ts';
import type { StudioDesk } from './draftCommands.ts';
import { STUDIO_ROLES } from './draftCommands.ts';
import type { Script } from '../../machines/script/index.ts';
import type { Segments } from './source/segments.ts';
import { readSegments } from './findings.ts';
import type { Walks } from './walks.ts';

/** Seeing a line and walking a conversation, of any version. */
export function walkCommands(desk: StudioDesk, walks: Walks): Record<string, Command> {
  const compiled = compiler(desk, walks);
  return {
    'studio.preview': command(schemas['studio.preview'], STUDIO_ROLES, async (input, { at }) =>
      walks.preview(await compiled(input.scriptId, input.version, at), input.stepId, input.known),
    ),
    'studio.walk': command(schemas['studio.walk'], STUDIO_ROLES, async (input, { at }) => {
      const script = await compiled(input.scriptId, input.version, at);
      return input.state ? walks.go(script, input.state, input.event, input.known) : walks.begin(script, input.known);
    }),
  };
}

/** A version made ready to walk; drafts are read again only when they changed. */
export function compiler({ studio }: StudioDesk, walks: Walks) {
  const drafts = new WeakMap<Segments, Script>();
  return async (scriptId: string, which: WhichVersion, at: Instant): Promise<CompiledScript> => {
    if (typeof which === 'number') {
      const { catalogue } = studio.setup;
      await catalogue.load([{ scriptId, version: which }]);
      const ready = catalogue.compiled(as<ScriptId>(scriptId), which);
      if (!ready) throw new AppError('studio.unknown', 'no such version', { kind: 'user' });
      return ready;
    }
    if (which === 'submitted') return walks.compiled(await studio.scriptOf(scriptId, which, at), 0);
    const { segments } = await studio.draft(scriptId, at);
    let script = drafts.get(segments);
    if (!script) {
      const read = readSegments(segments);
      if (!read.ok)
        throw new AppError('studio.errors', 'the draft is not a script yet', {
          kind: 'user',
          details: { count: read.findings.length },
        });
      script = read.script;
      drafts.set(segments, script);
    }
    return walks.compiled(script, 0);
  };
}
