// The information pack and its ten days: two senders with a list each, a clock in one sentence, a tap that is a receipt, and a mesa that
// doesn't begin inside the ten days without a reason.
import { writeFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { changePhase, enter } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, live, networkComplaints, type Person, type Server, test } from '../support/test.ts';

const soon = within(5_000);
const PDF = Buffer.from('%PDF-1.7\n1 0 obj <<>> endobj\n');
const KIT = 'Kit  de capacidades 2º.PDF';

test.use({ stage: 'empty' });

/** Saves a form of the preparation, whatever it does besides. */
async function save(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Guardar' }).last().click();
  const confirm = page.getByRole('button', { name: 'Sí, cambiarlo' });
  const saved = page.getByRole('status').filter({ hasText: 'Guardado.' });
  await expect(confirm.or(saved).first()).toBeVisible(soon);
  if (await confirm.isVisible()) await confirm.click();
  await expect(saved).toBeVisible(soon);
}

/** The mesa meets on that day, and the rule is so many days of a kind. */
async function meets(page: Page, server: Server, day: string, days: string, kind: string): Promise<void> {
  const prepare = `/ejercicio/${server.demo.exercise_id}/preparar`;
  await page.goto(`${prepare}/datos`);
  await page.getByLabel('Días antes de la mesa en que todos tienen el expediente').fill(days);
  await page.getByLabel('Qué días cuentan').selectOption({ label: kind });
  await save(page);
  await page.goto(`${prepare}/mesa/1`);
  await page.getByLabel('Día', { exact: true }).fill(day);
  await save(page);
}

/** The mesa goes back to its preparation: the sample has begun. */
async function prepares(person: Person, server: Server): Promise<void> {
  await enter(person, server.demo.facilitator_url, 'Fabiola');
  await person.visit(`/ejercicio/${server.demo.mesa_id}/conducir`);
  await changePhase(person.page, 'Acciones previas');
}

/** An entry of a checklist. */
function entry(page: Page, name: string) {
  return page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });
}

async function send(page: Page, name: string, file: { name: string; buffer: Buffer }, unfold = 'Subir un archivo'): Promise<void> {
  const row = entry(page, name);
  const form = row.locator('details[open]').filter({ hasText: unfold });
  // After a refusal it is open.
  if ((await form.count()) === 0) await row.getByText(unfold, { exact: true }).first().click();
  await form.getByLabel('Archivo').setInputFiles({ ...file, mimeType: 'application/octet-stream' });
  await form.getByRole('button', { name: 'Enviar' }).click();
}

async function nothing(page: Page, name: string, reason: string): Promise<void> {
  const row = entry(page, name);
  await row.getByText('No hay: decir por qué').click();
  await row.getByLabel('Por qué no hay').fill(reason);
  await row.getByRole('button', { name: 'Decir que no hay' }).click();
  await expect(row).toContainText(reason);
}

async function expectNoWider(page: Page): Promise<void> {
  const { wide, there } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, there: document.documentElement.clientWidth }));
  expect(wide).toBeLessThanOrEqual(there);
}

const pack = (server: Server) => `/ejercicio/${server.demo.mesa_id}/expediente`;

test('two senders, one clock, and a tap that is a receipt', async ({ server, people }) => {
  test.slow();
  const fabiola = await people.laptop();
  // A change of dates is asked about first.
  people.allow(/422/);
  await prepares(fabiola, server);
  // A Friday; the Monday before it is the holiday of the Revolution.
  await meets(fabiola.page, server, '2031-11-21', '10', 'Hábiles: sin sábados, domingos ni descansos obligatorios');
  await fabiola.page.goto(pack(server));
  await expect(fabiola.page.getByText('antes del jueves 6 nov 2031')).toBeVisible();
  await meets(fabiola.page, server, '2031-11-21', '10', 'Naturales: todos cuentan');

  // The guarantor sends its part from a phone; the other's is the other's.
  const ana: Person = await people.phone();
  people.allow(/422/);
  await enter(ana, server.demo.seats[0]!.url, 'Ana');
  await ana.page.goto(pack(server));
  await expect(ana.page.getByText('antes del martes 11 nov 2031')).toBeVisible();
  await expect(ana.page.getByText('10 días naturales antes de la mesa')).toBeVisible();
  await send(ana.page, 'Kit de capacidades', { name: 'kit.pdf', buffer: Buffer.from('<svg onload="alert(1)"/>') });
  await expect(entry(ana.page, 'Kit de capacidades').getByText('dibujos SVG no se aceptan')).toBeVisible();
  await send(ana.page, 'Kit de capacidades', { name: KIT, buffer: PDF });
  await expect(ana.page.getByRole('status').filter({ hasText: 'Su plazo cuenta desde ahora' })).toBeVisible();
  await expect(entry(ana.page, 'Kit de capacidades').getByText(KIT)).toBeVisible();
  await expect(entry(ana.page, 'Kit de capacidades')).toContainText('la regla pide antes del 11 nov 2031 a las 10:00: se cumple.');
  await send(ana.page, 'Kit de capacidades', { name: 'otro.pdf', buffer: PDF }, 'Subir otro archivo');
  await expect(ana.page.getByRole('status').filter({ hasText: 'Ese mismo archivo ya estaba' })).toBeVisible();
  await expect(entry(ana.page, 'Estadísticas y otros estudios').getByText('Subir un archivo')).toHaveCount(0);
  await ana.expectAccessible();
  await ana.page.setViewportSize({ width: 320, height: 640 });
  await expectNoWider(ana.page);

  // The institution answers; a reader opens, and the facilitation sees who hasn't.
  const beto = await people.phone();
  await enter(beto, server.demo.seats[3]!.url, 'Beto');
  await beto.page.goto(pack(server));
  await send(beto.page, 'Solicitudes de información recurrentes', { name: 'Solicitudes.CSV', buffer: Buffer.from('colonia;folios\nÁnimas;63\n') });
  await expect(entry(beto.page, 'Solicitudes de información recurrentes').getByText('Solicitudes.CSV')).toBeVisible(soon);
  await nothing(beto.page, 'Consulta en la página web', 'El municipio no tiene página.');
  await expect(entry(beto.page, 'Kit de capacidades')).toContainText('Sin abrir');
  const download = beto.page.waitForEvent('download');
  await entry(beto.page, 'Kit de capacidades').getByRole('button', { name: /^Abrir/ }).click();
  expect((await download).suggestedFilename()).toBe(KIT);
  await beto.page.goto(pack(server));
  await expect(entry(beto.page, 'Kit de capacidades')).toContainText('Ya lo abriste');
  await fabiola.page.goto(pack(server));
  const readers = fabiola.page.getByRole('region', { name: 'Quién lo abrió' });
  await expect(readers.getByRole('listitem').filter({ hasText: 'Ayuntamiento de Valle Hondo' })).toContainText('Abrió 1 de 2');
  await expect(readers.getByRole('listitem').filter({ hasText: 'Universidad Estatal' })).toContainText('Sin abrir');
  await fabiola.expectAccessible();

  // Another file in its place: it says so, to who had opened the other.
  await send(ana.page, 'Kit de capacidades', { name: 'Kit v2.pdf', buffer: Buffer.concat([PDF, Buffer.from('%')]) }, 'Reemplazarlo por otro');
  await expect(entry(ana.page, 'Kit de capacidades').getByText('Kit v2.pdf')).toBeVisible(soon);
  await beto.page.goto(pack(server));
  await expect(entry(beto.page, 'Kit de capacidades')).toContainText('Cambió: habías abierto la versión anterior.');
  // What is to be read stands on the phone.
  await beto.visit(`/ejercicio/${server.demo.mesa_id}`);
  await beto.page.getByRole('link', { name: 'Expediente previo: 2 archivos para leer' }).click();
  await expect(beto.page.getByRole('heading', { level: 1 })).toHaveText('Expediente previo');
});

test('a mesa inside the ten days begins with a reason', async ({ server, people }) => {
  const fabiola = await people.laptop();
  // A change of dates is asked about first.
  people.allow(/422/);
  await prepares(fabiola, server);
  await meets(fabiola.page, server, '2026-01-20', '10', 'Naturales: todos cuentan');
  await fabiola.page.goto(`/ejercicio/${server.demo.mesa_id}/conducir`);
  await live(fabiola.page);
  await expect(fabiola.page.getByRole('region', { name: 'Expediente previo' })).toContainText('Faltan 9 puntos del expediente.');
  await fabiola.page.locator('.phase').filter({ hasText: 'Introducción' }).click();
  const question = fabiola.page.getByRole('group', { name: /Introducción/ });
  await expect(question).toContainText('Todavía no se puede');
  await expect(question.getByRole('link', { name: 'Faltan 9 puntos del expediente' })).toHaveAttribute('href', pack(server));
  await question.getByRole('button').first().click();
  await fabiola.page.getByRole('button', { name: /^Dejar pasar/ }).first().click();
  await fabiola.page.getByLabel('Razón para dejarlo pasar').fill('Todas las organizaciones lo tienen en papel desde octubre.');
  await fabiola.page.getByRole('button', { name: 'Dejar pasar con esta razón' }).click();
  await fabiola.expectAccessible();
  await fabiola.page.goto(pack(server));
  await expect(fabiola.page.getByText('La facilitación dispensó el plazo: Todas las organizaciones')).toBeVisible();
  await fabiola.page.goto(`/ejercicio/${server.demo.mesa_id}/conducir`);
  await live(fabiola.page);
  await changePhase(fabiola.page, 'Introducción');
});

test('a file that is cut off goes on where it was, after the page was closed too', async ({ server, people }, info) => {
  const fabiola = await people.laptop();
  await prepares(fabiola, server);
  const beto = await people.phone();
  people.allow(networkComplaints);
  people.allow(/422/);
  await enter(beto, server.demo.seats[3].url, 'Beto');
  const file = info.outputPath('Estudio  2º.pdf');
  await writeFile(file, Buffer.concat([PDF, Buffer.alloc(2_600_000, 0x20)]));
  const pieces: string[] = [];
  beto.page.on('request', (request) => {
    const piece = /\/subida\/[^/]+\/(\d+)$/.exec(request.url());
    if (piece) pieces.push(piece[1]);
  });
  let cut = true;
  await beto.page.route(/\/subida\/[^/]+\/1$/, (route) => (cut ? route.abort() : route.continue()));
  const choose = async () => {
    await beto.page.goto(pack(server));
    const row = entry(beto.page, 'Estadísticas y otros estudios');
    await row.getByText('Subir un archivo', { exact: true }).click();
    await row.getByLabel('Archivo').setInputFiles(file);
    await row.getByRole('button', { name: 'Enviar' }).click();
    return row;
  };
  const row = await choose();
  await expect(row.getByText('No hay conexión con el servidor. Lo enviado está guardado')).toBeVisible(soon);
  await expect(row.getByRole('progressbar')).toBeVisible();
  await expect(row.getByText('1.0 de 2.6 MB')).toBeVisible();
  await expectNoWider(beto.page);
  await beto.expectAccessible();
  cut = false;
  await choose();
  await expect(beto.page.getByRole('status').filter({ hasText: 'Estudio  2º.pdf' }).or(entry(beto.page, 'Estadísticas y otros estudios').getByText('Estudio  2º.pdf')).first()).toBeVisible(soon);
  expect(pieces.filter((piece) => piece === '0')).toHaveLength(1);
  expect(pieces.at(-1)).toBe('1');
  // What isn't taken is said in place, and the form is there again.
  const page = info.outputPath('pagina.pdf');
  await writeFile(page, '<!DOCTYPE html><p>No soy un PDF');
  await entry(beto.page, 'Estadísticas y otros estudios').getByText('Subir otro archivo', { exact: true }).click();
  await entry(beto.page, 'Estadísticas y otros estudios').getByLabel('Archivo').last().setInputFiles(page);
  await entry(beto.page, 'Estadísticas y otros estudios').getByRole('button', { name: 'Enviar' }).last().click();
  await expect(entry(beto.page, 'Estadísticas y otros estudios').getByText('páginas web')).toBeVisible(soon);
  await expect(entry(beto.page, 'Estadísticas y otros estudios').getByRole('button', { name: 'Enviar' }).last()).toBeEnabled();
});
