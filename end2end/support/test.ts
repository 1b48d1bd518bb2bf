// What every browser test imports: `test` with a server and people of its own, and `expect`.
//
//   test.use({ stage: 'live', throughProxy: true });
//   test('a sentence', async ({ server, people }) => {
//     const phone = await people.phone();
//     await phone.visit(server.demo.join_url);
//   });
import { test as base } from '@playwright/test';
import fs from 'node:fs/promises';
import { Mailbox } from './mailbox.ts';
import { People } from './people.ts';
import { Server, type Stage } from './server.ts';

interface Settings {
  stage: Stage;
  throughProxy: boolean;
  /** Whether the server has a mail server, which is `mailbox`. */
  mails: boolean;
}

interface Fixtures {
  mailbox: Mailbox;
  server: Server;
  people: People;
}

export const test = base.extend<Settings & Fixtures>({
  stage: ['agreed', { option: true }],
  throughProxy: [false, { option: true }],
  mails: [false, { option: true }],

  mailbox: async ({}, use) => {
    const mailbox = await Mailbox.start();
    try {
      await use(mailbox);
    } finally {
      await mailbox.stop();
    }
  },

  // A test that passed still fails when its server doesn't exit cleanly, or its log and tables disagree afterwards.
  server: async ({ stage, throughProxy, mails, mailbox }, use, testInfo) => {
    const logs = testInfo.outputPath('logs');
    await fs.mkdir(logs, { recursive: true });
    const server = await Server.start({ stage, throughProxy, logs, ...(mails && { environment: mailbox.environment }) });
    try {
      await use(server);
      if (testInfo.status === testInfo.expectedStatus) {
        await server.stop();
        await server.verify();
      }
    } finally {
      await server.remove();
    }
  },

  // After `server`, so that all devices close before it stops.
  people: async ({ browser, server, locale, timezoneId }, use, testInfo) => {
    const people = new People(browser, { baseURL: server.url, locale, timezoneId });
    try {
      await use(people);
      if (testInfo.status === testInfo.expectedStatus) people.expectNoComplaints();
    } finally {
      await people.leave();
    }
  },
});

export { expect } from '@playwright/test';
export { live, networkComplaints, type People, Person } from './people.ts';
export { type Demo, mesa, type Server, type Stage } from './server.ts';
