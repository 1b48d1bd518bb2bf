// Not a test: what is read out and agreed to, as each viewer sees it, to be looked at.
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { draw } from '../support/mesa.ts';
import { live, type Server, test } from '../support/test.ts';
import { signedIn, sizes, take } from './support.ts';

type Viewer = 'phone' | 'other' | 'desk' | 'wall' | 'neighbour';

test.use({ throughProxy: true });
test.setTimeout(5 * 60_000);

for (const [size, viewport] of Object.entries(sizes)) {
  test(`agreement ${size}`, async ({ server, browser, locale, timezoneId }) => {
    const pages = await everybody(browser, { baseURL: server.url, locale, timezoneId, viewport }, server);
    const { phone, other, desk, wall, neighbour } = pages;
    const picture = async (moment: string, ...viewers: Viewer[]) => {
      await desk.waitForTimeout(1_500);
      for (const viewer of viewers) await take(pages[viewer], `agreement-${moment}-${viewer}-${size}`);
    };
    const change = async (name: string) => {
      await desk.locator('.phase').filter({ hasText: name }).click();
      await desk.getByRole('button', { name: 'Sí, pasar' }).click();
    };

    await neighbour.goto(`/plan/${server.demo.exercise_id}`);
    await picture('before', 'desk', 'neighbour');
    await change('Lectura');
    await desk.getByRole('button', { name: /^Siguiente/ }).click();
    await picture('read-out', 'phone', 'desk', 'wall');
    await phone.getByRole('link', { name: /objeci/i }).click();
    await phone.getByRole('textbox').fill('Falta decir quién revisa las bases');
    await picture('objecting', 'phone');
    await phone.getByRole('button', { name: 'Enviar' }).click();
    await desk.getByRole('button', { name: 'Mostrar en la pantalla' }).click();
    await picture('objection', 'desk', 'wall');

    await change('Conformidad');
    await other.getByRole('link', { name: 'Responder' }).click();
    await picture('asked', 'other', 'wall', 'desk');
    await server.proxy.cut();
    await other.waitForTimeout(4_500);
    await picture('asked-offline', 'other', 'desk', 'wall');
    await server.proxy.pass();
    await other.locator('.asked-answer').nth(4).click();
    await other.getByLabel('Con reserva').check();
    await other.getByLabel('Escribe la razón').fill('Que el registro no lleve nombres');
    await picture('reserved', 'other');
    await other.getByRole('button', { name: 'Enviar: 4 conformes, 1 con reserva' }).click();
    await picture('answered', 'other', 'desk', 'wall');
    await desk.getByLabel('Faltan respuestas: ¿por qué se cierra?').fill('Los demás se fueron');
    await desk.getByRole('button', { name: 'Cerrar la pregunta' }).click();
    await desk.getByRole('button', { name: 'Cerrar la pregunta' }).click();
    await neighbour.reload();
    await picture('result', 'other', 'desk', 'wall', 'neighbour');

    await change('Firma');
    await picture('signing', 'phone', 'desk', 'wall');
    await other.getByRole('link', { name: 'Leer y firmar el plan' }).click();
    await other.getByRole('button', { name: /^Firmar las \d+ páginas$/ }).waitFor();
    await picture('pages', 'other');
    for (const what of ['rúbrica', 'firma'] as const) await draw(other, what);
    await picture('drawn', 'other');
    await other.getByRole('button', { name: /^Firmar las \d+ páginas$/ }).click();
    await picture('signed', 'other', 'desk', 'wall');
    await phone.getByRole('link', { name: 'Leer y firmar el plan' }).click();
    await phone.getByLabel('Escribir mi nombre').check();
    await phone.getByLabel('Tu nombre completo').fill('Ana Robles');
    await picture('typed', 'phone');
    await phone.getByRole('button', { name: 'No voy a firmar' }).click();
    await phone.getByLabel('¿Por qué no firmas?').fill('El consejo confirma primero el presupuesto de 2027.');
    await picture('declining', 'phone');
    await phone.getByRole('button', { name: 'Dejar escrito que no firmo' }).click();
    await desk.getByRole('button', { name: /^Anotar/ }).nth(3).click();
    await picture('noting', 'phone', 'desk', 'wall');
    await desk.getByRole('button', { name: 'Huella' }).click();
    await desk.getByLabel('Faltan firmas: ¿por qué se cierra?').fill('Los demás firman otro día');
    await desk.getByRole('button', { name: 'Cerrar la firma' }).click();
    await desk.getByRole('button', { name: 'Cerrar la firma' }).click();
    await desk.getByRole('heading', { name: 'El plan está firmado' }).waitFor({ timeout: 30_000 });
    await other.getByRole('navigation').getByRole('link', { name: 'Ahora' }).click();
    await picture('sealed', 'phone', 'other', 'desk', 'wall');
    await Promise.all(Object.values(pages).map((page) => page.context().close()));
  });
}

/** A page of each viewer; the phones come from two organisations. */
async function everybody(browser: Browser, settings: BrowserContextOptions, server: Server): Promise<Record<Viewer, Page>> {
  const at = async (link: string, name: string, address: string) => {
    const page = await (await signedIn(browser, settings, link, name)).newPage();
    await page.goto(address);
    await live(page);
    return page;
  };
  const here = `/ejercicio/${server.demo.mesa_id}`;
  const wall = await (await browser.newContext(settings)).newPage();
  await wall.goto(server.demo.projector_url);
  return {
    phone: await at(server.demo.seats[0].url, 'Ana Robles', here),
    other: await at(server.demo.seats[1].url, 'Beto Luna', here),
    desk: await at(server.demo.facilitator_url, 'Fabiola Ruiz', `${here}/conducir`),
    wall,
    neighbour: await (await browser.newContext(settings)).newPage(),
  };
}
