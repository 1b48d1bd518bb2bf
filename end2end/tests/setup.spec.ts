// A town's own exercise: from the administrator's link to a phone in its seat, without the command line.
import { enter, go } from '../support/mesa.ts';
import { expect, mesa, type Server, test } from '../support/test.ts';

async function adminLink(server: Server): Promise<string> {
  return (await mesa('admin', 'link', '--data', server.data, '--url', server.url)).stdout.trim();
}

test('an exercise is created on a screen, its organisations come in by their links', async ({ server, people }) => {
  const link = await adminLink(server);
  const [fabiola, ana] = [await people.laptop(), await people.phone()];
  // An incomplete form comes back as one.
  people.allow(/422/);
  const page = fabiola.page;
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Crea tu ejercicio');
  await fabiola.expectAccessible();
  const texts: Record<string, string> = {
    'Nombre del ejercicio': 'Gobierno Abierto Río Claro 2027',
    Estado: 'Oaxaca',
    Municipio: 'Río Claro',
    'Organismo garante': 'Órgano Garante de Oaxaca',
    'El plan dura un año desde': '2027-01-04',
    Tema: 'Agua para todas las colonias',
    Lugar: 'Casa de la cultura',
  };
  for (const [label, text] of Object.entries(texts)) await page.getByLabel(label, { exact: true }).fill(text);
  // The day is forgotten: nothing that was typed is lost.
  await page.getByRole('button', { name: 'Crear el ejercicio' }).click();
  await expect(page.getByRole('alert')).toContainText('Nada de lo que escribiste se perdió');
  await expect(page.getByText('Falta: Día.')).toBeVisible();
  for (const [label, text] of Object.entries(texts)) await expect(page.getByLabel(label, { exact: true })).toHaveValue(text);
  await fabiola.expectAccessible();
  await page.getByLabel('Día', { exact: true }).fill('2027-02-18');
  await page.getByRole('button', { name: 'Crear el ejercicio' }).click();

  await expect(page.getByRole('heading', { name: 'Entrar a la mesa 1' })).toBeVisible();
  await enter(fabiola, page.url(), 'Fabiola Cruz');
  await go(page, 'Conducir');
  await page.getByRole('link', { name: 'Lugares y enlaces' }).click();
  await expect(page.getByText('Todavía no hay organizaciones')).toBeVisible();
  for (const [name, sector] of [['Colectivo de Agua', 'Sociedad civil'], ['Universidad de la Sierra', 'Academia']]) {
    await page.getByLabel('Nombre de la organización').fill(name);
    await page.getByLabel('Sector').selectOption({ label: sector });
    await page.getByRole('button', { name: 'Agregar' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: name })).toContainText(sector);
  }
  await fabiola.expectAccessible();
  await page.getByRole('button', { name: 'Hacer los enlaces' }).click();
  const card = page.locator('.seat-card').filter({ hasText: 'Colectivo de Agua' });
  await expect(card.locator('svg')).toBeVisible();
  await fabiola.expectAccessible();
  const seat = (await card.locator('.seat-url').textContent())!.trim();

  await ana.read(seat);
  await expect(ana.page.getByText('Este enlace es el lugar de Colectivo de Agua.')).toBeVisible();
  await enter(ana, seat, 'Ana Ríos');
  await expect(ana.page).toHaveURL(/\/ejercicio\/[0-9a-f-]+\/mesa\/1$/);

  // The link was for one exercise.
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Este enlace ya se usó');
});

test('the form fits a 320 px phone and works without a script', async ({ server, people }) => {
  const link = await adminLink(server);
  const phone = await people.phone({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  people.allow(/422/);
  await phone.page.goto(link);
  for (const one of await phone.page.locator('input, select, button').all()) {
    const box = await one.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 320, await one.evaluate((element) => element.outerHTML)).toBe(true);
  }
  await phone.page.getByRole('button', { name: 'Crear el ejercicio' }).tap();
  await expect(phone.page.getByText('Falta: Municipio.')).toBeVisible();
});
