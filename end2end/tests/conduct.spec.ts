// Leading the mesa: phases, checks, the quota, the clicker, the projector.
import { enter, field, go, openField, openItem } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, networkComplaints, type Person, test } from '../support/test.ts';

const soon = within(2_000);

/** The rail's row of a phase. */
function phase(person: Person, name: string) {
  return person.page.locator('.phase').filter({ hasText: name });
}

/** Clears the due date of the first activity of the first commitment, on a sheet. */
async function takeDueDate(person: Person): Promise<void> {
  await go(person.page, 'Compromisos');
  await openItem(person.page, /Sigue tu uniforme/);
  await openItem(person.page, /Inventario de contratos/);
  await field(person.page, 'Fecha límite').locator('button.field-open').click();
  await field(person.page, 'Fecha límite').locator('input').fill('');
  await field(person.page, 'Fecha límite').locator('button.field-done').click();
}

test('a change of phase says what it does, and can be taken back by keyboard', async ({ server, people }) => {
  const [facilitator, ana] = await Promise.all([people.laptop(), people.phone()]);
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await go(facilitator.page, 'Conducir');
  await enter(ana, server.demo.seats[0].url, 'Ana');
  const question = facilitator.page.getByRole('group', { name: '¿Pasar a Lectura?' });
  await phase(facilitator, 'Lectura').click();
  await expect(question).toBeFocused();
  await expect(question).toContainText('Ya no se podrá: escribir problemas y soluciones');
  await expect(question).toContainText('No se borra nada');
  await facilitator.expectAccessible();
  await question.getByRole('button', { name: 'No, seguir' }).click();
  await expect(question).toHaveCount(0);
  await expect(phase(facilitator, 'Lectura')).toBeFocused();

  await facilitator.page.keyboard.press('Enter');
  await question.getByRole('button', { name: 'Sí, pasar' }).click();
  await expect(ana.page.getByRole('banner')).toContainText('Lectura', soon);
  await expect(phase(facilitator, 'Lectura')).toHaveAttribute('aria-current', 'step');
  await expect(phase(facilitator, 'Acuerdos')).toContainText('terminada');
  await expect(facilitator.page.getByRole('button', { name: 'Deshacer' })).toBeFocused();
  await facilitator.expectAccessible();
  await facilitator.page.keyboard.press('Enter');
  await expect(ana.page.getByRole('banner')).toContainText('Acuerdos', soon);
  await expect(phase(facilitator, 'Acuerdos')).toBeFocused();

  // It goes away by itself.
  await phase(facilitator, 'Análisis').click();
  await facilitator.page.getByRole('button', { name: 'Sí, pasar' }).click();
  const undo = facilitator.page.getByRole('button', { name: 'Deshacer' });
  await expect(undo).toBeVisible();
  await expect(undo).toHaveCount(0, within(12_000));
  await expect(phase(facilitator, 'Análisis')).toBeFocused();
  await expect(ana.page.getByRole('banner')).toContainText('Análisis');
});

test('what stands in the way of the read-out is listed, and let pass with a reason', async ({ server, people }) => {
  const facilitator = await people.laptop();
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await takeDueDate(facilitator);
  await go(facilitator.page, 'Conducir');
  const checks = facilitator.page.getByRole('region', { name: 'Para cerrar acuerdos' });
  await expect(checks).toContainText('1 punto por resolver');
  await phase(facilitator, 'Lectura').click();
  const question = facilitator.page.getByRole('group', { name: '¿Pasar a Lectura?' });
  await expect(question).toContainText('Todavía no se puede');
  await expect(question.getByRole('link', { name: 'Actividad 1.1: sin fecha' })).toBeVisible();
  await expect(question.getByRole('button', { name: /^Sí/ })).toHaveCount(0);

  await checks.getByRole('button', { name: /^Dejar pasar: Actividad 1.1/ }).click();
  const reason = checks.getByLabel('Razón para dejarlo pasar');
  await expect(reason).toBeFocused();
  await checks.getByRole('button', { name: 'Dejar pasar con esta razón' }).click();
  await expect(checks.getByRole('alert')).toContainText('Falta escribir');
  await reason.fill('La Oficialía confirma la fecha el lunes.');
  await facilitator.expectAccessible();
  await checks.getByRole('button', { name: 'Dejar pasar con esta razón' }).click();
  await expect(checks).toContainText('Nada impide');
  await expect(checks).toContainText('Razón: La Oficialía confirma la fecha el lunes.');
  await expect(question.getByRole('button', { name: /^Sí/ })).toBeVisible();
  await checks.getByRole('button', { name: /^Retirar: Actividad 1.1/ }).click();
  await expect(checks).toContainText('1 punto por resolver');
  await checks.getByRole('link', { name: 'Actividad 1.1: sin fecha' }).click();
  await expect(field(facilitator.page, 'Fecha límite')).toBeVisible();
});

test('the quota changes on desk, phone, projector and public page', async ({ server, people }) => {
  const [facilitator, ana, projector, visitor] = await Promise.all([people.laptop(), people.phone(), people.projector(), people.phone()]);
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await go(facilitator.page, 'Conducir');
  await projector.visit(server.demo.projector_url);
  await visitor.visit(server.demo.public_url);
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await go(ana.page, 'Compromisos');
  const boards = [facilitator, ana, projector, visitor].map((person) => person.page.locator('.quota-sentence').first());
  for (const board of boards) await expect(board).toHaveText('Cuota completa');
  await go(facilitator.page, 'Compromisos');
  await openItem(facilitator.page, /Secundarias en paz/);
  await facilitator.page.getByRole('button', { name: /^Eliminar este compromiso/ }).click();
  await facilitator.page.getByRole('button', { name: 'Sí, eliminar' }).click();
  for (const board of boards) await expect(board).toHaveText('Falta 1 local', soon);
  await expect(projector.page.locator('.quota')).toContainText('Problema local: 1 de 2');
});

test('a phone leads the projector with two buttons, and a keyboard does', async ({ server, people }) => {
  const [phone, projector] = await Promise.all([people.phone(), people.projector()]);
  await enter(phone, server.demo.facilitator_url, 'Fabiola');
  await go(phone.page, 'Conducir');
  await phone.page.getByRole('link', { name: /^Control con dos botones/ }).click();
  await projector.visit(server.demo.projector_url);
  const title = projector.page.getByRole('main').getByRole('heading', { level: 1 });
  const next = phone.page.getByRole('button', { name: /^Siguiente/ });
  expect((await next.boundingBox())!.height).toBeGreaterThan(150);
  await phone.expectAccessible();
  await next.tap();
  await expect(title).toHaveText(/Sigue tu uniforme/, soon);
  await next.tap();
  await expect(title).toHaveText(/Agua limpia a la vista/, soon);
  await expect(phone.page.getByRole('main')).toContainText('2 de 5');
  await expect(projector.page.getByRole('contentinfo')).toContainText('2 de 5');
  await phone.page.getByRole('button', { name: 'Anterior' }).tap();
  await expect(title).toHaveText(/Sigue tu uniforme/, soon);
  await phone.page.keyboard.press('PageDown');
  await expect(title).toHaveText(/Agua limpia a la vista/, soon);
  await phone.page.keyboard.press('ArrowLeft');
  await expect(title).toHaveText(/Sigue tu uniforme/, soon);
  await phone.page.getByRole('button', { name: 'Dejar la pantalla en blanco' }).tap();
  await expect(title).not.toHaveText(/Sigue tu uniforme/, soon);
  await phone.page.getByRole('button', { name: 'Quitar el blanco' }).tap();
  await expect(title).toHaveText(/Sigue tu uniforme/, soon);
});

test('while the projection is paused the room keeps what it saw', async ({ server, people }) => {
  const [facilitator, projector] = await Promise.all([people.laptop(), people.projector()]);
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await go(facilitator.page, 'Conducir');
  await projector.visit(server.demo.projector_url);
  const title = projector.page.getByRole('main').getByRole('heading', { level: 1 });
  await facilitator.page.getByRole('button', { name: 'Proyectar: Agua limpia a la vista' }).click();
  await expect(title).toHaveText(/Agua limpia a la vista/, soon);
  await facilitator.page.getByRole('button', { name: 'Pausar proyección' }).click();
  await facilitator.page.getByRole('button', { name: /^Siguiente/ }).click();
  await expect(facilitator.page.getByRole('main')).toContainText('La sala sigue viendo: Agua limpia a la vista');
  await expect(facilitator.page.locator('.desk-title')).toHaveText(/Mapa abierto de cuidados/);
  await projector.page.waitForTimeout(500);
  await expect(title).toHaveText(/Agua limpia a la vista/);
  await facilitator.page.getByRole('button', { name: 'Proyectar esto' }).click();
  await expect(title).toHaveText(/Mapa abierto de cuidados/, soon);
});

test('the projector has no controls, and its own machine can hold and blank it', async ({ server, people }) => {
  const [facilitator, projector] = await Promise.all([people.laptop(), people.projector()]);
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await go(facilitator.page, 'Conducir');
  await projector.visit(server.demo.projector_url);
  expect(await projector.page.locator('button, input, select, textarea, a').count()).toBe(0);
  const title = projector.page.getByRole('main').getByRole('heading', { level: 1 });
  await projector.page.keyboard.press('h');
  await expect(projector.page.getByRole('contentinfo')).toContainText('En pausa');
  await facilitator.page.getByRole('button', { name: 'Proyectar: Agua limpia a la vista' }).click();
  await projector.page.waitForTimeout(700);
  await expect(title).toHaveText(/Acuerdo de la mesa/);
  await projector.page.keyboard.press('h');
  await expect(title).toHaveText(/Agua limpia a la vista/, soon);
  await projector.page.keyboard.press('b');
  await expect(title).not.toHaveText(/Agua limpia a la vista/);
  await projector.page.keyboard.press('b');
  await expect(title).toHaveText(/Agua limpia a la vista/);
  await projector.expectAccessible();
});

test.describe('through an outage', () => {
  test.use({ throughProxy: true });

  test('the projector keeps the last state, says so, and follows again', async ({ server, people }) => {
    const projector = await people.projector();
    await projector.visit(server.demo.projector_url);
    const main = projector.page.getByRole('main');
    await expect(main).toContainText('Sigue tu uniforme');
    people.allow(networkComplaints);
    await server.proxy.cut();
    await expect(projector.page.getByRole('contentinfo')).toContainText('Sin conexión', within(8_000));
    await projector.page.waitForTimeout(3_000);
    await expect(main).toContainText('Sigue tu uniforme');
    await expect(projector.page.getByRole('complementary')).toContainText('Cuota completa');
    await server.proxy.pass();
    await expect(projector.page.getByRole('contentinfo')).not.toContainText('Sin conexión', within(5_000));
    const facilitator = await people.laptop();
    await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
    await go(facilitator.page, 'Conducir');
    await facilitator.page.getByRole('button', { name: 'Proyectar: Barrancas sin basura' }).click();
    await expect(projector.page.getByRole('heading', { level: 1 })).toHaveText(/Barrancas sin basura/, soon);
  });
});

test('the desk fits a 320 px phone and is accessible on phones and laptops', async ({ server, people }) => {
  const [small, laptop] = await Promise.all([people.phone({ viewport: { width: 320, height: 640 } }), people.laptop({ colorScheme: 'dark' })]);
  await enter(small, server.demo.facilitator_url, 'Fabiola');
  for (const path of ['conducir', 'control']) {
    await small.visit(`${server.url}/ejercicio/${server.demo.mesa_id}/${path}`);
    expect(await small.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    await small.expectAccessible();
  }
  await enter(laptop, server.demo.facilitator_url, 'Fabiola');
  await go(laptop.page, 'Conducir');
  await laptop.expectAccessible();
});

test('nothing on the projector is cut, however long the texts', async ({ server, people }) => {
  test.setTimeout(120_000);
  const [facilitator, projector] = await Promise.all([people.laptop(), people.projector()]);
  const long = 'Publicar cada mes los contratos del programa con su seguimiento '.repeat(8).slice(0, 499);
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await go(facilitator.page, 'Compromisos');
  await openItem(facilitator.page, /Sigue tu uniforme/);
  const title = await openField(facilitator.page, 'Nombre del compromiso');
  await title.fill(long);
  const sheet = facilitator.page.url();
  for (let number = 7; number <= 12; number += 1) {
    await facilitator.visit(sheet);
    await facilitator.page.getByRole('button', { name: 'Agregar actividad' }).click();
    await facilitator.page.locator('button.field-open').first().click();
    await facilitator.page.locator('textarea.field-control').fill(`${number}: ${number % 2 ? long.slice(0, 480) : 'corta'}`);
    await expect(facilitator.page.locator('.save').first()).toContainText('guardado');
  }
  await facilitator.visit(`${server.url}/ejercicio/${server.demo.mesa_id}/conducir`);
  await facilitator.page.getByRole('button', { name: /^Proyectar: Publicar cada mes/ }).click();
  await projector.visit(server.demo.projector_url);
  const main = projector.page.getByRole('main');
  for (const viewport of [{ width: 1280, height: 800 }, { width: 1920, height: 1080 }]) {
    await projector.page.setViewportSize(viewport);
    await expect(main.getByRole('heading', { level: 1 })).toHaveText(long);
    const parts = Number(/de (\d+)/.exec(await main.locator('.projector-part').innerText())?.[1]);
    expect(parts).toBeGreaterThan(1);
    const cut = () => main.evaluate((main) => {
      const below = [...main.querySelectorAll('li, h1:not([data-again])')].filter((part) => part.getBoundingClientRect().bottom > main.getBoundingClientRect().bottom + 1);
      return main.scrollHeight > main.clientHeight + 1 || below.length > 0;
    });
    await expect.poll(cut, `${viewport.width} px, first part`).toBe(false);
    if (viewport.width === 1280) {
      await expect(main.locator('.projector-part')).toContainText('Parte 2', within(15_000));
      await expect.poll(cut, 'second part').toBe(false);
      await projector.visit(server.demo.projector_url);
    }
  }
});

test('the public page gives its data away, and only what is public', async ({ server, people }) => {
  const [facilitator, visitor] = await Promise.all([people.laptop(), people.phone({ javaScriptEnabled: false })]);
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola Secreta');
  await visitor.read(server.demo.public_url);
  const main = visitor.page.getByRole('main');
  await expect(main).toContainText('Cuota completa');
  await expect(main.getByRole('heading', { name: 'Aportaciones y respuestas' })).toBeVisible();
  // The spreadsheet comes first in the list.
  const links = main.getByRole('region', { name: 'Datos abiertos' }).getByRole('link');
  await expect(links.first()).toHaveText('Compromisos, actividades y problemas (XLSX)');
  const open = `/publico/${server.demo.mesa_id}`;
  const files = ['compromisos.xlsx', 'compromisos.csv', 'actividades.csv', 'problemas.csv', 'compromisos_problemas.csv', 'datapackage.json', 'datos.json'];
  expect(await links.evaluateAll((links) => links.map((link) => link.getAttribute('href')))).toEqual(files.map((file) => `${open}/${file}`));
  const workbook = await fetch(`${server.directUrl}${open}/compromisos.xlsx`);
  expect(workbook.headers.get('content-type')).toBe('application/vnd.openxmlformats-officedocument.spreadsheetml.sheet');
  expect(workbook.headers.get('content-disposition')).toMatch(/^attachment; filename="Mesa 1 .* compromisos\.xlsx"/);
  const table = await fetch(`${server.directUrl}${open}/actividades.csv`);
  expect(table.headers.get('content-type')).toContain('text/csv');
  const bytes = new Uint8Array(await table.arrayBuffer());
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);
  expect(text).toMatch(/^id,commitment_id,number,/);
  expect(text.split('\r\n').length).toBeGreaterThan(20);
  expect(text).toContain('Mapa de entregas por escuela');
  const data = (await (await fetch(`${server.directUrl}${open}/datos.json`)).json()) as {
    commitments: { id: string; category: string; activities: { id: string; due_date: string }[] }[];
    problems: unknown[];
  };
  expect(data.commitments[0].category).toBe('follow_the_money');
  expect(data.commitments[0].activities[0].due_date).toBe('2026-10-30');
  expect(text).toContain(`"${data.commitments[0].activities[0].id}","${data.commitments[0].id}",1,`);
  expect(data.problems).toHaveLength(8);
  expect(`${text}${JSON.stringify(data)}`).not.toContain('Fabiola');
  expect((await fetch(`${server.directUrl}/publico/${server.demo.mesa_id}/otra.csv`)).status).toBe(404);
  expect((await fetch(`${server.directUrl}/publico/${server.demo.exercise_id}/mesa/9/datos.json`)).status).toBe(404);
});

test.describe('on a phone without a network', () => {
  test.use({ throughProxy: true });

  test('the time left is the same for everyone, on a phone whose clock is years behind too', async ({ server, people }) => {
    const [facilitator, ana, projector] = await Promise.all([people.laptop(), people.phone(), people.projector()]);
    await ana.page.clock.install({ time: new Date('2020-02-29T10:00:00Z') });
    await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
    await enter(ana, server.demo.seats[0].url, 'Ana');
    await projector.visit(server.demo.projector_url);
    await phase(facilitator, 'Análisis').click();
    await facilitator.page.getByRole('button', { name: 'Sí, pasar' }).click();
    await expect(projector.page.locator('.timer')).toHaveText(/^Quedan \d+ minutos para esta fase$/);
    const words = (await projector.page.locator('.timer').textContent()) ?? '';
    await expect(ana.page.locator('.timer')).toHaveText(words);
    await projector.expectAccessible();
    // It is announced only near the end.
    const told = ana.page.getByRole('main').getByRole('status').filter({ hasText: 'para esta fase' });
    await expect(told).toHaveCount(0);
    const minutes = Number(/\d+/.exec(words)?.[0]);
    // Offline, so that only the phone's own clock goes on: the server's time would be applied at once.
    people.allow(networkComplaints);
    await server.proxy.stall();
    await ana.page.clock.fastForward((minutes - 1) * 60_000);
    await expect(ana.page.locator('.timer')).toHaveText('Queda 1 minuto para esta fase');
    await expect(told).toHaveText('Queda 1 minuto para esta fase');
    await ana.page.clock.fastForward(3 * 60_000);
    await expect(ana.page.locator('.timer')).toHaveText('2 minutos más de lo previsto');
    await expect(told).toHaveCount(0);
    // With the server back its clock counts.
    await server.proxy.pass();
    await ana.page.clock.fastForward(5_000);
    await expect(ana.page.locator('.timer')).toHaveText(/^Quedan \d+ minutos para esta fase$/);
  });
});
