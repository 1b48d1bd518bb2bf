// The whole browser dies soon after a key, as when a phone's battery is taken out: what it had kept goes out when it is opened again.
// MESA_SOAK=1 tells for several moments how much is lost, with and without IndexedDB.
import { type BrowserContext, chromium } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { enter, field, go, openField, openItem } from '../support/mesa.ts';
import { pause } from '../support/process.ts';
import { expect, networkComplaints, Person, type Server, test } from '../support/test.ts';

test.use({ throughProxy: true });

type Launch = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>;

/** Writes one sentence without a network, dies so long after its last key, comes back; returns how many letters are missing. */
async function lost(server: Server, launch: Launch, folder: string, number: number, after: number, withDatabase: boolean): Promise<number> {
  const open = async (): Promise<[BrowserContext, Person]> => {
    const context = await chromium.launchPersistentContext(folder, launch);
    // Not deleted: pages look whether it is there.
    if (!withDatabase) await context.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
    const person = new Person('laptop', context, context.pages()[0] ?? (await context.newPage()));
    person.allow(networkComplaints);
    return [context, person];
  };
  const [first, ana] = await open();
  await enter(ana, server.demo.seats[number % server.demo.seats.length].url, `Ana ${number}`);
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Sigue tu uniforme/);
  const address = ana.page.url();
  // Chromium writes cookies down within half a minute: she came in before that.
  const cookies = await first.cookies();
  const area = await openField(ana.page, 'Objetivo');
  await area.press('Control+End');
  await server.proxy.cut();
  const sentence = ` <${number}> En la colonia no hay agua desde el lunes y nadie avisó por escrito.`;
  await area.pressSequentially(sentence, { delay: 25 });
  await pause(after);
  execFileSync('pkill', ['-KILL', '-f', `user-data-dir=${folder}`]);
  await first.close().catch(() => {});
  await server.proxy.pass();

  const [second, again] = await open();
  await second.addCookies(cookies);
  await again.visit(address);
  const value = field(again.page, 'Objetivo').locator('.field-value');
  await expect(field(again.page, 'Objetivo').locator('.field-status')).toHaveText('guardado');
  await pause(500);
  const text = await value.innerText();
  await second.close();
  let kept = sentence.length;
  while (kept > 0 && !text.includes(sentence.slice(0, kept))) kept -= 1;
  return sentence.length - kept;
}

function settings(info: { project: { use: { launchOptions?: Launch; locale?: string; timezoneId?: string } } }): Launch {
  const { launchOptions, locale, timezoneId } = info.project.use;
  return { ...launchOptions, locale, timezoneId, viewport: { width: 1280, height: 800 } };
}

test('a browser killed a second after the last key has kept what was typed', async ({ server }, info) => {
  expect(await lost(server, settings(info), info.outputPath('profile'), 1, 1_000, true)).toBe(0);
});

test('how much is lost, by when the browser is killed', async ({ server }, info) => {
  test.skip(!process.env.MESA_SOAK, 'long: make soak');
  test.setTimeout(600_000);
  let number = 10;
  for (const withDatabase of [true, false]) {
    for (const after of [100, 300, 500, 1_000, 2_000, 5_000, 10_000]) {
      number += 1;
      const folder = info.outputPath(`profile-${number}`);
      const missing = await lost(server, settings(info), folder, number, after, withDatabase);
      fs.rmSync(folder, { recursive: true, force: true });
      console.log(`${withDatabase ? 'con' : 'sin'} IndexedDB, ${after} ms después de la última tecla: faltan ${missing} letras`);
      // The outbox is written 300 ms after a key at the latest, and the disk follows.
      if (withDatabase && after >= 500) expect(missing).toBe(0);
    }
  }
});
