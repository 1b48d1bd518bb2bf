// A phone that several people use, a phone that keeps nothing, and texts that can't be taken.
import { enter, expectState, field, go, leaveEditor, openItem, write } from '../support/mesa.ts';
import type { Page } from '@playwright/test';
import { expect, live, networkComplaints, type Person, test } from '../support/test.ts';

/** Everything that the browser keeps for the page. */
async function kept(person: Person): Promise<string> {
  return person.page.evaluate(async () => {
    const local = JSON.stringify({ ...localStorage });
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const opening = indexedDB.open('mesa', 1);
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const store = database.transaction('kept').objectStore('kept');
    const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()].map((request: IDBRequest) => new Promise((resolve) => (request.onsuccess = () => resolve(request.result)))));
    database.close();
    return local + JSON.stringify([keys, values]);
  });
}

/** Joins and opens the commitment that these tests write in. */
async function openCommitment(person: Person, url: string): Promise<void> {
  await enter(person, url, 'Gloria');
  await go(person.page, 'Compromisos');
  await openItem(person.page, /Agua limpia a la vista/);
}

test('who leaves a shared phone is told what is unsent, and nothing of them stays', async ({ server, people }) => {
  const ana = await people.phone();
  await openCommitment(ana, server.demo.seats[4].url);
  await write(ana.page, 'Objetivo', ' Con fecha y responsable.');
  await leaveEditor(ana.page);
  await expectState(ana.page, 'Objetivo', 'guardado');
  await go(ana.page, 'Mi voz');
  await ana.page.getByRole('link', { name: 'Aportar' }).click();
  await ana.page.getByLabel('Escríbelo con tus palabras').fill('Un texto que nadie debe encontrar después.');
  await go(ana.page, 'Ahora');
  expect(await kept(ana)).toContain('Un texto que nadie debe encontrar');

  await ana.page.getByRole('button', { name: 'No soy yo' }).click();
  await expect(ana.page.getByText('Hay 1 texto tuyo que no está en la mesa.')).toBeVisible();
  await ana.expectAccessible();
  await ana.page.getByRole('button', { name: 'Quedarme' }).click();
  expect(await kept(ana)).toContain('Un texto que nadie debe encontrar');
  await ana.page.getByRole('button', { name: 'No soy yo' }).click();
  await ana.page.getByRole('button', { name: 'Salir y borrar' }).click();
  await expect(ana.page.getByRole('heading', { level: 1 })).toHaveText('Mesa Abierta');
  const left = await kept(ana);
  expect(left).not.toContain('Un texto que nadie');
  expect(left).not.toMatch(/mesa\.(orden|acuse|borrador|rechazado)/);
  ana.allow(/status of 403/);
  await ana.read(`${server.url}/ejercicio/${server.demo.mesa_id}`);
  await expect(ana.page.getByText('Primero hay que entrar')).toBeVisible();

  // Someone else takes the phone; what she wrote is at the mesa.
  await enter(ana, server.demo.join_url, 'Luis');
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Agua limpia a la vista/);
  await expect(field(ana.page, 'Objetivo')).toContainText('Con fecha y responsable.');
});

/** A sheet in another tab of the same browser, with a text's editor open. */
async function secondTab(person: Person): Promise<Page> {
  const tab = await person.context.newPage();
  await tab.goto(person.page.url());
  await live(tab);
  await write(tab, 'Objetivo', ' Desde la otra pestaña.');
  await expectState(tab, 'Objetivo', 'guardado');
  return tab;
}

async function leave(person: Person): Promise<void> {
  await go(person.page, 'Ahora');
  await person.page.getByRole('button', { name: 'No soy yo' }).click();
  await person.page.getByRole('button', { name: 'Salir y borrar' }).click();
  await expect(person.page.getByRole('heading', { level: 1 })).toHaveText('Mesa Abierta');
}

test('another tab of who leaves is told at once, shows nothing more and takes nothing more', async ({ server, people }) => {
  const ana = await people.phone();
  await openCommitment(ana, server.demo.seats[4].url);
  const tab = await secondTab(ana);
  const third = await ana.context.newPage();
  await third.goto(`${server.url}/ejercicio/${server.demo.mesa_id}/aportar`);
  await live(third);
  await third.getByLabel('Escríbelo con tus palabras').fill('Un texto que nadie debe encontrar después.');
  await leave(ana);
  for (const page of [tab, third]) {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('Saliste de la mesa', { timeout: 1_000 });
    await expect(page.locator('textarea, input, select, button, nav')).toHaveCount(0);
    await expect(page.locator('body')).not.toContainText('Agua limpia');
  }
  // The open keyboard has nothing to write into.
  await tab.keyboard.type('nada de esto');
  await expect(tab.locator('body')).not.toContainText('nada de esto');
  // Longer than a waiting tab needs to reconnect.
  await tab.waitForTimeout(4_000);
  const left = await kept(ana);
  expect(left).not.toContain('Un texto que nadie');
  expect(left).not.toMatch(/mesa\.(orden|acuse|borrador|rechazado|salida)/);
  await expect(tab.getByText('Sin conexión')).toHaveCount(0);

  // That tab doesn't follow the next person, nor does she write under their name.
  await enter(ana, server.demo.join_url, 'Luis');
  await tab.bringToFront();
  await expect(tab.getByRole('heading', { level: 1 })).toHaveText('Saliste de la mesa');
  await tab.getByRole('link', { name: 'Volver a entrar' }).click();
  await expect(tab.getByRole('heading', { level: 1 })).toHaveText('Mesa Abierta');
});

test('what one writes in an item that someone deletes is kept for its author', async ({ server, people }) => {
  const [ana, fabiola] = [await people.phone(), await people.laptop()];
  await enter(ana, server.demo.seats[4].url, 'Gloria');
  await enter(fabiola, server.demo.facilitator_url, 'Fabiola');
  for (const person of [ana, fabiola]) {
    await go(person.page, 'Compromisos');
    await openItem(person.page, /Agua limpia a la vista/);
  }
  const area = await write(ana.page, 'Objetivo', ' Con dos tomas más.');
  await fabiola.page.getByRole('button', { name: 'Eliminar este compromiso' }).click();
  await fabiola.page.getByRole('button', { name: 'Sí, eliminar' }).click();
  // She is told where she writes, and can copy her text.
  await expect(ana.page.getByRole('alert').filter({ hasText: 'eliminó' })).toBeVisible();
  await expect(area).toHaveValue(/Con dos tomas más\.$/);
  await expect(ana.page.getByRole('button', { name: 'Copiar' }).first()).toBeVisible();
});

test.describe('behind a connection that was cut', () => {
  test.use({ throughProxy: true });

  test('a tab that was asleep when one left writes for nobody else', async ({ server, people }) => {
    const ana = await people.phone();
    await openCommitment(ana, server.demo.seats[4].url);
    // A sleeping tab receives no events from the others.
    await ana.context.addInitScript(() => addEventListener('storage', (event) => event.stopImmediatePropagation(), true));
    const tab = await secondTab(ana);
    await leave(ana);
    await enter(ana, server.demo.join_url, 'Luis');
    ana.allow(networkComplaints);
    // When it retries without a socket meanwhile, Chromium logs the response itself.
    ana.allow(/status of 401/);
    await server.proxy.cut();
    await expect(tab.getByText('Sin conexión. Puedes')).toBeVisible();
    await tab.getByRole('textbox').press('Control+End');
    await tab.keyboard.type(' Nadie dijo esto.');
    await server.proxy.pass();
    await expect(tab.getByText('Tu entrada a la mesa terminó.')).toBeVisible();
    const follower = await people.phone();
    await follower.visit(server.demo.public_url);
    // Its commitment is folded.
    await expect(follower.page.getByText('Desde la otra pestaña.')).toHaveCount(1);
    await expect(follower.page.getByText('Nadie dijo esto')).toHaveCount(0);
  });

  test('a text that could not be taken goes on as a contribution', async ({ server, people }) => {
    const [ana, fabiola] = [await people.phone(), await people.laptop()];
    await enter(ana, server.demo.seats[4].url, 'Gloria');
    // She leads from the laptop that serves: the cut doesn't affect her.
    await enter(fabiola, server.demo.facilitator_url.replace(server.url, server.directUrl), 'Fabiola');
    await go(ana.page, 'Compromisos');
    await openItem(ana.page, /Agua limpia a la vista/);
    ana.allow(networkComplaints);
    await server.proxy.cut();
    await write(ana.page, 'Objetivo', ' Con dos tomas más.');
    await leaveEditor(ana.page);
    await expectState(ana.page, 'Objetivo', 'en este teléfono');
    await fabiola.page.locator('.phase').filter({ hasText: 'Lectura' }).click();
    await fabiola.page.getByRole('button', { name: 'Sí, pasar' }).click();
    await server.proxy.pass();
    await expectState(ana.page, 'Objetivo', 'no se pudo: ver');
    await go(ana.page, 'Textos');
    const card = ana.page.getByRole('listitem').filter({ hasText: 'Con dos tomas más.' });
    await expect(card.getByRole('button', { name: 'Copiar' })).toBeVisible();
    await card.getByRole('button', { name: 'Enviar como aportación' }).click();
    const box = ana.page.getByLabel('Escríbelo con tus palabras');
    await expect(box).toHaveValue(/Con dos tomas más\.$/);
    await ana.page.getByRole('button', { name: 'Enviar' }).click();
    await expect(ana.page.getByRole('listitem').filter({ hasText: 'Con dos tomas más.' })).toContainText('guardado');
    await go(fabiola.page, 'Compromisos');
    await openItem(fabiola.page, /Agua limpia a la vista/);
    await expect(fabiola.page.getByText('Con dos tomas más.').first()).toBeVisible();
  });
});

test.describe('where nothing can be kept', () => {
  test('a red sentence says so, the text stays and is sent, and leaving is asked about', async ({ server, people }) => {
    const ana = await people.phone();
    // Storage is forbidden, as in some private windows, and so is IndexedDB.
    await ana.context.addInitScript(() => {
      const forbidden = () => {
        throw new DOMException('forbidden', 'SecurityError');
      };
      Object.defineProperty(window, 'localStorage', { get: forbidden });
      Object.defineProperty(window, 'indexedDB', { get: () => undefined });
    });
    await openCommitment(ana, server.demo.seats[4].url);
    await write(ana.page, 'Objetivo', ' Sin guardar.');
    await leaveEditor(ana.page);
    await expectState(ana.page, 'Objetivo', 'guardado');
    ana.allow(networkComplaints);
    await server.kill9();
    await write(ana.page, 'Objetivo', ' Y esto tampoco.');
    await expect(ana.page.getByRole('status').filter({ hasText: 'no deja guardar' })).toBeVisible();
    await leaveEditor(ana.page);
    await expect(field(ana.page, 'Objetivo')).toContainText('Y esto tampoco.');
    const asked = ana.page.waitForEvent('dialog');
    const closing = ana.page.close({ runBeforeUnload: true });
    const dialog = await asked;
    expect(dialog.type()).toBe('beforeunload');
    await dialog.dismiss();
    await closing;
    await server.restart();
    await expectState(ana.page, 'Objetivo', 'guardado');
    const other = await people.phone();
    await other.visit(server.demo.public_url);
    await expect(other.page.getByText('Sin guardar. Y esto tampoco.')).toHaveCount(1);
  });

  test('a storage without room is told from one with room, and what fits is sent', async ({ server, people }) => {
    const ana = await people.phone();
    await ana.context.addInitScript(() => {
      Object.defineProperty(window, 'indexedDB', { get: () => undefined });
    });
    await enter(ana, server.demo.seats[4].url, 'Gloria');
    await ana.page.evaluate(() => {
      let block = 'x'.repeat(1_000_000);
      for (let at = 0; block.length > 0; at++) {
        try {
          localStorage.setItem(`otra.cosa.${at}`, block);
        } catch {
          block = block.slice(0, block.length >> 1);
        }
      }
    });
    ana.allow(networkComplaints);
    await go(ana.page, 'Compromisos');
    await openItem(ana.page, /Agua limpia a la vista/);
    await server.kill9();
    await write(ana.page, 'Objetivo', ' Sin lugar en el teléfono.');
    await expect(ana.page.getByRole('status').filter({ hasText: 'no deja guardar' })).toBeVisible();
    await server.restart();
    await leaveEditor(ana.page);
    await expectState(ana.page, 'Objetivo', 'guardado');
    await expect(ana.page.getByRole('status').filter({ hasText: 'no deja guardar' })).toHaveCount(0);
    await live(ana.page);
  });
});
