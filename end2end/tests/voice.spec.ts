// Contributions from phones and their answers; problems, solutions and restored values.
import type { Page } from '@playwright/test';
import { enter, expectState, field, go, leaveEditor, openField, openItem, write } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, live, networkComplaints, test } from '../support/test.ts';

const problem = /tiraderos a cielo abierto/;
const text = 'En San Marcos hay cuatro tiraderos más que no están en la lista.';

/** Opens a problem's sheet. */
async function openProblem(page: Page, title: RegExp = problem): Promise<void> {
  await go(page, 'Problemas');
  await openItem(page, title);
}

test('what a phone says reaches the facilitator, and its author sees the answer', async ({ server, people }) => {
  const [ana, facilitator] = await Promise.all([people.phone(), people.laptop()]);
  await enter(ana, server.demo.join_url, 'Ana Lucía', 'Vecinas de El Dorado');
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await openProblem(facilitator.page);
  await openProblem(ana.page);
  await ana.page.getByRole('link', { name: 'Aportar' }).click();
  await expect(ana.page.getByRole('main')).toContainText('tiraderos a cielo abierto');
  await ana.page.getByRole('radio', { name: /^Duda/ }).check();
  await ana.page.getByLabel('Escríbelo con tus palabras').fill(text);
  await ana.page.getByRole('button', { name: 'Enviar' }).click();

  await expect(ana.page.getByRole('heading', { level: 1 })).toHaveText('Mi voz');
  const mine = ana.page.getByRole('listitem').filter({ hasText: text });
  await expect(mine).toContainText('guardado');
  await expect(mine).toContainText('Pendiente de respuesta');
  await go(ana.page, 'Ahora');
  await expect(ana.page.getByRole('link', { name: '1 aportación tuya espera respuesta' })).toBeVisible();

  const theirs = facilitator.page.getByRole('listitem').filter({ hasText: text });
  await expect(theirs).toContainText('Duda');
  await expect(facilitator.page.getByRole('main')).not.toContainText('Ana Lucía');
  await theirs.getByRole('button', { name: 'Responder' }).click();
  await theirs.getByRole('button', { name: 'Guardar la respuesta' }).click();
  await expect(theirs.getByText('Elige qué pasó con esta aportación.')).toBeVisible();
  await theirs.getByRole('radio', { name: 'Incorporada', exact: true }).check();
  await theirs.getByRole('button', { name: 'Guardar la respuesta' }).click();
  await expect(theirs.getByText('Falta escribir algo.')).toBeVisible();
  await theirs.getByLabel('La razón').fill('Se agregó la colonia San Marcos.');
  await theirs.getByLabel('Dónde quedó el cambio').selectOption({ label: 'Compromiso 4. Barrancas sin basura' });
  await theirs.getByRole('button', { name: 'Guardar la respuesta' }).click();
  await expect(theirs).toContainText('Se agregó la colonia San Marcos.');

  await go(ana.page, 'Mi voz');
  await expect(mine).toContainText('Incorporada');
  await expect(mine).toContainText('Se agregó la colonia San Marcos.');
  await mine.getByRole('link', { name: /^Ver el cambio: Compromiso 4/ }).click();
  await expect(ana.page.getByRole('heading', { level: 1 })).toHaveText('Compromiso 4');
});

test('what is being written survives a reload, and what cannot be sent stays with a sentence', async ({ server, people }) => {
  const ana = await people.phone();
  await enter(ana, server.demo.seats[4].url, 'Gloria');
  await openProblem(ana.page);
  await ana.page.getByRole('link', { name: 'Aportar' }).click();
  const box = ana.page.getByLabel('Escríbelo con tus palabras');
  const send = ana.page.getByRole('button', { name: 'Enviar' });
  await box.fill('   \n ');
  await send.click();
  await expect(ana.page.getByText('Falta escribir algo.')).toBeVisible();
  await box.fill('a'.repeat(2_001));
  await expect(ana.page.getByText('Sobra 1 letra.')).toBeVisible();
  await send.click();
  await expect(ana.page.getByText('Es demasiado largo')).toBeVisible();
  await expect(box).toHaveValue('a'.repeat(2_001));
  await box.fill('uno\u202Edos');
  await send.click();
  await expect(ana.page.getByText('se quitaron')).toBeVisible();
  await expect(box).toHaveValue('unodos');

  await box.fill(text);
  await ana.page.getByRole('radio', { name: /^Retroalimentación/ }).check();
  const address = ana.page.url();
  const tab = await ana.context.newPage();
  await ana.page.close();
  await tab.goto(address);
  await live(tab);
  await expect(tab.getByLabel('Escríbelo con tus palabras')).toHaveValue(text);
  await expect(tab.getByText('Todavía no se ha enviado.')).toBeVisible();
  await expect(tab.getByRole('radio', { name: /^Retroalimentación/ })).toBeChecked();
  await tab.getByRole('button', { name: 'Enviar' }).click();
  await expect(tab.getByRole('listitem').filter({ hasText: text })).toContainText('Retroalimentación');
  await tab.goto(address);
  await live(tab);
  await expect(tab.getByLabel('Escríbelo con tus palabras')).toHaveValue('');
});

test.describe('without a connection', () => {
  test.use({ throughProxy: true });

  test('what is said waits on the phone and arrives by itself', async ({ server, people }) => {
    const ana = await people.phone();
    await enter(ana, server.demo.seats[4].url, 'Gloria');
    await openProblem(ana.page);
    people.allow(networkComplaints);
    await server.proxy.cut();
    await ana.page.getByRole('link', { name: 'Aportar' }).click();
    await ana.page.getByLabel('Escríbelo con tus palabras').fill(text);
    await ana.page.getByRole('button', { name: 'Enviar' }).click();
    const mine = ana.page.getByRole('listitem').filter({ hasText: text });
    await expect(mine).toContainText('en este teléfono');
    await server.proxy.pass();
    await expect(mine).toContainText('guardado', within(6_000));
  });
});

test('a hidden contribution leaves every phone and comes back', async ({ server, people }) => {
  const [ana, beto, facilitator, follower] = await Promise.all([people.phone(), people.phone(), people.laptop(), people.laptop()]);
  await enter(ana, server.demo.seats[4].url, 'Gloria');
  await enter(beto, server.demo.seats[5].url, 'Beto');
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await follower.visit(server.demo.public_url);
  for (const person of [ana, beto, facilitator]) await openProblem(person.page);
  await ana.page.getByRole('link', { name: 'Aportar' }).click();
  await ana.page.getByLabel('Escríbelo con tus palabras').fill(text);
  await ana.page.getByRole('button', { name: 'Enviar' }).click();
  await expect(beto.page.getByText(text)).toBeVisible();
  // The public learns which sector it comes from, not who wrote it.
  const open = follower.page.getByRole('region', { name: 'Aportaciones y respuestas' });
  await expect(open.getByRole('heading', { level: 3 })).toHaveText(['Sociedad civil']);
  await expect(open.getByRole('listitem')).toContainText(text);
  await expect(open).not.toContainText('Gloria');
  const row = facilitator.page.getByRole('listitem').filter({ hasText: text });
  await row.getByRole('button', { name: 'Ocultar' }).click();
  await row.getByRole('button', { name: 'Sí, ocultar' }).click();
  await expect(beto.page.getByText(text)).toHaveCount(0);
  await expect(open).not.toContainText(text);
  await expect(open.getByRole('heading', { level: 3 })).toHaveCount(0);
  // Its author is told, and keeps the text.
  const mine = ana.page.getByRole('listitem').filter({ hasText: text });
  await expect(mine).toContainText('La facilitación la ocultó');
  await ana.page.reload();
  await live(ana.page);
  await expect(mine).toContainText('La facilitación la ocultó');
  await row.getByRole('button', { name: 'Volver a mostrar' }).click();
  await row.getByRole('button', { name: 'Sí, mostrar' }).click();
  await expect(beto.page.getByText(text)).toBeVisible();
  await expect(mine).toBeVisible();
  await expect(mine).not.toContainText('La facilitación la ocultó');
});

test('the facilitation writes what someone tells it, in their organisation’s name', async ({ server, people }) => {
  const [fabiola, ana] = [await people.laptop(), await people.phone()];
  await enter(fabiola, server.demo.facilitator_url, 'Fabiola');
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await openProblem(fabiola.page);
  await fabiola.page.getByRole('link', { name: 'Aportar' }).click();
  await fabiola.page.getByLabel('¿Quién lo dice?').selectOption({ label: server.demo.seats[4].organisation });
  await fabiola.page.getByLabel('Escríbelo con tus palabras').fill(text);
  await fabiola.expectAccessible();
  await fabiola.page.getByRole('button', { name: 'Enviar' }).click();
  await expect(fabiola.page.getByRole('listitem').filter({ hasText: text })).toContainText('guardado');
  await openProblem(ana.page);
  await expect(ana.page.getByRole('listitem').filter({ hasText: text })).toContainText(server.demo.seats[4].organisation);
  // On a phone at the table people speak only for themselves.
  await ana.page.getByRole('link', { name: 'Aportar' }).click();
  await expect(ana.page.getByLabel('Escríbelo con tus palabras')).toBeVisible();
  await expect(ana.page.getByLabel('¿Quién lo dice?')).toHaveCount(0);
});

test('what one said can be taken back and put back, by its author only', async ({ server, people }) => {
  const [ana, beto, follower, facilitator] = await Promise.all([people.phone(), people.phone(), people.phone(), people.laptop()]);
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await go(facilitator.page, 'Conducir');
  const waiting = facilitator.page.getByRole('region', { name: '¿Quién falta?' });
  await expect(waiting).toContainText('Todas las aportaciones tienen respuesta.');
  await enter(ana, server.demo.seats[4].url, 'Gloria');
  await enter(beto, server.demo.seats[5].url, 'Beto');
  await follower.visit(server.demo.public_url);
  for (const person of [ana, beto]) await openProblem(person.page);
  await ana.page.getByRole('link', { name: 'Aportar' }).click();
  await ana.page.getByLabel('Escríbelo con tus palabras').fill(text);
  await ana.page.getByRole('button', { name: 'Enviar' }).click();
  for (const person of [beto, follower]) await expect(person.page.getByText(text)).toBeVisible();
  await expect(beto.page.getByRole('button', { name: 'Retirar' })).toHaveCount(0);
  await expect(waiting).not.toContainText('Todas las aportaciones tienen respuesta.');
  await expect(waiting.getByRole('link', { name: new RegExp(`^Ver: .*${text.slice(0, 20)}`) })).toBeVisible();
  await expect(waiting).toContainText('Colectivo de Madres y Padres');
  const mine = ana.page.getByRole('listitem').filter({ hasText: text });
  await mine.getByRole('button', { name: 'Retirar' }).click();
  await mine.getByRole('button', { name: 'Sí, retirar' }).click();
  for (const person of [beto, follower]) await expect(person.page.getByText(text)).toHaveCount(0);
  await expect(mine).toContainText('La retiraste');
  await expect(waiting).toContainText('Todas las aportaciones tienen respuesta.');
  await ana.page.reload();
  await live(ana.page);
  await mine.getByRole('button', { name: 'Volver a ponerlo' }).click();
  for (const person of [beto, follower]) await expect(person.page.getByText(text)).toBeVisible();
  await expect(mine).not.toContainText('La retiraste');
});

test('a problem is merged, opened again, discarded with its reason, and opened again', async ({ server, people }) => {
  const [ana, facilitator] = await Promise.all([people.phone(), people.laptop()]);
  await enter(ana, server.demo.seats[4].url, 'Gloria');
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  for (const person of [ana, facilitator]) await openProblem(person.page, /Hornos ladrilleros/);
  const page = facilitator.page;
  await expect(ana.page.getByText('Unir con otro problema')).toHaveCount(0);
  await page.getByText('Unir con otro problema').click();
  await page.getByLabel('Se une con').selectOption({ index: 4 });
  await page.getByRole('button', { name: 'Unir', exact: true }).click();
  await expect(page.getByRole('group', { name: /se conservan/ })).toBeVisible();
  await page.getByRole('button', { name: 'Sí, unir' }).click();
  await expect(ana.page.getByText('Este problema se unió con')).toBeVisible();
  await expect(ana.page.getByRole('link', { name: /^Problema 4\./ })).toBeVisible();
  await page.getByRole('button', { name: 'Volver a abrir este problema' }).click();
  await page.getByRole('button', { name: 'Sí, abrirlo' }).click();
  await expect(ana.page.getByText('Este problema se unió con')).toHaveCount(0);

  await page.getByText('Descartar este problema').click();
  await expect(page.getByRole('button', { name: 'Descartar', exact: true })).toBeDisabled();
  await page.getByLabel('Razón para descartarlo').fill('Lo atiende el programa estatal.');
  await page.getByRole('button', { name: 'Descartar', exact: true }).click();
  await page.getByRole('button', { name: 'Sí, descartar' }).click();
  await expect(ana.page.getByText('Lo atiende el programa estatal.').first()).toBeVisible();
  await page.getByRole('button', { name: 'Volver a abrir este problema' }).click();
  await page.getByRole('button', { name: 'Sí, abrirlo' }).click();
  await expect(ana.page.getByText('Lo atiende el programa estatal.')).toHaveCount(0);
});

test('solutions are added, written, ordered and deleted on the problem’s sheet', async ({ server, people }) => {
  const [ana, beto] = await Promise.all([people.laptop(), people.phone()]);
  await enter(ana, server.demo.facilitator_url, 'Fabiola');
  await enter(beto, server.demo.seats[4].url, 'Gloria');
  for (const person of [ana, beto]) await openProblem(person.page);
  const page = ana.page;
  const solutions = page.getByRole('region', { name: 'Soluciones' });
  for (const [place, words] of ['Ruta diaria por la barranca', 'Comités vecinales'].entries()) {
    await page.getByRole('button', { name: 'Agregar solución' }).click();
    const card = solutions.getByRole('listitem').nth(place);
    await card.getByRole('button', { name: /^Editar/ }).click();
    await card.getByRole('textbox').pressSequentially(words);
    await card.getByRole('button', { name: 'Listo' }).click();
  }
  const seen = beto.page.getByRole('region', { name: 'Soluciones' }).getByRole('listitem');
  await expect(seen).toHaveCount(2);
  await expect(seen.first()).toContainText('Ruta diaria por la barranca');
  await solutions.getByRole('button', { name: 'Cambiar el orden' }).click();
  await solutions.getByRole('button', { name: 'Subir: Comités vecinales' }).click();
  await expect(seen.first()).toContainText('Comités vecinales');
  const first = solutions.getByRole('listitem').first();
  await first.getByRole('button', { name: /^Eliminar esta solución/ }).click();
  await first.getByRole('button', { name: 'Sí, eliminar' }).click();
  await expect(seen).toHaveCount(1);
  await expect(seen.first()).toContainText('Ruta diaria por la barranca');
});

test('a value that was overwritten is one tap away, and the change of another is a chip', async ({ server, people }) => {
  const [ana, beto] = await Promise.all([people.phone(), people.phone()]);
  await enter(ana, server.demo.seats[4].url, 'Gloria');
  await enter(beto, server.demo.seats[5].url, 'Beto');
  for (const person of [ana, beto]) {
    await go(person.page, 'Compromisos');
    await openItem(person.page, /Agua limpia a la vista/);
  }
  const before = await field(ana.page, 'Meta').locator('.field-value').innerText();
  const target = await openField(beto.page, 'Meta');
  await target.fill('20 localidades');
  await target.press('Enter');
  await expect(field(ana.page, 'Meta')).toContainText('20 localidades');
  await expect(field(ana.page, 'Meta').getByRole('button', { name: 'Cambió: ver' })).toBeVisible();
  await expect(field(ana.page, 'Meta')).toContainText(`Antes decía: ${before}`);
  await ana.page.getByRole('button', { name: 'Volver a poner: Meta' }).click();
  await expect(field(ana.page, 'Meta').locator('.field-value')).toHaveText(before);
  await expect(field(ana.page, 'Meta').getByRole('button', { name: 'Cambió: ver' })).toHaveCount(0);
  await expectState(ana.page, 'Meta', 'guardado');
});

test('a commitment says what it still needs, with the way there', async ({ server, people }) => {
  const ana = await people.phone();
  await enter(ana, server.demo.seats[4].url, 'Gloria');
  const page = ana.page;
  await go(page, 'Compromisos');
  await page.getByRole('button', { name: 'Agregar compromiso' }).click();
  const missing = page.getByRole('region', { name: 'Qué falta' });
  await expect(missing).toContainText('Falta decir qué problema atiende');
  await expect(missing).toContainText('Falta la categoría');
  await expect(missing).toContainText('Falta por lo menos una actividad');
  await page.getByRole('button', { name: 'Agregar actividad' }).click();
  await expect(page).toHaveURL(/actividad/);
  await page.getByRole('link', { name: 'Volver al compromiso' }).click();
  await missing.getByRole('link', { name: /falta la fecha límite/ }).click();
  await expect(page).toHaveURL(/actividad/);
});

test('on a phone a long text fills the screen; way back, Escape and Listo close it and nothing jumps', async ({ server, people }) => {
  const ana = await people.phone();
  await enter(ana, server.demo.seats[4].url, 'Gloria');
  const page = ana.page;
  await go(page, 'Compromisos');
  await openItem(page, /Agua limpia a la vista/);
  const address = page.url();
  const opener = page.getByRole('button', { name: 'Editar: Resultado esperado' });
  await opener.scrollIntoViewIfNeeded();
  const scrolled = await page.evaluate(() => window.scrollY);
  for (const close of ['Listo', 'Escape', 'back'] as const) {
    await opener.click();
    const area = field(page, 'Resultado esperado').locator('textarea');
    await expect(area).toBeFocused();
    const box = await field(page, 'Resultado esperado').boundingBox();
    expect(box?.x).toBe(0);
    expect(box?.width).toBe(390);
    expect(box?.height).toBeGreaterThan(800);
    await area.pressSequentially(' más');
    if (close === 'Listo') await page.getByRole('button', { name: 'Listo' }).click();
    else if (close === 'Escape') await area.press('Escape');
    else await page.goBack();
    await expect(area).toHaveCount(0);
    expect(page.url()).toBe(address);
    await expect(opener).toBeFocused();
    expect(await page.evaluate(() => window.scrollY)).toBe(scrolled);
  }
  await expect(field(page, 'Resultado esperado')).toContainText('más más más');
  await page.goBack();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Compromisos');
});

test('in the read-out only objections are taken, and the action is to read', async ({ server, people }) => {
  const [ana, facilitator] = await Promise.all([people.phone(), people.phone()]);
  await enter(ana, server.demo.join_url, 'Ana', 'Vecinas');
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await expect(ana.page.getByRole('link', { name: 'Aportar', exact: true })).toBeVisible();
  await go(facilitator.page, 'Conducir');
  await facilitator.page.getByRole('button', { name: /Lectura/ }).click();
  await facilitator.page.getByRole('button', { name: 'Sí, pasar a esta fase' }).click();
  await expect(ana.page.getByRole('link', { name: 'Leer los acuerdos' })).toBeVisible();
  await ana.page.getByRole('link', { name: 'Presentar una objeción' }).click();
  await ana.page.getByLabel('Escríbelo con tus palabras').fill('No se leyó la fecha acordada.');
  await ana.page.getByRole('button', { name: 'Enviar' }).click();
  await expect(ana.page.getByRole('listitem').filter({ hasText: 'No se leyó la fecha acordada.' })).toContainText('Objeción');
});

test('the screens for one’s voice are accessible and fit a 320 px phone', async ({ server, people }) => {
  test.setTimeout(120_000);
  const [ana, facilitator] = await Promise.all([
    people.phone({ viewport: { width: 320, height: 640 } }),
    people.phone({ viewport: { width: 320, height: 640 } }),
  ]);
  const check = async (person: typeof ana) => {
    await person.expectAccessible();
    const width = await person.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, person.page.url()).toBeLessThanOrEqual(320);
  };
  await enter(ana, server.demo.seats[4].url, 'Gloria');
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await openProblem(ana.page);
  await check(ana);
  await ana.page.getByRole('button', { name: 'Agregar solución' }).click();
  await ana.page.getByRole('button', { name: 'Agregar compromiso preliminar' }).click();
  await check(ana);
  await ana.page.getByRole('link', { name: 'Aportar' }).click();
  await check(ana);
  await ana.page.getByRole('button', { name: 'Enviar' }).click();
  await check(ana);
  await ana.page.getByLabel('Escríbelo con tus palabras').fill(text);
  await ana.page.getByRole('button', { name: 'Enviar' }).click();
  await expect(ana.page.getByRole('listitem').filter({ hasText: text })).toBeVisible();
  await check(ana);
  await openProblem(facilitator.page);
  await facilitator.page.getByRole('button', { name: 'Responder' }).click();
  await facilitator.page.getByText('Unir con otro problema').click();
  await facilitator.page.getByText('Descartar este problema').click();
  await check(facilitator);
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Agua limpia a la vista/);
  await check(ana);
  await write(ana.page, 'Objetivo', ' ');
  await check(ana);
  await leaveEditor(ana.page);
  await go(ana.page, 'Ahora');
  await check(ana);
});
