// The plan signed: drawn on phones, typed, declined, noted on the desk, closed with a reason, sealed.
import type { Locator, Page } from '@playwright/test';
import { changePhase, draw, enter, fetched, go, pad } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, networkComplaints, type People, type Person, type Server, test } from '../support/test.ts';

const soon = within(3_000);
const signs = { name: /^Firmar las \d+ páginas$/ };

test.use({ stage: 'frozen' });

/** The desk of a mesa whose plan can be signed. */
async function signing(server: Server, people: People): Promise<Person> {
  const desk = await people.laptop();
  await enter(desk, server.demo.facilitator_url, 'Fabiola');
  await go(desk.page, 'Conducir');
  await changePhase(desk.page, 'Conformidad');
  await changePhase(desk.page, 'Firma');
  return desk;
}

/** Someone of an organisation, on the screen on which it signs. */
async function signer(server: Server, person: Person, seat: number, name: string): Promise<Person> {
  await person.visit(server.demo.seats[seat].url);
  await expect(person.page.getByRole('heading', { level: 1 })).toHaveText('Firmar el Plan de Acción Local');
  await expect(person.page.getByText('se imprime en el plan junto a tu firma')).toBeVisible();
  await enter(person, server.demo.seats[seat].url, name);
  await expect(person.page.getByText('Tu organización todavía no firma.')).toBeVisible(soon);
  await person.page.getByRole('link', { name: 'Leer y firmar el plan' }).click();
  await expect(person.page.getByRole('heading', { level: 1 })).toHaveText('Firmar el plan');
  // The server sets the document meanwhile.
  await expect(person.page.getByRole('button', signs)).toBeEnabled({ timeout: 30_000 });
  return person;
}

/** The signatures on the desk. */
function slots(desk: Person): Locator {
  return desk.page.getByRole('region', { name: 'Firmas del plan' });
}

/** Fails if the page scrolls sideways. */
async function expectNoWider(page: Page): Promise<void> {
  const { wide, there } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, there: document.documentElement.clientWidth }));
  expect(wide).toBeLessThanOrEqual(there);
}

/** What a box looks like on the screen, without its corners: the shares of white pixels and of dark ones. */
async function looks(page: Page, what: 'rúbrica' | 'firma'): Promise<{ white: number; dark: number }> {
  const picture = (await (await pad(page, what)).screenshot()).toString('base64');
  return page.evaluate(async (picture) => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [image.width, image.height];
    const context = canvas.getContext('2d') as CanvasRenderingContext2D;
    context.drawImage(image, 0, 0);
    const edge = Math.ceil(image.height / 8);
    const { data } = context.getImageData(edge, edge, image.width - 2 * edge, image.height - 2 * edge);
    const light = Array.from({ length: data.length / 4 }, (_, at) => Math.max(data[at * 4], data[at * 4 + 1], data[at * 4 + 2]));
    const share = (is: (value: number) => boolean) => light.filter(is).length / light.length;
    return { white: share((value) => value > 250), dark: share((value) => value < 48) };
  }, picture);
}

test('eight organisations sign in all ways, what is open is closed with a reason, and the plan is sealed', async ({ server, people }) => {
  test.slow();
  const desk = await signing(server, people);
  const wall = await people.projector();
  await wall.visit(server.demo.projector_url);
  await expect(wall.page.locator('.signing-lines li')).toHaveCount(8);
  await expect(desk.page.getByRole('listitem').filter({ hasText: 'Minuta' })).toContainText('Descargar la minuta');
  const [ana, beto, carla, dora] = await Promise.all([0, 1, 2, 3].map(() => people.phone()));
  await Promise.all([signer(server, ana, 0, 'Ana'), signer(server, beto, 1, 'Beto'), signer(server, carla, 2, 'Carla'), signer(server, dora, 3, 'Dora')]);

  // Every page is there as a picture.
  const first = ana.page.getByRole('img', { name: /^Página 1 de \d+$/ });
  await expect.poll(() => first.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0), soon).toBe(true);
  const label = (await ana.page.getByRole('button', signs).textContent()) ?? '';
  await expect(ana.page.getByRole('img', { name: /^Página \d+ de \d+$/ })).toHaveCount(Number(/\d+/.exec(label)));
  await ana.expectAccessible();
  // One is made large where it is: its letters are those of the screen, what was tapped stays under the finger, and nobody leaves the page.
  const frame = ana.page.locator('.sheet-frame').first();
  const small = (await first.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  await ana.page.mouse.click(small.x + small.width * 0.7, small.y + small.height * 0.3);
  await expect(ana.page.getByRole('button', { name: 'Ver entera la página 1' })).toBeVisible();
  const grown = (await first.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  expect(grown.width).toBeGreaterThan(1_000);
  expect(Math.abs(grown.x + grown.width * 0.7 - (small.x + small.width * 0.7))).toBeLessThan(3);
  expect(Math.abs(grown.y + grown.height * 0.3 - (small.y + small.height * 0.3))).toBeLessThan(3);
  await expectNoWider(ana.page);
  await ana.expectAccessible();
  await frame.press('ArrowRight');
  await ana.page.getByRole('button', { name: 'Ver entera la página 1' }).click();
  await expect.poll(async () => (await first.boundingBox())?.width ?? 0).toBeLessThan(390);
  await expect(ana.page).toHaveURL(/\/firmar$/);
  await expect(ana.page.getByText('se imprime tu nombre completo: Ana.')).toBeVisible();

  // Ana draws, and loses nothing on the way.
  await ana.page.getByRole('button', signs).click();
  await expect(ana.page.getByRole('alert').filter({ hasText: 'Falta tu rúbrica' })).toBeVisible();
  await ana.page.getByRole('button', { name: 'Ir al recuadro' }).click();
  await expect(ana.page.getByRole('img', { name: 'Recuadro para dibujar tu rúbrica' })).toBeInViewport({ ratio: 1 });
  await draw(ana.page, 'rúbrica');
  await draw(ana.page, 'firma');
  await draw(ana.page, 'firma', [[0.2, 0.8], [0.5, 0.82], [0.8, 0.78]]);
  const drawn = ana.page.locator('.ink[data-what="firma"]');
  await expect(drawn).toContainText('2 trazos. Todavía no has firmado');
  const strokes = await drawn.locator('path').nth(1).getAttribute('d');
  await ana.page.reload();
  await ana.page.locator('html[data-live]').waitFor({ state: 'attached' });
  await expect(drawn).toContainText('2 trazos');
  await expect(drawn.locator('path').nth(1)).toHaveAttribute('d', strokes ?? '');
  await ana.page.setViewportSize({ width: 640, height: 300 });
  await draw(ana.page, 'firma', [[0.3, 0.2], [0.4, 0.25], [0.5, 0.2]]);
  await expect(drawn).toContainText('3 trazos');
  const { y, height } = (await (await pad(ana.page, 'firma')).boundingBox()) ?? { y: -1, height: 0 };
  expect(y).toBeGreaterThanOrEqual(0);
  expect(y + height).toBeLessThanOrEqual(300);
  await expectNoWider(ana.page);
  await ana.page.setViewportSize({ width: 390, height: 844 });
  await ana.page.getByRole('button', { name: 'Deshacer trazo de la firma' }).click();
  await ana.page.getByRole('button', { name: 'Borrar la rúbrica' }).click();
  await ana.page.getByRole('button', { name: 'Recuperar lo borrado de la rúbrica' }).click();
  await expect(drawn.locator('path').nth(1)).toHaveAttribute('d', strokes ?? '');
  await ana.page.goBack();
  await ana.page.goForward();
  await expect(drawn).toContainText('2 trazos');
  await ana.page.getByRole('button', signs).click();
  await expect(ana.page.getByRole('heading', { name: 'Firmaste' })).toBeVisible(soon);
  await expect(ana.page.getByText(`En el plan se lee: Ana, ${server.demo.seats[0].organisation}`)).toBeVisible();
  await expect.poll(() => ana.page.evaluate(() => scrollY)).toBe(0);
  await expect(ana.page.getByText('1. Mira el plan')).toHaveCount(0);
  await expect.poll(() => ana.page.evaluate(() => Object.keys(localStorage).filter((key) => /\.(rubrica|firma)\.\d+$/.test(key))), soon).toEqual([]);
  await ana.expectAccessible();

  // Beto draws with a finger; a dot is asked about.
  await finger(beto, 'rúbrica', [[0.2, 0.4], [0.4, 0.8], [0.6, 0.3], [0.8, 0.6]]);
  await finger(beto, 'firma', [[0.5, 0.5], [0.51, 0.51]]);
  await beto.page.getByRole('button', signs).click();
  await expect(beto.page.getByText('Tu firma es apenas un punto o una raya.')).toBeVisible();
  await beto.expectAccessible();
  await beto.page.getByRole('button', { name: 'No, volver a dibujar' }).click();
  await finger(beto, 'firma', [[0.2, 0.4], [0.4, 0.8], [0.6, 0.3], [0.8, 0.6]]);
  await beto.page.getByRole('button', signs).click();
  await expect(beto.page.getByRole('heading', { name: 'Firmaste' })).toBeVisible(soon);

  // Carla types with the keyboard alone.
  await carla.page.getByLabel('Dibujar mi firma').focus();
  await carla.page.keyboard.press('ArrowDown');
  await carla.page.keyboard.press('Tab');
  await carla.page.keyboard.type('Carla Núñez');
  await carla.expectAccessible();
  await carla.page.getByRole('button', signs).press('Enter');
  await expect(carla.page.getByRole('heading', { name: 'Firmaste' })).toBeVisible(soon);

  await dora.page.getByRole('button', { name: 'No voy a firmar' }).click();
  await dora.page.getByRole('button', { name: 'Dejar escrito que no firmo' }).click();
  await expect(dora.page.getByRole('alert').filter({ hasText: 'Falta escribir' })).toBeVisible();
  await dora.page.getByLabel('¿Por qué no firmas?').fill('Falta el presupuesto de 2027');
  await dora.expectAccessible();
  await dora.page.getByRole('button', { name: 'Dejar escrito que no firmo' }).click();
  await expect(dora.page.getByText('Dejaste escrito que no firmas')).toBeVisible(soon);

  // The desk.
  const rows = slots(desk).locator('tbody tr:not(.slot-notes)');
  await expect(slots(desk).getByText('3 de 8 firmas. Faltan 4 organizaciones.')).toBeVisible(soon);
  await expect(rows.nth(2)).toContainText('con su nombre escrito');
  await expect(rows.nth(3)).toContainText('Falta el presupuesto de 2027');
  const unfold = (seat: number) => desk.page.getByRole('button', { name: new RegExp(`^Anotar ?: ${server.demo.seats[seat].organisation}$`) }).click();
  const note = async (seat: number, what: string) => {
    await unfold(seat);
    await desk.page.getByRole('button', { name: what, exact: true }).click();
  };
  await note(4, 'Huella');
  await note(5, 'Ausente');
  await expect(slots(desk).getByText('4 de 8 firmas. Faltan 2 organizaciones.')).toBeVisible(soon);
  await note(5, 'Quitar lo anotado');
  await expect(rows.nth(5)).toContainText('Falta', soon);
  await note(5, 'Ausente');
  await unfold(6);
  await desk.page.getByRole('button', { name: 'Se negó', exact: true }).click();
  await desk.page.getByLabel('¿Qué razón dio?').fill('No le dio tiempo de leerlo');
  await desk.expectAccessible();
  await desk.page.getByRole('button', { name: 'Anotar que se negó' }).click();
  await expect(rows.nth(6)).toContainText('No le dio tiempo de leerlo', soon);
  await expect(wall.page.locator('.signing-lines [data-mark="signed"]')).toHaveCount(4, soon);
  await expect(wall.page.getByText('4 de 8 firmas')).toBeVisible();
  await expect(wall.page.getByRole('main')).not.toContainText('presupuesto');
  await wall.expectAccessible();

  await desk.page.getByLabel('Faltan firmas: ¿por qué se cierra?').fill('Firman otro día en papel');
  await desk.page.getByRole('button', { name: 'Cerrar la firma' }).click();
  await desk.page.getByRole('button', { name: 'Cerrar la firma' }).click();
  await expect(desk.page.getByText('La facilitación cerró la firma: Firman otro día en papel')).toBeVisible(soon);
  await expect(rows.nth(7)).toContainText('Ausente');

  // The server seals by itself.
  await expect(desk.page.getByRole('heading', { name: 'El plan está firmado' })).toBeVisible({ timeout: 30_000 });
  await expect(desk.page.locator('.signed')).toContainText(/[0-9a-f]{64}/);
  await desk.expectAccessible();
  await expect(wall.page.getByRole('heading', { level: 1 })).toHaveText('Firmado', soon);
  await expect(ana.page.getByRole('link', { name: 'Ver el plan firmado' })).toBeVisible(soon);
  await go(ana.page, 'Ahora');
  await expect(ana.page.getByRole('heading', { level: 1 })).toHaveText('El plan está firmado');
  await ana.expectAccessible();
});

/** Draws a stroke with a finger: the page must not scroll meanwhile. */
async function finger(person: Person, what: 'rúbrica' | 'firma', places: [number, number][]): Promise<void> {
  const box = (await (await pad(person.page, what)).boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 };
  const scrolled = () => person.page.evaluate(() => window.scrollY);
  const before = await scrolled();
  const touch = await person.context.newCDPSession(person.page);
  for (const [step, [x, y]] of places.entries()) {
    const touchPoints = [{ x: box.x + box.width * x, y: box.y + box.height * y }];
    await touch.send('Input.dispatchTouchEvent', { type: step === 0 ? 'touchStart' : 'touchMove', touchPoints });
  }
  await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await touch.detach();
  expect(await scrolled()).toBe(before);
}

for (const [what, settings, turned] of [
  ['a light phone', {}, false],
  ['a dark one', { colorScheme: 'dark' }, false],
  ['one whose browser turns pages dark', { colorScheme: 'dark' }, true],
  ['one with colours of its own', { colorScheme: 'dark', forcedColors: 'active' }, false],
] as const) {
  test(`the boxes are white paper with dark ink on ${what}, 320 px wide`, async ({ server, people }) => {
    await signing(server, people);
    const phone = await people.phone({ viewport: { width: 320, height: 640 }, ...settings });
    const protocol = await phone.context.newCDPSession(phone.page);
    if (turned) await protocol.send('Emulation.setAutoDarkModeOverride', { enabled: true });
    await signer(server, phone, 0, 'Ana');
    await expectNoWider(phone.page);
    for (const box of ['rúbrica', 'firma'] as const) {
      expect((await looks(phone.page, box)).dark).toBe(0);
      await draw(phone.page, box);
      const { white, dark } = await looks(phone.page, box);
      expect(white).toBeGreaterThan(0.75);
      expect(dark).toBeGreaterThan(0.005);
    }
    // With colours of its own the browser paints others than those that axe computes with.
    if (!('forcedColors' in settings)) await phone.expectAccessible();
  });
}

test('a helper signs for an organisation on the desk, and it is noted', async ({ server, people }) => {
  const desk = await signing(server, people);
  await desk.page.getByRole('link', { name: 'Firmar en este equipo por una organización' }).click();
  await expect(desk.page.getByRole('heading', { level: 1 })).toHaveText('Firmar el plan');
  await desk.page.getByLabel('Firmar en este equipo por').selectOption(server.demo.seats[4].organisation);
  await desk.page.getByLabel('Escribir mi nombre').check();
  await desk.page.getByLabel('Tu nombre completo').fill('Elsa Paz');
  await expect(desk.page.getByRole('button', signs)).toBeEnabled({ timeout: 30_000 });
  await desk.expectAccessible();
  await desk.page.getByRole('button', signs).click();
  await expect(desk.page.getByRole('heading', { name: 'Quedó firmado' })).toBeVisible(soon);
  await go(desk.page, 'Conducir');
  await expect(slots(desk)).toContainText('titular, con ayuda, con su nombre escrito', soon);
});

test.describe('through an outage', () => {
  test.use({ throughProxy: true });

  test('a signature waits on the phone and arrives by itself', async ({ server, people }) => {
    const desk = await signing(server, people);
    const ana = await signer(server, await people.phone(), 0, 'Ana');
    people.allow(networkComplaints);
    await server.proxy.cut();
    await draw(ana.page, 'rúbrica');
    await draw(ana.page, 'firma');
    await ana.page.getByRole('button', signs).click();
    await expect(ana.page.getByText('Tu firma va en camino.')).toBeVisible();
    await server.proxy.pass();
    await expect(ana.page.getByText('Tu firma va en camino.')).toHaveCount(0, within(20_000));
    await expect(ana.page.getByRole('heading', { name: 'Firmaste' })).toBeVisible();
    await expect(slots(desk).getByText('1 de 8 firmas.')).toBeVisible(within(20_000));
  });
});

test('a copy signed on paper is printed, scanned, looked at page by page, and says what is declared', async ({ server, people }) => {
  const desk = await signing(server, people);
  const { page } = desk;
  await slots(desk).getByRole('link', { name: 'Firmas en papel y su escaneo' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Firmas en papel');
  const copy = await page.getByRole('link', { name: 'Copia para firmar en papel (PDF)' }).getAttribute('href');
  // The document is still being set.
  let file = Buffer.alloc(0);
  await expect.poll(async () => {
    const { status, body } = await fetched(page, copy ?? '');
    file = body;
    return status;
  }, within(30_000)).toBe(200);

  people.allow(/422/);
  await page.getByLabel('Archivo del escaneo').setInputFiles({ name: 'dibujo.pdf', mimeType: 'application/pdf', buffer: Buffer.from('<svg/>') });
  await page.getByRole('button', { name: 'Subir el archivo' }).click();
  await expect(page.getByRole('alert')).toContainText('no es un PDF ni una foto');
  await page.getByLabel('Archivo del escaneo').setInputFiles({ name: 'Firmas º del día.pdf', mimeType: 'application/pdf', buffer: file });
  await page.getByRole('button', { name: 'Subir el archivo' }).click();
  const scan = page.getByRole('form', { name: 'Firmas º del día.pdf' });
  await expect(scan).toContainText('Falta decir qué hojas llevan rúbricas.');
  await expect(page.getByText('Nadie ha dicho que sus hojas lleven rúbricas.')).toBeVisible();
  const sheets = scan.getByRole('img');
  const count = await sheets.count();
  expect(count).toBeGreaterThan(4);
  for (const place of [0, count - 1]) {
    await sheets.nth(place).scrollIntoViewIfNeeded();
    await expect.poll(() => sheets.nth(place).evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth), within(20_000)).toBeGreaterThan(800);
  }
  await desk.expectAccessible();

  await scan.getByRole('checkbox').nth(0).check();
  await scan.getByRole('checkbox').nth(3).check();
  await scan.getByRole('button', { name: 'Guardar lo marcado' }).click();
  await expect(scan).toContainText(`Declarado: 2 de ${count} páginas con rúbricas.`);
  await expect(scan.getByRole('checkbox').nth(3)).toBeChecked();
  await scan.getByRole('button', { name: 'Todas llevan rúbricas' }).click();
  await expect(page.getByText('Según quien lo subió, está rubricado en cada hoja.')).toBeVisible();
  await page.setViewportSize({ width: 320, height: 640 });
  await expectNoWider(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('link', { name: 'Volver a la conducción' }).click();
  await expect(slots(desk)).toContainText('está rubricado en cada hoja', within(15_000));
});
