// A consultation as data: its sender counts a spreadsheet and corrects what a column is, everybody reads bars with their numbers, who leads
// makes a row a problem and shows a chart on the wall. And problems from a spreadsheet, looked at before anything is added.
import type { Page } from '@playwright/test';
import { changePhase, enter } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, type Person, type Server, test } from '../support/test.ts';

const soon = within(5_000);
const WATER = 'Agua, drenaje y alcantarillado';

test.use({ stage: 'empty' });

/** Twenty-four answers with semicolons and decimal commas. */
const ANSWERS = [
  'Sexo;Localidad;¿Qué falta en tu colonia?;Servicio de agua',
  ...Array.from({ length: 24 }, (_, at) => {
    const chosen = at === 23 ? 'Educación, los baches de mi calle' : at < 14 ? `${WATER}, Educación` : 'Seguridad pública';
    return `${at % 2 ? 'Hombre' : 'Mujer'};${at % 3 ? 'Centro' : 'El Salto'};${chosen};${at % 4 ? '8,9' : '7'}`;
  }),
].join('\r\n');

const LIST = [
  'Problema;Criterios mínimos;Soluciones;Compromisos preliminares',
  'Fugas de agua en el Centro;Atender en 48 horas;Mapa de fugas;Publicar el mapa, cada mes',
  ';;Cuadrilla nocturna;',
  'Calles sin luz;;Censo de luminarias;',
].join('\n');

async function send(page: Page, name: string, file: string, text: string): Promise<void> {
  const row = page.getByRole('listitem').filter({ has: page.getByRole('heading', { name, exact: true }) });
  await row.getByText('Subir un archivo', { exact: true }).first().click();
  const form = row.locator('details[open]').filter({ hasText: 'Subir un archivo' });
  await form.getByLabel('Archivo').setInputFiles({ name: file, buffer: Buffer.from(text), mimeType: 'text/csv' });
  await form.getByRole('button', { name: 'Enviar' }).click();
  await expect(page.getByRole('status').first()).toBeVisible(soon);
}

async function expectNoWider(page: Page): Promise<void> {
  for (const [width, height] of [[390, 844], [320, 640]] as const) {
    await page.setViewportSize({ width, height });
    const { wide, there } = await page.evaluate(() => ({ wide: document.documentElement.scrollWidth, there: document.documentElement.clientWidth }));
    expect(wide).toBeLessThanOrEqual(there);
  }
}

const at = (server: Server, part: string) => `/ejercicio/${server.demo.mesa_id}/${part}`;

async function prepares(person: Person, server: Server): Promise<void> {
  await enter(person, server.demo.facilitator_url, 'Fabiola');
  await person.visit(at(server, 'conducir'));
  await changePhase(person.page, 'Acciones previas');
}

test('a spreadsheet becomes bars, a problem and a chart on the wall', async ({ server, people }) => {
  test.slow();
  const fabiola = await people.laptop();
  await prepares(fabiola, server);
  const beto = await people.phone();
  await enter(beto, server.demo.seats[3]!.url, 'Beto');
  const { page } = beto;
  await page.goto(at(server, 'expediente'));
  await send(page, 'Consulta en la página web', 'Consulta.csv', ANSWERS);
  await page.getByRole('link', { name: 'Usar como resultados de la consulta' }).click();
  await expect(page.getByText('columnas separadas por punto y coma')).toBeVisible();
  const outcome = page.getByRole('region', { name: 'Así quedaría' });
  await expect(outcome.getByRole('row').filter({ hasText: WATER })).toContainText('14 · 58 %');
  await expect(outcome.getByText('Resto sin reconocer: 1 respuesta')).toBeVisible();
  await beto.expectAccessible();
  await expectNoWider(page);

  // One column is taken for nothing, and what is chosen stays.
  const place = page.getByRole('group', { name: 'B · Localidad' });
  await expect(place.getByLabel('Qué es')).toHaveValue('localidad');
  await place.getByLabel('Qué es').selectOption({ label: 'No se usa' });
  await page.getByRole('button', { name: 'Ver otra vez' }).last().click();
  await expect(page.getByRole('group', { name: 'B · Localidad' }).getByLabel('Qué es')).toHaveValue('');
  await page.getByRole('button', { name: 'Guardar' }).click();
  await expect(page.getByRole('status')).toContainText('Se guardaron los resultados');
  await expect(page.getByRole('row').filter({ hasText: 'Servicio de agua' })).toContainText('8.43');
  await page.getByText('Por género').first().click();
  await expect(page.getByRole('columnheader', { name: 'Mujer (12)' }).first()).toBeVisible();
  await expect(page.getByText('Por localidad')).toHaveCount(0);
  await beto.expectAccessible();
  await expectNoWider(page);

  // Who leads taps a row, and shows a question.
  await fabiola.page.goto(at(server, 'resultados'));
  await fabiola.page.getByRole('button', { name: `Hacerlo problema: ${WATER}` }).click();
  await expect(fabiola.page.getByRole('status')).toContainText('Ya es un problema');
  await fabiola.page.getByRole('status').getByRole('link').click();
  await expect(fabiola.page.getByText('lo eligieron 14 de 24 personas (58 %)')).toBeVisible(soon);
  await fabiola.page.goto(at(server, 'resultados'));
  await fabiola.page.getByRole('button', { name: 'Mostrar en la pantalla' }).first().click();
  await expect(fabiola.page.getByRole('status')).toContainText('está en la pantalla');
  const wall = await people.laptop();
  await wall.page.goto(server.demo.projector_url);
  await expect(wall.page.getByRole('heading', { level: 1 })).toHaveText('¿Qué falta en tu colonia?', soon);
  await expect(wall.page.getByRole('listitem').filter({ hasText: WATER })).toContainText('14 · 58 %');
  await wall.expectAccessible();
});

test('problems come from a spreadsheet, and go back', async ({ server, people }) => {
  const fabiola = await people.laptop();
  await prepares(fabiola, server);
  const { page } = fabiola;
  await page.goto(at(server, 'expediente'));
  await page.getByRole('link', { name: 'Traer problemas de una hoja de cálculo' }).click();
  await page.getByLabel('Copia tus celdas y pégalas aquí').fill(LIST);
  await page.getByRole('button', { name: 'Ver qué se agregaría' }).click();
  await expect(page.getByRole('heading', { level: 2 })).toHaveText('3 filas: 2 problemas, 3 soluciones, 1 compromiso preliminar');
  await fabiola.expectAccessible();
  await expectNoWider(page);
  await page.getByRole('button', { name: /^Agregar 2 problemas/ }).click();
  await expect(page.getByRole('status')).toContainText('Se agregó: 2 problemas, 3 soluciones, 1 compromiso preliminar.');
  await page.getByRole('button', { name: 'Deshacer' }).click();
  await expect(page.getByRole('status')).toContainText('Se deshizo');
});
