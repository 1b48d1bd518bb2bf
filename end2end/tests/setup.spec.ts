// A town's own exercise: from the administrator's link to twenty people in their seats, without the command line.
import { type Page } from '@playwright/test';
import { enter, go } from '../support/mesa.ts';
import { expect, live, mesa, type Person, type Server, test } from '../support/test.ts';

const PASSPHRASE = 'burro tinta lunes farol';

async function adminLink(server: Server): Promise<string> {
  return (await mesa('admin', 'link', '--data', server.data, '--url', server.url)).stdout.trim();
}

const TEXTS: Record<string, string> = {
  'Nombre del ejercicio': 'Gobierno Abierto Río Claro 2027',
  Estado: 'Oaxaca',
  Municipio: 'Río Claro',
  'Organismo garante': 'Órgano Garante de Oaxaca',
  'El plan empieza': '2027-01-04',
  Tema: 'Agua para todas las colonias',
  Lugar: 'Casa de la cultura',
  Nombre: 'Fabiola Cruz',
  Correo: 'fabiola@example.org',
};

async function fill(page: Page, texts: Record<string, string>): Promise<void> {
  for (const [label, text] of Object.entries(texts)) await page.getByLabel(label, { exact: true }).fill(text);
}

async function create(person: Person, server: Server): Promise<void> {
  const { page } = person;
  await page.goto(await adminLink(server));
  await fill(page, { ...TEXTS, Día: '2027-02-18', 'Una frase para entrar': PASSPHRASE });
  await page.getByRole('button', { name: 'Crear el ejercicio' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Preparar');
}

/** Goes to a part of the preparation. */
async function part(page: Page, name: string): Promise<void> {
  await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
}

/** Comes in by a personal link; returns the seconds and how many screens it took. */
async function comeIn(person: Person, url: string): Promise<{ seconds: number; screens: number }> {
  const began = Date.now();
  let screens = 0;
  person.page.on('framenavigated', (frame) => { if (frame === person.page.mainFrame() && !frame.url().includes('#')) screens += 1; });
  await person.page.goto(url);
  await person.page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await person.page.waitForURL('**/mesa/*');
  await live(person.page);
  return { seconds: (Date.now() - began) / 1000, screens };
}

test('what is typed in the form comes back, after a remark and after the browser died', async ({ server, people }) => {
  const link = await adminLink(server);
  const fabiola = await people.laptop();
  // An incomplete form comes back as one.
  people.allow(/422/);
  const { page } = fabiola;
  await page.goto(link);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Crea tu ejercicio');
  await fabiola.expectAccessible();
  await fill(page, TEXTS);
  await page.waitForFunction(() => localStorage.getItem('mesa.form.crear')?.includes('fabiola@example.org'));
  // The window is gone; another one opens the link again.
  await page.close();
  fabiola.page = await fabiola.context.newPage();
  const again = fabiola.page;
  await again.goto(link);
  await expect(again.getByText('Recuperamos lo que habías escrito')).toBeVisible();
  for (const [label, text] of Object.entries(TEXTS)) await expect(again.getByLabel(label, { exact: true })).toHaveValue(text);
  // The day is forgotten and the passphrase weak: nothing that was typed is lost.
  await again.getByLabel('Una frase para entrar').fill('contraseña12');
  expect(await again.evaluate(() => JSON.stringify(localStorage))).not.toContain('contraseña12');
  await again.getByRole('button', { name: 'Crear el ejercicio' }).click();
  await expect(again.getByRole('alert')).toContainText('Nada de lo que escribiste se perdió');
  await expect(again.getByText('Falta: Día.')).toBeVisible();
  for (const [label, text] of Object.entries(TEXTS)) await expect(again.getByLabel(label, { exact: true })).toHaveValue(text);
  await fabiola.expectAccessible();
  await fill(again, { Día: '2027-02-18', 'Una frase para entrar': PASSPHRASE });
  await again.getByRole('button', { name: 'Crear el ejercicio' }).click();
  await expect(again.getByRole('heading', { level: 1 })).toHaveText('Preparar');
  await fabiola.expectAccessible();
  expect(await again.evaluate(() => localStorage.getItem('mesa.form.crear'))).toBeNull();
  // The link was for one exercise.
  await again.goto(link);
  await expect(again.getByRole('heading', { level: 1 })).toHaveText('Este enlace ya se usó');
});

test('two mesas, twenty pasted seats, twenty phones, a laptop that dies, the public page off', async ({ server, people }) => {
  test.setTimeout(240_000);
  const fabiola = await people.laptop();
  people.allow(/403|422/);
  await create(fabiola, server);
  const { page } = fabiola;
  const prepare = page.url();
  // A second mesa.
  await part(page, 'Mesas');
  await page.getByRole('link', { name: 'Agregar otra mesa' }).click();
  await fill(page, { Tema: 'Cuidados', Lugar: 'Biblioteca', Día: '2027-02-19' });
  await fabiola.expectAccessible();
  await page.getByRole('button', { name: 'Guardar' }).last().click();
  await expect(page.getByRole('status')).toHaveText('Guardado.');
  // Ten organisations with titular and suplente.
  await part(page, 'Actores y lugares');
  await page.getByRole('link', { name: 'Pegar de una hoja de cálculo' }).click();
  const rows = Array.from({ length: 10 }, (_, index) => `Organización ${index + 1}\tacademia\tTitular ${index + 1} Pérez\tt${index + 1}@example.org\tSuplente ${index + 1} Ruiz\ts${index + 1}@example.org`);
  const list = ['Organización\tSector\tTitular\tCorreo titular\tSuplente\tCorreo suplente', ...rows].join('\n');
  await page.getByLabel('Copia tus celdas y pégalas aquí').fill(list);
  await page.getByRole('button', { name: 'Ver qué se agregaría' }).click();
  await expect(page.getByRole('heading', { level: 2 }).first()).toHaveText('10 filas: 20 listas');
  await fabiola.expectAccessible();
  await page.getByRole('button', { name: 'Agregar 20 lugares' }).click();
  await expect(page.getByRole('status')).toContainText('20 lugares agregados');
  await part(page, 'Actores y lugares');
  await fabiola.expectAccessible();
  await page.getByRole('link', { name: 'Imprimir tarjetas' }).click();
  await page.getByRole('button', { name: 'Hacer las tarjetas' }).click();
  const cards = page.locator('.seat-card');
  await expect(cards).toHaveCount(20);
  await fabiola.expectAccessible();
  const links = (await page.locator('.seat-url').allTextContents()).map((text) => text.trim());
  // Twenty phones, four at a time: each comes in by its own name.
  const phones: Person[] = [];
  const took: { seconds: number; screens: number }[] = [];
  for (let from = 0; from < links.length; from += 4) {
    const some = await Promise.all(links.slice(from, from + 4).map(() => people.phone()));
    took.push(...(await Promise.all(some.map((phone, index) => comeIn(phone, links[from + index]!)))));
    phones.push(...some);
  }
  const seconds = took.map((one) => one.seconds).sort((one, other) => one - other);
  console.log(`20 phones came in: median ${seconds[10]!.toFixed(1)} s, slowest ${seconds[19]!.toFixed(1)} s, at most ${Math.max(...took.map((one) => one.screens))} screens`);
  expect(Math.max(...took.map((one) => one.screens))).toBeLessThanOrEqual(3);
  // All come back as themselves after their browser was closed: by the address, without the link.
  for (const phone of phones) {
    const address = phone.page.url();
    await phone.page.close();
    phone.page = await phone.context.newPage();
    await phone.page.goto(address);
    await expect(phone.page.getByRole('navigation')).toBeVisible();
  }
  await page.goto(`${prepare}/actores`);
  await expect(page.getByText(/^Entró/)).toHaveCount(20);
  // The laptop leads, and dies: from another one the same person goes on, by mail and passphrase.
  await page.goto(prepare);
  await page.getByRole('link', { name: 'Conducir' }).first().click();
  await page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await page.waitForURL('**/conducir');
  await live(page);
  await page.close();
  const began = Date.now();
  const other = await people.laptop();
  await other.page.goto('/');
  await other.page.getByRole('link', { name: 'Entrar a preparar o conducir' }).click();
  await other.page.getByLabel('Correo').fill('fabiola@example.org');
  await other.page.getByLabel('Una frase para entrar').fill(PASSPHRASE);
  await other.page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await other.page.getByRole('link', { name: 'Conducir' }).first().click();
  await live(other.page);
  await expect(other.page.getByText('Titular 1 Pérez').first()).toBeAttached();
  const handed = (Date.now() - began) / 1000;
  console.log(`handed over in ${handed.toFixed(1)} s`);
  expect(handed).toBeLessThan(30);
  // Followers: on, then off within five seconds.
  const follower = await people.phone();
  // They are refused when they come back.
  follower.allow(/403|WebSocket/);
  let open = 0;
  follower.page.on('websocket', (socket) => { open += 1; socket.on('close', () => { open -= 1; }); });
  await follower.visit(prepare.replace(/\/ejercicio\/([^/]+)\/preparar/, '/publica/$1'));
  await expect.poll(() => open).toBe(1);
  await other.page.goto(prepare);
  await other.page.getByRole('button', { name: 'Apagar' }).click();
  await expect.poll(() => open, { timeout: 5_000 }).toBe(0);
  await follower.page.reload();
  await expect(follower.page.getByRole('heading', { level: 1 })).toHaveText('La página pública está apagada');
});

test('the form fits a 320 px phone and works without a script', async ({ server, people }) => {
  const link = await adminLink(server);
  const phone = await people.phone({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
  people.allow(/422/);
  // The form itself: its link is opened by a script.
  await phone.page.goto(link.replace('#', '/'));
  for (const one of await phone.page.locator('input:visible, select:visible, button:visible').all()) {
    const box = await one.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 320, await one.evaluate((element) => element.outerHTML)).toBe(true);
  }
  await phone.page.getByRole('button', { name: 'Crear el ejercicio' }).tap();
  await expect(phone.page.getByText('Falta: Municipio.')).toBeVisible();
});

test('the facilitation of the sample prepares it, too, and two taps end it', async ({ server, people }) => {
  const fabiola = await people.laptop();
  await enter(fabiola, server.demo.facilitator_url, 'Fabiola Cruz');
  const { page } = fabiola;
  await go(page, 'Conducir');
  await page.getByRole('link', { name: 'Preparar' }).click();
  await expect(page.getByText('Este es el ejercicio de muestra')).toBeVisible();
  await part(page, 'Archivo');
  await page.getByRole('button', { name: 'Borrar la muestra' }).click();
  await expect(page.getByRole('alert')).toContainText('No se puede deshacer');
  await page.getByRole('button', { name: 'Sí, borrar la muestra' }).click();
  await expect(page.getByText('Todavía no hay mesas')).toBeVisible();
});
