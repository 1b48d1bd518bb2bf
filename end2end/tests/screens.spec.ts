import { enter, go, openItem } from '../support/mesa.ts';
import { expect, networkComplaints, test } from '../support/test.ts';

test('the projector follows what the facilitator points at within a second, and has nothing to press', async ({ server, people }) => {
  const [facilitator, projector] = await Promise.all([people.laptop(), people.projector()]);
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await projector.visit(server.demo.projector_url);
  const main = projector.page.getByRole('main');
  await expect(main).toContainText('Sigue tu uniforme');
  await expect(main).toContainText('Secundarias en paz');
  await expect(projector.page.getByText(server.demo.join_code)).toBeVisible();
  expect(await projector.page.locator('button, input, select, textarea').count()).toBe(0);

  const soon = { timeout: 1_000 };
  await facilitator.page.getByRole('button', { name: 'Proyectar: Agua limpia a la vista' }).click();
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(/Agua limpia a la vista/, soon);
  await expect(main).toContainText('Protocolo de aviso fuera de norma');
  await expect(main).not.toContainText('Sigue tu uniforme');
  await facilitator.page.getByRole('button', { name: /^Siguiente/ }).click();
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(/Mapa abierto de cuidados/, soon);
  await facilitator.page.getByRole('button', { name: 'Dejar la pantalla en blanco' }).click();
  await expect(main).not.toContainText('Mapa abierto de cuidados', soon);
});

test.describe('the projector through an outage', () => {
  test.use({ throughProxy: true });

  test('keeps the last state and catches up alone', async ({ server, people }) => {
    const projector = await people.projector();
    const ana = await people.phone();
    await projector.visit(server.demo.projector_url);
    people.allow(networkComplaints);
    await server.proxy.cut();
    await expect(projector.page.getByRole('main')).toContainText('Sigue tu uniforme');
    await projector.page.waitForTimeout(4_000);
    await expect(projector.page.getByRole('main')).toContainText('Sigue tu uniforme');
    await server.proxy.pass();
    await enter(ana, server.demo.facilitator_url, 'Fabiola');
    await ana.page.getByRole('button', { name: 'Proyectar: Barrancas sin basura' }).click();
    await expect(projector.page.getByRole('heading', { level: 1 })).toHaveText(/Barrancas sin basura/, { timeout: 5_000 });
  });
});

test('the public page reads without JavaScript', async ({ server, people }) => {
  const follower = await people.phone({ javaScriptEnabled: false });
  await follower.read(server.demo.public_url);
  const main = follower.page.getByRole('main');
  for (const text of ['Sigue tu uniforme', 'Mapa de entregas por escuela', '31/03/2027', 'Hornos ladrilleros', 'Comisión Estatal del Agua']) {
    await expect(main).toContainText(text);
  }
});

test('the facilitator closes the door, changes the phase, and phones follow', async ({ server, people }) => {
  const [facilitator, ana, late] = await Promise.all([people.laptop(), people.phone(), people.phone()]);
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await facilitator.page.getByRole('button', { name: 'Cerrar la puerta' }).click();
  await expect(facilitator.page.getByText('Está cerrada')).toBeVisible();
  await late.visit(server.demo.join_url);
  await expect(late.page.getByText('La puerta está cerrada por ahora')).toBeVisible();

  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Sigue tu uniforme/);
  await expect(ana.page.getByRole('button', { name: 'Editar: Nombre del compromiso' })).toBeVisible();
  await facilitator.page.getByRole('button', { name: /Lectura/ }).click();
  await facilitator.page.getByRole('button', { name: 'Sí, pasar a esta fase' }).click();
  await expect(ana.page.getByRole('button', { name: 'Editar: Nombre del compromiso' })).toHaveCount(0);
  await expect(ana.page.getByRole('banner')).toContainText('Lectura');
});

test('every screen is accessible', async ({ server, people }) => {
  test.setTimeout(120_000);
  const [facilitator, ana, projector, visitor] = await Promise.all([people.laptop(), people.phone(), people.projector(), people.phone()]);
  await visitor.visit(server.url);
  await visitor.expectAccessible();
  await visitor.visit(server.demo.join_url);
  await visitor.expectAccessible();
  await visitor.visit(server.demo.public_url);
  await visitor.expectAccessible();
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await facilitator.expectAccessible();
  await projector.visit(server.demo.projector_url);
  await projector.expectAccessible();
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await ana.expectAccessible();
  await go(ana.page, 'Problemas');
  await ana.expectAccessible();
  await openItem(ana.page, /tiraderos a cielo abierto/);
  await ana.expectAccessible();
  await ana.page.getByRole('button', { name: /^Editar/ }).first().click();
  await ana.expectAccessible();
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Sigue tu uniforme/);
  await ana.expectAccessible();
  await openItem(ana.page, /Inventario de contratos/);
  await ana.expectAccessible();
  await go(ana.page, 'Textos');
  await ana.expectAccessible();
});

test('nothing is wider than a 320 px phone', async ({ server, people }) => {
  const phone = await people.phone({ viewport: { width: 320, height: 640 } });
  await enter(phone, server.demo.seats[0].url, 'Ana');
  const fits = async () => {
    const width = await phone.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, phone.page.url()).toBeLessThanOrEqual(320);
  };
  await fits();
  for (const section of ['Problemas', 'Compromisos', 'Textos'] as const) {
    await go(phone.page, section);
    await fits();
  }
  await go(phone.page, 'Compromisos');
  await openItem(phone.page, /Agua limpia a la vista/);
  await fits();
  await phone.visit(server.demo.public_url);
  await fits();
});
