// What the public sees: first the whole plan, then its year, then each part folded.
import { enter, expectState, go, openField, openItem, write } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, mesa, type Person, test } from '../support/test.ts';

const soon = within(3_000);

const card = (person: Person, title: string) => person.page.locator('.plan-card').filter({ hasText: title });
const fold = (person: Person, title: RegExp) => person.page.locator('details').filter({ has: person.page.getByRole('heading', { name: title }) });

test('a neighbour finds who answers for the water, and by when, without unfolding anything', async ({ server, people }) => {
  for (const settings of [{}, { javaScriptEnabled: false }]) {
    const neighbour = await people.phone(settings);
    await neighbour.read(server.demo.public_url);
    const water = card(neighbour, 'Agua limpia a la vista');
    await expect(water).toContainText('Alineado al plan nacional');
    await expect(water).toContainText('Responde: Comisión Estatal del Agua');
    await expect(water).toContainText('Última fecha: 15/09/2027');
    await expect(water).toContainText('En redacción');
    // On the second screen at the latest.
    // The program's page may take the place of the server's at this moment.
    const foot = async () => {
      const box = await water.boundingBox();
      return box ? box.y + box.height : Number.POSITIVE_INFINITY;
    };
    await expect.poll(foot).toBeLessThan(2 * 844);
    expect(await neighbour.page.locator('details[open]').count()).toBe(0);
    // Before it was folded the page had 17 444 px.
    expect(await neighbour.page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(6_000);
  }
});

test('a link unfolds its commitment, with a script and without, and again on the live page', async ({ server, people }) => {
  const [reader, plain] = await Promise.all([people.phone(), people.phone({ javaScriptEnabled: false })]);
  await plain.read(server.demo.public_url);
  const href = (await card(plain, 'Barrancas sin basura').getAttribute('href')) ?? '';
  expect(href).toMatch(/^#compromiso-/);
  for (const person of [plain, reader]) {
    const there = fold(person, /Barrancas sin basura/);
    const inside = there.getByText('Jefatura de Limpia').first();
    // Sent to somebody as an address.
    if (person === plain) await person.read(`${server.demo.public_url}${href}`);
    else await person.visit(`${server.demo.public_url}${href}`);
    await expect(there).toHaveAttribute('open', '');
    await expect(inside).toBeVisible();
    await expect(there.getByRole('heading', { name: /Barrancas sin basura/ })).toBeInViewport();
    await expect(person.page.locator('details[open]')).toHaveCount(1);
    // Tapped on the page itself.
    await card(person, 'Mapa abierto de cuidados').tap();
    await expect(fold(person, /Mapa abierto de cuidados/)).toHaveAttribute('open', '');
    await expect(fold(person, /Mapa abierto de cuidados/).getByText('Objetivo', { exact: true })).toBeInViewport();
  }
  // From the list of the year to an activity.
  await reader.page.getByText('Ver las 27 actividades como lista').tap();
  await reader.page.getByRole('link', { name: /^5\.4 / }).tap();
  await expect(fold(reader, /Secundarias en paz/)).toHaveAttribute('open', '');
  await expect(fold(reader, /Secundarias en paz/).getByText(/^5\.4 /)).toBeInViewport();
  await reader.expectAccessible();
});

test('what one unfolded stays so when the page comes alive', async ({ server, people }) => {
  const reader = await people.phone();
  let arrive = () => {};
  const arrives = new Promise<void>((resolve) => (arrive = resolve));
  await reader.page.route(/\/pkg\/.*\.wasm$/, async (route) => {
    await arrives;
    await route.continue();
  });
  await reader.page.goto(server.demo.public_url, { waitUntil: 'commit' });
  await fold(reader, /Agua limpia a la vista/).locator('summary').tap();
  await expect(fold(reader, /Agua limpia a la vista/)).toHaveAttribute('open', '');
  arrive();
  await reader.page.locator('html[data-live]').waitFor({ state: 'attached' });
  await expect(fold(reader, /Agua limpia a la vista/)).toHaveAttribute('open', '');
  await expect(reader.page.locator('details[open]')).toHaveCount(1);
});

test('everything is printed, and folded again afterwards', async ({ server, people }) => {
  for (const settings of [{}, { javaScriptEnabled: false }]) {
    const reader = await people.laptop(settings);
    if ('javaScriptEnabled' in settings) await reader.read(server.demo.public_url);
    else await reader.visit(server.demo.public_url);
    const activity = fold(reader, /Sigue tu uniforme/).getByText('1.3 Mapa de entregas por escuela');
    const problem = fold(reader, /tiraderos a cielo abierto/).getByText('Evidencia', { exact: true });
    await expect(activity).toBeHidden();
    await reader.page.emulateMedia({ media: 'print' });
    for (const text of [activity, problem]) await expect(text).toBeVisible();
    await expect(reader.page.getByRole('heading', { name: /Sigue tu uniforme/ })).toBeVisible();
    await reader.page.emulateMedia({ media: null });
    await expect(activity).toBeHidden();
  }
  // Browsers that don't know that rule are told to unfold.
  const reader = await people.laptop();
  await reader.visit(server.demo.public_url);
  await fold(reader, /Sigue tu uniforme/).locator('summary').click();
  const closed = () => reader.page.locator('details:not([open])').count();
  const before = await closed();
  await reader.page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  expect(await closed()).toBe(0);
  await reader.page.evaluate(() => dispatchEvent(new Event('afterprint')));
  expect(await closed()).toBe(before);
  await expect(fold(reader, /Sigue tu uniforme/)).toHaveAttribute('open', '');
});

test('the year is drawn as a whole and changes with the table, like the cards', async ({ server, people }) => {
  const [fabiola, reader] = await Promise.all([people.laptop(), people.phone()]);
  await enter(fabiola, server.demo.facilitator_url, 'Fabiola');
  await reader.visit(server.demo.public_url);
  const year = reader.page.getByRole('img', { name: /El año del plan.*27 actividades de 5 compromisos/ });
  await expect(year).toBeVisible();
  const marks = reader.page.locator('.year circle');
  await expect(marks).toHaveCount(27);
  // Within the page, and no mark covers another.
  const boxes = await marks.evaluateAll((all) => all.map((mark) => mark.getBoundingClientRect()).map(({ x, y, width }) => ({ x, y, width })));
  for (const [index, one] of boxes.entries()) {
    expect(one.x).toBeGreaterThan(0);
    expect(one.x + one.width).toBeLessThan(390);
    for (const other of boxes.slice(index + 1)) expect(Math.hypot(one.x - other.x, one.y - other.y)).toBeGreaterThan(one.width * 0.9);
  }
  await fold(reader, /Agua limpia a la vista/).locator('summary').tap();

  await go(fabiola.page, 'Compromisos');
  await openItem(fabiola.page, /Agua limpia a la vista/);
  await write(fabiola.page, 'Nombre del compromiso', ', cada mes');
  await expect(card(reader, 'Agua limpia a la vista, cada mes')).toBeVisible(soon);
  await openItem(fabiola.page, /Rendición de cuentas en 3/);
  const due = await openField(fabiola.page, 'Fecha límite');
  await due.fill('2027-09-29');
  await due.press('Tab');
  await expectState(fabiola.page, 'Fecha límite', 'guardado');
  await expect(card(reader, 'Agua limpia a la vista')).toContainText('Última fecha: 29/09/2027', soon);
  const last = reader.page.locator('.year-plot g[data-category] circle').nth(11);
  await expect(last).toHaveAttribute('cx', /^99\./, soon);
  // What one reads stays unfolded.
  await expect(fold(reader, /Agua limpia a la vista/)).toHaveAttribute('open', '');
  await go(fabiola.page, 'Compromisos');
  await openItem(fabiola.page, /Sigue tu uniforme/);
  await fabiola.page.getByRole('button', { name: /^Eliminar este compromiso/ }).click();
  await fabiola.page.getByRole('button', { name: 'Sí, eliminar' }).click();
  await expect(marks).toHaveCount(21, soon);
  await expect(card(reader, '1. Agua limpia a la vista')).toBeVisible();
  await reader.expectAccessible();
});

test.describe('frozen', () => {
  test.use({ stage: 'frozen' });

  test('the plan is read out, then who is conforme is said, and the document is there', async ({ server, people }) => {
    const [fabiola, ana, reader] = await Promise.all([people.laptop(), people.phone(), people.laptop()]);
    await reader.visit(server.demo.public_url);
    const main = reader.page.getByRole('main');
    await expect(main).toContainText('Se lee en voz alta la versión 1');
    await expect(card(reader, 'Sigue tu uniforme')).toContainText('Texto congelado');
    const document = reader.page.waitForEvent('download');
    await reader.page.getByRole('link', { name: 'Descargar el plan (PDF)' }).click();
    expect((await document).suggestedFilename()).toMatch(/versión 1 pública\.pdf$/);
    const who = reader.page.getByRole('region', { name: 'Quién está conforme' });
    await expect(who).toHaveCount(0);

    await enter(fabiola, server.demo.facilitator_url, 'Fabiola');
    await go(fabiola.page, 'Conducir');
    await enter(ana, server.demo.seats[0].url, 'Ana');
    await fabiola.page.locator('.phase').filter({ hasText: 'Conformidad' }).click();
    await fabiola.page.getByRole('button', { name: 'Sí, pasar' }).click();
    await go(ana.page, 'Ahora');
    await ana.page.getByRole('button', { name: 'Enviar: 5 conformes' }).click();
    const hers = who.getByRole('listitem').filter({ hasText: server.demo.seats[0].organisation });
    await expect(hers).toContainText('ya respondió', soon);
    await expect(main).toContainText('respondieron 1 de 8 organizaciones');
    await expect(card(reader, 'Sigue tu uniforme')).toContainText('Se está preguntando');
    await fabiola.page.getByLabel('Faltan respuestas: ¿por qué se cierra?').fill('Los demás se fueron');
    await fabiola.page.getByRole('button', { name: 'Cerrar la pregunta' }).click();
    await fabiola.page.getByRole('button', { name: 'Cerrar la pregunta' }).click();
    await expect(hers).toContainText('conforme con todo', soon);
    await expect(card(reader, 'Sigue tu uniforme')).toContainText('Sin quórum');
    await reader.expectAccessible();
  });
});

test('the home page leads to the exercise', async ({ server, people }) => {
  const visitor = await people.phone({ javaScriptEnabled: false });
  await visitor.read(server.url);
  await expect(visitor.page.getByRole('search')).toHaveCount(0);
  await visitor.page.getByRole('link', { name: /Gobierno Abierto Sierra Clara 2026/ }).tap();
  await expect(visitor.page.getByRole('heading', { level: 1 })).toContainText('Gobierno Abierto Sierra Clara 2026');
});

test('among more than eight exercises one is found by its name, municipality or theme, without a script', async ({ server, people }) => {
  for (let number = 1; number <= 8; number += 1) {
    const secret = (await mesa('admin', 'link', '--data', server.data, '--url', server.url)).stdout.trim().split('#')[1] ?? '';
    const form = {
      nombre: `Gobierno Abierto ${number}`, estado: 'Oaxaca', municipio: number === 7 ? 'Añélo' : `Pueblo ${number}`, garante: 'Órgano Garante', inicia: '2027-01-04', acaba: '',
      zona: 'America/Mexico_City', idioma: 'Español', referencia: '', ejes: '', regla: 'consensus', quorum: '0', dinero: '1', nacional: '2', local: '2', proactivo: '0',
      tema: number === 5 ? 'Bosques' : 'Agua', lugar: 'Casa de la cultura', dia: '2027-02-18', desde: '10:00', hasta: '14:00', modo: 'hybrid', domicilio: '', derechos: '',
      persona: 'Fabiola Cruz', correo: `fabiola${number}@example.org`, frase: 'burro tinta lunes farol',
    };
    const made = await fetch(`${server.directUrl}/crear/${secret}`, { method: 'POST', body: new URLSearchParams(form), headers: { origin: server.directUrl }, redirect: 'manual' });
    expect(made.status, await made.text()).toBe(303);
  }
  const visitor = await people.phone({ javaScriptEnabled: false });
  await visitor.read(server.url);
  const list = visitor.page.getByRole('main').getByRole('link', { name: /Gobierno Abierto/ });
  await expect(list).toHaveCount(9);
  const search = async (text: string) => {
    await visitor.page.getByLabel('Buscar por nombre, municipio o tema').fill(text);
    await visitor.page.getByRole('button', { name: 'Buscar' }).click();
  };
  for (const [text, found] of [['anelo', 'Gobierno Abierto 7'], ['BOSQUES', 'Gobierno Abierto 5'], ['sierra clara', 'Gobierno Abierto Sierra Clara 2026']] as const) {
    await search(text);
    await expect(list).toHaveCount(1);
    await expect(list).toContainText(found);
  }
  await search('nada que ver');
  await expect(list).toHaveCount(0);
  await expect(visitor.page.getByLabel('Buscar por nombre, municipio o tema')).toHaveValue('nada que ver');
  // What checks it is a script itself.
  const other = await people.phone();
  await other.read(server.url);
  await other.expectAccessible();
});
