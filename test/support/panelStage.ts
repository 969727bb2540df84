import { mkdirSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { openBrowser, openPage } from './browser.ts';
import { startFakePanelServer, type FakePanelServer } from './fakePanelServer.ts';

/** Where tests leave pictures to look at. */
export const PICTURES = 'test/artifacts/panel';

/** The panel in a real browser against a server that shows what it is told to: every situation, no exchange needed. */
export interface PanelStage {
  page: Page;
  server: FakePanelServer;
  open(situation: string): Promise<void>;
  stage(): ReturnType<Page['locator']>;
  /** Commands of this name that the server got. */
  sent(name: string): FakePanelServer['commands'];
  arrived(name: string): Promise<void>;
}

/** To be called in a `describe`: a browser for its tests, a page and a server for each. A fault on the page fails it. */
export function panelStage(chromium: string): PanelStage {
  let browser: Browser;
  let faults: string[];
  const panel = {
    async open(situation) {
      panel.server.show(situation);
      await panel.page.goto(`${panel.server.url}/operator`);
      await panel.page.waitForSelector('header');
    },
    stage: () => panel.page.locator('main'),
    sent: (name) => panel.server.commands.filter((command) => command.name === name),
    arrived: (name) => expect.poll(() => panel.sent(name).length).toBeGreaterThan(0),
  } as PanelStage;
  beforeAll(async () => {
    mkdirSync(PICTURES, { recursive: true });
    browser = await openBrowser(chromium);
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    panel.server = await startFakePanelServer();
    ({ page: panel.page } = await openPage(browser));
    faults = [];
    panel.page.on('pageerror', (fault) => faults.push(fault.message));
  });
  afterEach(async () => {
    await panel.page.context().close();
    await panel.server.close();
    expect(faults).toEqual([]);
  });
  return panel;
}
