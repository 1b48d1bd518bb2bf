// The floor: asked for on a phone, led from the desk, the same clock on every screen; the round of actors.
import type { Page } from '@playwright/test';
import { allThere, enter, go } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, networkComplaints, type Person, test } from '../support/test.ts';

const soon = within(2_000);
const transparency = 'Instituto de Transparencia de Sierra Clara';
const university = 'Universidad Estatal';

/** A phone whose own clock is five hours and some seconds ahead. */
async function wrongClock(phone: Person): Promise<void> {
  await phone.context.addInitScript(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 5 * 3_600_000 + 7_000;
  });
}

/** The seconds that a countdown shows. */
async function left(page: Page): Promise<number> {
  const text = await page.getByRole('timer').first().innerText();
  const [, sign, minutes, seconds] = /^(−?)(\d+):(\d\d)$/.exec(text) ?? [];
  expect(seconds, `«${text}» is a time`).toBeDefined();
  return (sign ? -1 : 1) * (Number(minutes) * 60 + Number(seconds));
}

/** All screens show the same time, give or take a second. */
async function expectTogether(...pages: Page[]): Promise<void> {
  await expect(async () => {
    const seconds = await Promise.all(pages.map(left));
    expect(Math.max(...seconds) - Math.min(...seconds), seconds.join(', ')).toBeLessThanOrEqual(1);
  }).toPass({ timeout: 5_000 });
}

test('who asks sees their place, and everybody the same clock', async ({ server, people }) => {
  const [desk, ana, projector] = await Promise.all([people.laptop(), people.phone(), people.projector()]);
  await wrongClock(ana);
  await enter(desk, server.demo.facilitator_url, 'Fabiola');
  await go(desk.page, 'Conducir');
  await enter(ana, server.demo.seats[6].url, 'Ana');
  await projector.visit(server.demo.projector_url);
  const panel = desk.page.getByRole('region', { name: 'Uso de la palabra' });
  await expect(panel).toContainText('Nadie la pide por ahora.');

  // Somebody without a phone: a name, and a tap.
  await panel.getByLabel(/^Apuntar a alguien/).fill('Doña Lupe');
  await panel.getByRole('button', { name: 'Apuntar' }).click();
  await expect(panel.getByRole('listitem').first()).toContainText('Doña Lupe');
  await ana.page.getByRole('button', { name: 'Pedir la palabra' }).click();
  await expect(ana.page.getByRole('region', { name: 'Pediste la palabra' })).toContainText('Eres la 2.ª persona en la lista.', soon);
  await expect(ana.page.getByRole('button', { name: 'Pedir la palabra' })).toHaveCount(0);
  await expect(panel.getByRole('listitem').nth(1)).toContainText(university, soon);
  await ana.expectAccessible();

  await panel.getByRole('button', { name: 'Dar el siguiente turno' }).click();
  const band = projector.page.getByRole('region', { name: 'Uso de la palabra' });
  await expect(band).toContainText('Una persona de la mesa', soon);
  await expect(band).not.toContainText('Lupe');
  await expect(band).toContainText(university);
  await expect(ana.page.getByRole('main')).toContainText('Eres la siguiente persona.', soon);
  await expect(ana.page.getByRole('main')).not.toContainText('Lupe');
  await expectTogether(desk.page, ana.page, projector.page);
  await desk.expectAccessible();
  await projector.expectAccessible();

  // A late comer, and a page that was loaded again.
  const late = await people.phone();
  await enter(late, server.demo.seats[0].url, 'Beto');
  await ana.page.reload();
  await expect(ana.page.getByRole('main')).toContainText('Eres la siguiente persona.', within(8_000));
  await expectTogether(desk.page, ana.page, late.page, projector.page);
  await panel.getByRole('button', { name: 'Un minuto más' }).click();
  await expect.poll(() => left(projector.page)).toBeGreaterThan(180);
  await expectTogether(desk.page, ana.page, late.page, projector.page);

  await panel.getByRole('button', { name: 'Dar el siguiente turno' }).click();
  const turn = ana.page.getByRole('region', { name: 'Tienes la palabra' });
  await expect(turn).toBeVisible(soon);
  await expect(band).toContainText(university, soon);
  await ana.expectAccessible();
  await turn.getByRole('button', { name: 'Terminé' }).click();
  await expect(panel).toContainText('Nadie tiene la palabra.', soon);
  await expect(band).toHaveCount(0, soon);
  await expect(desk.page.getByRole('region', { name: 'Minutos hablados, por sector' })).toContainText('Academia');
  await expect(ana.page.getByRole('button', { name: 'Pedir la palabra' })).toBeVisible();
});

test('the desk moves people by buttons and keyboard, and the turn runs on', async ({ server, people }) => {
  const desk = await people.laptop();
  await enter(desk, server.demo.facilitator_url, 'Fabiola');
  await go(desk.page, 'Conducir');
  const panel = desk.page.getByRole('region', { name: 'Uso de la palabra' });
  const rows = panel.getByRole('listitem');
  for (const name of ['Uno', 'Dos', 'Tres']) {
    await panel.getByLabel(/^Apuntar a alguien/).fill(name);
    await desk.page.keyboard.press('Enter');
    await expect(rows.last()).toContainText(name);
  }
  await panel.getByRole('button', { name: 'Dar el siguiente turno' }).click();
  await expect(rows).toHaveCount(2);
  const before = await left(desk.page);
  await panel.getByRole('button', { name: 'Subir: Tres' }).focus();
  await desk.page.keyboard.press('Enter');
  await expect(rows.first()).toContainText('Tres');
  await panel.getByRole('button', { name: 'Saltar: Tres' }).click();
  await expect(rows.first()).toContainText('Dos');
  await panel.getByRole('button', { name: 'Quitar: Tres' }).click();
  await expect(rows).toHaveCount(1);
  expect(await left(desk.page)).toBeLessThanOrEqual(before);
  await expect(panel).toContainText('Uno');
  await panel.getByRole('button', { name: 'Terminar turno' }).click();
  await expect(panel).toContainText('Nadie tiene la palabra.');
});

test('a round is not closed in silence', async ({ server, people }) => {
  const [desk, ana] = await Promise.all([people.laptop(), people.phone()]);
  await enter(desk, server.demo.facilitator_url, 'Fabiola');
  await go(desk.page, 'Conducir');
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await desk.page.getByRole('button', { name: 'Abrir la ronda sobre el diagnóstico' }).click();
  const round = desk.page.getByRole('region', { name: 'Ronda de actores' });
  await expect(round).toContainText('0 de 8');
  const own = ana.page.getByRole('region', { name: 'Ronda de actores' });
  await expect(own).toContainText(`${transparency} no ha hablado todavía.`, soon);
  await ana.expectAccessible();
  await own.getByRole('button', { name: 'Paso esta vez' }).click();
  await expect(round).toContainText('1 de 8', soon);
  await expect(own).toHaveCount(0);

  await round.getByRole('button', { name: `Dar la palabra: ${university}` }).click();
  await expect(round.getByRole('listitem').filter({ hasText: university })).toContainText('Habla ahora');
  await desk.page.getByRole('button', { name: 'Terminar turno' }).click();
  await expect(round.getByRole('listitem').filter({ hasText: university })).toContainText('Intervino');

  await round.getByRole('button', { name: 'Cerrar con una razón' }).click();
  await expect(round).toContainText('2 de 8');
  await expect(round).toContainText('Si cierras así, la minuta dirá que no intervinieron y por qué.');
  await desk.expectAccessible();
  await round.getByLabel(/^¿Por qué se cierra así\?/).fill('Las demás entregaron sus dudas por escrito.');
  await round.getByRole('button', { name: 'Cerrar con una razón' }).click();
  await expect(desk.page.getByRole('button', { name: 'Volver a abrir la ronda sobre el diagnóstico' })).toBeVisible();
});

test.describe('without a network', () => {
  test.use({ throughProxy: true });

  test('a request waits on the phone and has its place once there is a network again', async ({ server, people }) => {
    const [desk, ana] = await Promise.all([people.laptop(), people.phone()]);
    await enter(desk, server.demo.facilitator_url, 'Fabiola');
    await go(desk.page, 'Conducir');
    await enter(ana, server.demo.seats[6].url, 'Ana');
    await allThere(ana.page);
    people.allow(networkComplaints);
    await server.proxy.cut();
    await ana.page.getByRole('button', { name: 'Pedir la palabra' }).click();
    const place = ana.page.getByRole('region', { name: 'Pediste la palabra' });
    await expect(place).toContainText('Sin conexión: lo pediste en este teléfono.', within(8_000));
    await ana.expectAccessible();
    await server.proxy.pass();
    const panel = desk.page.getByRole('region', { name: 'Uso de la palabra' });
    await expect(panel.getByRole('listitem')).toContainText([university], within(10_000));
    await expect(place).toContainText('Eres la siguiente persona.', within(10_000));
  });
});
