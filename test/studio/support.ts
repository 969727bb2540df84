import { expect } from 'vitest';
import type { DraftEdit, DraftView, EditResult, LooseStep } from '../../server/contract/index.ts';
import { testApp, type TestApp } from '../support/testApp.ts';

/** The whole server with two trainers and their shortcuts. */
export interface StudioTest {
  readonly test: TestApp;
  open(login: string, scriptId: string, tabId?: string): Promise<DraftView>;
  edit(login: string, scriptId: string, baseRevision: number, ...edits: DraftEdit[]): Promise<EditResult>;
  /** The command's value; fails the test when it was refused. */
  done(login: string, name: string, input: unknown): Promise<unknown>;
  /** The code with which the command is refused. */
  refusal(login: string, name: string, input: unknown): Promise<string | undefined>;
  /** From a change of one step to an approved copy; `ira` writes, `lev` approves. Answers its revision. */
  approved(scriptId: string, stepId: string, change: Record<string, unknown>): Promise<number>;
}

export async function studioTest(environment: Record<string, string> = {}): Promise<StudioTest> {
  const test = await testApp(environment);
  const trainer = { patronymic: 'Львовна', position: 'методист', unit: 'Учебный отдел', devices: [] };
  const password = 'test-password';
  for (const [login, surname, firstName] of [
    ['ira', 'Панова', 'Ирина'],
    ['lev', 'Зорин', 'Лев'],
  ] as const)
    await test.app.rooms.users.add({ ...trainer, login, surname, firstName, roles: ['trainer'], password });
  const self: StudioTest = {
    test,
    async done(login, name, input) {
      const result = await test.command(login, name, input);
      expect(result, `${name}: ${JSON.stringify(result)}`).toMatchObject({ ok: true });
      return result.ok ? result.value : undefined;
    },
    async refusal(login, name, input) {
      const result = await test.command(login, name, input);
      return result.ok ? undefined : result.error.code;
    },
    open: async (login, scriptId, tabId = login) =>
      (await self.done(login, 'studio.open', { scriptId, tabId })) as DraftView,
    edit: async (login, scriptId, baseRevision, ...edits) =>
      (await self.done(login, 'studio.edit', { scriptId, baseRevision, edits })) as EditResult,
    async approved(scriptId, stepId, change) {
      const { revision, script } = await self.open('ira', scriptId);
      const step = { ...stepOf(script.steps, stepId), ...change } as LooseStep;
      const edited = await self.edit('ira', scriptId, revision, { op: 'setStep', step });
      await self.done('ira', 'studio.submit', { scriptId, revision: edited.revision, reason: 'понятнее' });
      await self.done('lev', 'studio.approve', { scriptId, revision: edited.revision, note: 'хорошо' });
      return edited.revision;
    },
  };
  return self;
}

export const stepOf = (steps: readonly LooseStep[], id: string): LooseStep => {
  const step = steps.find((each) => each.id === id);
  if (!step) throw new Error(`no step ${id}`);
  return step;
};
