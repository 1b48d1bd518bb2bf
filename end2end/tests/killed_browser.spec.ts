// The whole browser is killed soon after a key, as when a phone's battery is taken out: what it had kept goes out when it is opened again.
// A phone of 2018 is six times slower than the machine that runs this, so everything must hold throttled too. MESA_SOAK=1 reports for
// several moments how much is lost, with and without IndexedDB.
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { enter, expectState, field, go, openField, openItem } from '../support/mesa.ts';
import { pause } from '../support/process.ts';
import { expect, live, networkComplaints, Person, type Server, test } from '../support/test.ts';

test.use({ throughProxy: true });
test.setTimeout(180_000);

type Launch = NonNullable<Parameters<typeof chromium.launchPersistentContext>[1]>;

/** CPU throttling of Chromium: how many times slower than the machine. */
type Slowness = 1 | 6;
const machines: [string, Slowness][] = [['', 1], [', on a phone six times slower', 6]];

async function slowDown(page: Page, rate: Slowness): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setCPUThrottlingRate', { rate });
}

interface Death {
  /** Milliseconds after the last key. */
  after: number;
  slowness: Slowness;
  withDatabase: boolean;
}

/** Opens a browser with this profile, does something at a mesa without a network, kills it, and reopens the same page. */
async function dieAndComeBack(server: Server, launch: Launch, folder: string, number: number, death: Death, act: (ana: Person) => Promise<void>): Promise<Person> {
  const open = async (): Promise<[BrowserContext, Person]> => {
    const context = await chromium.launchPersistentContext(folder, launch);
    // Not deleted: pages check whether it exists.
    if (!death.withDatabase) await context.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
    const person = new Person('laptop', context, context.pages()[0] ?? (await context.newPage()));
    person.allow(networkComplaints);
    return [context, person];
  };
  const [first, ana] = await open();
  await enter(ana, server.demo.seats[number % server.demo.seats.length].url, `Ana ${number}`);
  // Chromium flushes cookies to disk within half a minute: she joined before that.
  const cookies = await first.cookies();
  await act(ana);
  const address = ana.page.url();
  await pause(death.after);
  execFileSync('pkill', ['-KILL', '-f', `user-data-dir=${folder}`]);
  await first.close().catch(() => {});
  await server.proxy.pass();

  const [second, again] = await open();
  await second.addCookies(cookies);
  await again.visit(address);
  return again;
}

/** Writes one sentence without a network, dies, comes back; returns how many letters are missing. */
async function lost(server: Server, launch: Launch, folder: string, number: number, death: Death): Promise<number> {
  const sentence = ` <${number}> En la colonia no hay agua desde el lunes y nadie avisó por escrito.`;
  const again = await dieAndComeBack(server, launch, folder, number, death, async (ana) => {
    await go(ana.page, 'Compromisos');
    await openItem(ana.page, /Sigue tu uniforme/);
    const area = await openField(ana.page, 'Objetivo');
    await area.press('Control+End');
    await server.proxy.cut();
    await slowDown(ana.page, death.slowness);
    await area.pressSequentially(sentence, { delay: 25 });
  });
  await connected(again);
  await expect(field(again.page, 'Objetivo').locator('.field-status')).toHaveText('guardado');
  const text = await field(again.page, 'Objetivo').locator('.field-value').innerText();
  await again.context.close();
  let kept = sentence.length;
  while (kept > 0 && !text.includes(sentence.slice(0, kept))) kept -= 1;
  return sentence.length - kept;
}

/** Waits until nothing is only on the device, and it is connected: without a connection it would not receive what another writes. */
async function connected(person: Person): Promise<void> {
  await expect(person.page.getByRole('banner').locator('.save')).toHaveText(/guardado/);
}

function settings(info: { project: { use: { launchOptions?: Launch; locale?: string; timezoneId?: string } } }): Launch {
  const { launchOptions, locale, timezoneId } = info.project.use;
  return { ...launchOptions, locale, timezoneId, viewport: { width: 1280, height: 800 } };
}

for (const [where, slowness] of machines) {
  test(`a browser killed half a second after the last key has kept what was typed${where}`, async ({ server }, info) => {
    expect(await lost(server, settings(info), info.outputPath('profile'), 1, { after: 500, slowness, withDatabase: true })).toBe(0);
  });

  test(`what stood in an open line and in a box when the browser was killed is there again${where}`, async ({ server }, info) => {
    const death: Death = { after: 300, slowness, withDatabase: true };
    const line = await dieAndComeBack(server, settings(info), info.outputPath('line'), 2, death, async (ana) => {
      await go(ana.page, 'Compromisos');
      await openItem(ana.page, /Sigue tu uniforme/);
      await openItem(ana.page, /Inventario de contratos/);
      const control = await openField(ana.page, 'Puesto responsable');
      await server.proxy.cut();
      await slowDown(ana.page, slowness);
      await control.press('Control+a');
      // Hardly a pause after which the line would be taken: then it is in its place.
      await control.pressSequentially('Dirección de Compras', { delay: 25 });
    });
    await expectState(line.page, 'Puesto responsable', 'guardado');
    const post = field(line.page, 'Puesto responsable');
    await expect(post.locator('input').or(post.locator('.field-value'))).toBeVisible();
    if ((await post.locator('input').count()) > 0) {
      await expect(post.locator('input')).toHaveValue('Dirección de Compras');
      await post.locator('button.field-done').click();
    }
    await line.page.reload();
    await live(line.page);
    await expect(field(line.page, 'Puesto responsable').locator('.field-value')).toHaveText('Dirección de Compras');
    await line.context.close();

    const box = await dieAndComeBack(server, settings(info), info.outputPath('box'), 3, death, async (ana) => {
      await go(ana.page, 'Mi voz');
      await ana.page.getByRole('link', { name: 'Aportar' }).click();
      await server.proxy.cut();
      await slowDown(ana.page, slowness);
      await ana.page.getByLabel('Escríbelo con tus palabras').pressSequentially('Que haya una parada con techo.', { delay: 25 });
    });
    await expect(box.page.getByLabel('Escríbelo con tus palabras')).toHaveValue('Que haya una parada con techo.');
    await box.context.close();
  });

  test(`each letter is on its way to the disk within 300 ms of its key${where}`, { tag: '@alone' }, async ({ server, people }, info) => {
    const ana = await people.phone();
    await ana.context.addInitScript(watchTheDisk);
    await enter(ana, server.demo.seats[0].url, 'Ana');
    await go(ana.page, 'Compromisos');
    await openItem(ana.page, /Sigue tu uniforme/);
    const area = await openField(ana.page, 'Objetivo');
    await area.press('Control+End');
    people.allow(networkComplaints);
    await server.proxy.cut();
    // Otherwise the first letters would be in transit by themselves.
    await expect(ana.page.getByText('Sin conexión. Puedes seguir escribiendo')).toBeVisible();
    // Other load on the machine only makes it later: the best of three counts.
    let best = Number.POSITIVE_INFINITY;
    for (const sentence of [' En la colonia no hay agua desde el lunes y nadie avisó.', ' Que avisen por escrito, casa por casa.', ' Y que se diga cuándo vuelve el agua.']) {
      await slowDown(ana.page, slowness);
      await ana.page.evaluate(() => (window as unknown as { notes: Notes }).notes.keys.splice(0));
      await area.pressSequentially(sentence, { delay: 25 });
      await slowDown(ana.page, 1);
      // Once the field says so all of it is on disk.
      await expectState(ana.page, 'Objetivo', 'en este teléfono');
      const { keys, written } = await ana.page.evaluate(() => (window as unknown as { notes: Notes }).notes);
      expect(keys).toHaveLength(sentence.length);
      const waits = keys.map((at, index) => {
        const first = written.find(({ value }) => wordsIn(value).includes(sentence.slice(0, index + 1)));
        return { handed: (first?.handed ?? Number.POSITIVE_INFINITY) - at, complete: (first?.complete ?? Number.POSITIVE_INFINITY) - at };
      });
      const worst = (of: 'handed' | 'complete') => Math.round(Math.max(...waits.map((wait) => wait[of])));
      console.log(`${sentence.length} letters${where}: handed over within ${worst('handed')} ms, on disk within ${worst('complete')} ms, in ${written.length} transactions`);
      best = Math.min(best, worst('handed'));
      if (best <= 300) break;
    }
    expect(best, 'ms from the key until IndexedDB has the letter').toBeLessThanOrEqual(300);
  });
}

interface Notes {
  /** When each key was pressed. */
  keys: number[];
  /** What IndexedDB was given of commands, when, and when that was on disk. */
  written: { value: string; handed: number; complete: number }[];
}

/** Runs in the page. */
function watchTheDisk(): void {
  const notes: Notes = { keys: [], written: [] };
  Object.assign(window, { notes });
  addEventListener('input', (event) => event.target instanceof HTMLTextAreaElement && notes.keys.push(event.timeStamp), true);
  const { put } = IDBObjectStore.prototype;
  IDBObjectStore.prototype.put = function (value, key) {
    if (String(key).startsWith('mesa.orden.')) {
      const note = { value: String(value), handed: performance.now(), complete: Number.MAX_VALUE };
      notes.written.push(note);
      this.transaction.addEventListener('complete', () => (note.complete = performance.now()));
    }
    return put.call(this, value, key);
  };
}

/** The words in a kept command. */
function wordsIn(kept: string): string {
  return Buffer.from(kept.split('|')[2] ?? '', 'base64').toString();
}

test('of two copies the later one goes out, also where local storage was written in the middle of a sentence', async ({ server, people }) => {
  const ana = await people.phone();
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Sigue tu uniforme/);
  const area = await openField(ana.page, 'Objetivo');
  people.allow(networkComplaints);
  await server.proxy.cut();
  await area.press('Control+End');
  await area.pressSequentially(' Primera mitad');
  const half = await ana.page.evaluate(() => ({ ...localStorage }));
  await area.pressSequentially(' y la segunda.');
  await expectState(ana.page, 'Objetivo', 'en este teléfono');
  const address = ana.page.url();
  // As after a crash: local storage as it was some seconds earlier.
  await ana.page.evaluate((half) => {
    localStorage.clear();
    for (const [key, value] of Object.entries(half)) localStorage.setItem(key, value);
  }, half);
  await ana.page.close();
  await server.proxy.pass();
  const tab = await ana.context.newPage();
  await tab.goto(address);
  await live(tab);
  await expect(field(tab, 'Objetivo').locator('.field-value')).toHaveText(/ Primera mitad y la segunda\.$/);
  await expectState(tab, 'Objetivo', 'guardado');
});

test('how much is lost, by when the browser is killed', async ({ server }, info) => {
  test.skip(!process.env.MESA_SOAK, 'long: make soak');
  test.setTimeout(1_200_000);
  let number = 10;
  for (const [where, slowness] of machines) {
    for (const withDatabase of [true, false]) {
      for (const after of slowness > 1 ? [0, 100, 300, 500, 1_000] : [0, 100, 300, 500, 1_000, 2_000, 5_000, 10_000]) {
        number += 1;
        const folder = info.outputPath(`profile-${number}`);
        const missing = await lost(server, settings(info), folder, number, { after, slowness, withDatabase });
        fs.rmSync(folder, { recursive: true, force: true });
        console.log(`${withDatabase ? 'con' : 'sin'} IndexedDB, ${after} ms después de la última tecla${where}: faltan ${missing} letras`);
        if (withDatabase && after >= 500) expect(missing).toBe(0);
      }
    }
  }
});
