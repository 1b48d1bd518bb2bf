// Points among the problems: divided on phones, a secret until the desk closes it, the result on every screen.
import { allThere, changePhase, enter, go } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, networkComplaints, test } from '../support/test.ts';

const soon = within(3_000);
const transparency = 'Instituto de Transparencia de Sierra Clara';

test('points are divided with large buttons, and nobody sees them before it is closed', async ({ server, people }) => {
  test.setTimeout(120_000);
  const [desk, ana, beto, pedro, projector] = await Promise.all([people.laptop(), people.phone(), people.phone(), people.phone(), people.projector()]);
  await enter(desk, server.demo.facilitator_url, 'Fabiola');
  await go(desk.page, 'Conducir');
  await changePhase(desk.page, 'Análisis');
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await enter(beto, server.demo.seats[1].url, 'Beto');
  await enter(pedro, server.demo.join_url, 'Pedro', 'Vecinos del centro');
  await projector.visit(server.demo.projector_url);

  const panel = desk.page.getByRole('region', { name: 'Reparto de puntos' });
  await panel.getByLabel('Puntos por organización').selectOption('3');
  await panel.getByRole('button', { name: 'Abrir el reparto' }).click();
  await expect(panel).toContainText('Ninguno de los 8 actores ha repartido.');
  await expect(projector.page.getByRole('main')).toContainText('Ninguno de los 8 actores ha repartido.', soon);
  await projector.expectAccessible();

  const card = ana.page.getByRole('region', { name: 'Reparto de puntos' });
  await expect(card).toContainText(`${transparency} tiene 3 puntos`, soon);
  await ana.expectAccessible();
  await card.getByRole('link', { name: 'Repartir los puntos' }).click();
  await expect(ana.page.getByRole('heading', { level: 1 })).toHaveText('Reparte 3 puntos');
  const more = (page: typeof ana.page, problem: RegExp) => page.getByRole('button', { name: new RegExp(`^Un punto más a .*${problem.source}`) });
  const send = ana.page.getByRole('button', { name: 'Entregar mis puntos' });
  await expect(send).toBeDisabled();
  await more(ana.page, /uniforme/).click();
  await more(ana.page, /uniforme/).click();
  await expect(ana.page.getByText('Te queda 1 de 3')).toBeVisible();
  // What was tapped outlives the page.
  await ana.page.reload();
  await expect(ana.page.getByText('Te queda 1 de 3')).toBeVisible(soon);
  await more(ana.page, /cloro/).click();
  await expect(ana.page.getByText('Ya repartiste todos')).toBeVisible();
  await expect(more(ana.page, /uniforme/)).toHaveAttribute('aria-disabled', 'true');
  await ana.expectAccessible();
  await send.click();
  await expect(ana.page.getByText('Tus puntos están en la mesa.')).toBeVisible(soon);
  await expect(panel).toContainText('1 de 8 actores ya repartió.', soon);
  await expect(panel).not.toContainText(transparency);
  await expect(projector.page.getByRole('main')).toContainText('1 de 8 actores ya repartió.', soon);

  // One takes a point away and gives it elsewhere.
  await ana.page.getByRole('button', { name: /^Un punto menos a .*uniforme/ }).click();
  await more(ana.page, /cloro/).click();
  await expect(ana.page.getByText('Falta entregar estos cambios.')).toBeVisible();
  await send.click();
  await expect(ana.page.getByText('Tus puntos están en la mesa.')).toBeVisible(soon);
  // A page that is loaded anew knows one's own.
  await ana.page.reload();
  await expect(ana.page.getByText('Ya repartiste todos')).toBeVisible(soon);
  await expect(ana.page.getByText('Tus puntos están en la mesa.')).toBeVisible(soon);

  await beto.page.getByRole('link', { name: 'Repartir los puntos' }).click();
  for (let point = 0; point < 3; point += 1) await more(beto.page, /cloro/).click();
  await beto.page.getByRole('button', { name: 'Entregar mis puntos' }).click();
  // Who came on their own has none.
  await pedro.page.getByRole('region', { name: 'Reparto de puntos' }).getByRole('link').click();
  await expect(pedro.page.getByText('2 de 8 actores ya repartieron.')).toBeVisible(soon);
  await expect(pedro.page.getByRole('button', { name: /^Un punto/ })).toHaveCount(0);
  await pedro.expectAccessible();
  await desk.expectAccessible();

  await panel.getByRole('button', { name: 'Cerrar y mostrar el resultado' }).click();
  await panel.getByRole('button', { name: 'Sí, cerrar' }).click();
  const first = [/cloro.*5 puntos/s, /uniforme.*1 punto/s];
  for (const page of [desk.page, ana.page, pedro.page]) {
    const list = page.locator('ol.ranking > li');
    await expect(list.nth(0)).toContainText(first[0], soon);
    await expect(list.nth(1)).toContainText(first[1]);
  }
  const lines = projector.page.getByRole('main').getByRole('listitem');
  await expect(lines.first()).toContainText(first[0], soon);
  await projector.expectAccessible();
  await ana.expectAccessible();
  await desk.expectAccessible();

  await panel.getByRole('button', { name: 'Ordenar así los problemas' }).click();
  await expect(panel).toContainText('Los problemas ya están en este orden.');
  await go(ana.page, 'Problemas');
  await expect(ana.page.locator('ol.rows > li').first()).toContainText(/cloro/, soon);
});

test('another device of the organisation sees its points, and a phone of 320 px shows them whole', async ({ server, people }) => {
  const desk = await people.laptop();
  const [ana, second] = await Promise.all([people.phone(), people.phone({ viewport: { width: 320, height: 640 } })]);
  await enter(desk, server.demo.facilitator_url, 'Fabiola');
  await go(desk.page, 'Conducir');
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await enter(second, server.demo.seats[0].url, 'Ana');
  const panel = desk.page.getByRole('region', { name: 'Reparto de puntos' });
  await panel.getByRole('button', { name: 'Abrir el reparto' }).click();
  for (const { page } of [ana, second]) await page.getByRole('link', { name: 'Repartir los puntos' }).click();
  await ana.page.getByRole('button', { name: /^Un punto más a .*uniforme/ }).click();
  await ana.page.getByRole('button', { name: 'Entregar mis puntos' }).click();
  await expect(second.page.getByText('Te quedan 4 de 5')).toBeVisible(within(6_000));
  const width = await second.page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(320);
  await second.expectAccessible();
  await panel.getByRole('button', { name: 'Quitar sin resultado' }).click();
  await panel.getByRole('button', { name: 'Sí, quitarlo' }).click();
  await expect(second.page.getByText('Por ahora no hay puntos que repartir.')).toBeVisible(soon);
});

test.describe('without a network', () => {
  test.use({ throughProxy: true });

  test('points wait on the phone and count once there is a network again', async ({ server, people }) => {
    const [desk, ana] = await Promise.all([people.laptop(), people.phone()]);
    await enter(desk, server.demo.facilitator_url, 'Fabiola');
    await go(desk.page, 'Conducir');
    await enter(ana, server.demo.seats[0].url, 'Ana');
    await allThere(ana.page);
    const panel = desk.page.getByRole('region', { name: 'Reparto de puntos' });
    await panel.getByRole('button', { name: 'Abrir el reparto' }).click();
    await ana.page.getByRole('link', { name: 'Repartir los puntos' }).click();
    people.allow(networkComplaints);
    await server.proxy.cut();
    await ana.page.getByRole('button', { name: /^Un punto más a .*uniforme/ }).click();
    await ana.page.getByRole('button', { name: 'Entregar mis puntos' }).click();
    await expect(ana.page.getByText('Tus puntos están en este teléfono.')).toBeVisible(within(8_000));
    await ana.expectAccessible();
    await server.proxy.pass();
    await expect(panel).toContainText('1 de 8 actores ya repartió.', within(10_000));
    await expect(ana.page.getByText('Tus puntos están en la mesa.')).toBeVisible(within(10_000));
  });
});
