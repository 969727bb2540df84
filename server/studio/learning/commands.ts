import { AppError } from '../../../machines/vocabulary/index.ts';
import { command, type Command, type CommandContext } from '../../commands.ts';
import { learningCommands as schemas, type LooseStep, type UnansweredItem } from '../../contract/index.ts';
import { fullName } from '../../people/users.ts';
import type { AuditRoom } from '../../supervision/auditRoom.ts';
import type { SiteDocuments } from '../documents/siteDocuments.ts';
import { edit, STUDIO_ROLES } from '../draftCommands.ts';
import type { Studio } from '../studio.ts';
import { stepData } from '../source/segments.ts';
import { isPlain } from '../source/values.ts';
import type { Unanswered } from './unanswered.ts';

export interface LearningDesk {
  readonly studio: Studio;
  readonly inbox: Unanswered;
  readonly documents: SiteDocuments;
  readonly audit: AuditRoom;
}
const refuse = (code: string, message: string): AppError => new AppError(code, message, { kind: 'user' });

/** A missing answer becomes a button, an article, or is put aside with a reason: one command each. */
export function learningCommands(desk: LearningDesk): Record<string, Command> {
  const { studio, inbox, documents, audit } = desk;
  const open = async (itemId: string): Promise<NonNullable<Awaited<ReturnType<Unanswered['get']>>>> => {
    const item = await inbox.get(itemId);
    if (!item) throw refuse('studio.unknown', 'no such item');
    if (item.state !== 'open') throw refuse('studio.settled', 'somebody has dealt with it');
    return item;
  };
  const settle = async (
    itemId: string,
    state: UnansweredItem['state'],
    became: string | null,
    { person, at }: CommandContext,
    reason = '',
  ): Promise<void> => {
    if (!(await inbox.settle(itemId, { state, became, byName: fullName(person) })))
      throw refuse('studio.settled', 'somebody has dealt with it');
    const what = `unanswered.${state}`;
    audit.note({ who: person.id, whoName: fullName(person), what, whom: became ?? itemId, reason }, at);
    await studio.setup.ledger.flush();
  };
  return {
    'studio.toChoice': command(schemas['studio.toChoice'], STUDIO_ROLES, async ({ itemId, label, to }, context) => {
      const item = await open(itemId);
      // A step of a sub-script is known to the call as `<script>/<step>`: its own script is the one to mend.
      const [scriptId = '', stepId = ''] = item.stepId.includes('/')
        ? item.stepId.split('/')
        : [item.scriptId, item.stepId];
      const draft = await studio.draft(scriptId, context.at);
      const segment = draft.segments.steps.find(({ id }) => id === stepId);
      if (!segment) throw refuse('studio.noStep', 'the draft has no such step any more');
      const { step, choiceId } = withChoice(stepData(segment.text), label, to);
      const said = item.said.slice(0, 80);
      const because = {
        ru: `из «нет нужного ответа»: добавлен выбор «${label}» («${said}»)`,
        en: `from “no answer fits”: choice “${label}” added (“${said}”)`,
      };
      const entry = { baseRevision: draft.revision, edits: [{ op: 'setStep' as const, step }], because };
      const { revision } = await edit(studio, scriptId, entry, context);
      await settle(itemId, 'choice', `${scriptId}/${stepId}/${choiceId}`, context);
      return { scriptId, stepId, choiceId, revision };
    }),
    'studio.toArticle': command(schemas['studio.toArticle'], STUDIO_ROLES, async (input, context) => {
      const { itemId, articleId, title, topic, spoken, details } = input;
      const item = await open(itemId);
      const said = item.said.trim().slice(0, 160);
      const content = {
        id: articleId,
        title,
        topic,
        audience: 'everyone',
        spoken,
        questions: [said.length >= 5 ? said : title],
        synonyms: [],
        clauses: [],
        sample: true,
        toFill: ['Ответ внесён из звонка: проверьте его и укажите пункт регламента'],
        details,
      };
      const author = {
        by: context.person.id,
        byName: fullName(context.person),
        at: context.at,
        reason: `«${said}»`,
      };
      const outcome = await documents.save('article', articleId, 0, content, author);
      if (!outcome.saved) {
        const first = outcome.faults[0];
        throw new AppError('studio.article', first?.message.en ?? '', {
          kind: 'user',
          details: {
            field: first?.path.join('.') ?? '',
            message: first?.message.ru ?? '',
            messageEn: first?.message.en ?? '',
          },
        });
      }
      await settle(itemId, 'article', articleId, context);
      return { articleId };
    }),
    'studio.dismissUnanswered': command(
      schemas['studio.dismissUnanswered'],
      STUDIO_ROLES,
      async ({ itemId, reason }, context) => {
        await open(itemId);
        await settle(itemId, 'dismissed', null, context, reason);
      },
    ),
  };
}

/** The step with one more button, under an id that the step never had. */
function withChoice(
  step: LooseStep,
  label: string,
  to: string,
): { readonly step: LooseStep; readonly choiceId: string } {
  const choices: readonly unknown[] = Array.isArray(step.choices) ? step.choices : [];
  const taken = new Set(choices.map((each) => (isPlain(each) ? each.id : undefined)));
  let number = 1;
  while (taken.has(`said-${String(number)}`)) number += 1;
  const choiceId = `said-${String(number)}`;
  return { choiceId, step: { ...step, choices: [...choices, { id: choiceId, label, to }] } };
}
