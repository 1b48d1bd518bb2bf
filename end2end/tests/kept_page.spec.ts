// In a secure context (here: the machine itself), a page opens without a network.
import { enter, expectState, field, go, leaveEditor, openItem, write } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, live, networkComplaints, test } from '../support/test.ts';

const keptPages = () => caches.open('pages').then((pages) => pages.keys()).then((keys) => keys.map((key) => new URL(key.url).pathname));

test.use({ throughProxy: true });

test('without a network a page is loaded again, where one was, with what was written, and goes on', async ({ server, people }) => {
  const [ana, beto] = await Promise.all([people.phone(), people.phone()]);
  const secure = (url: string) => url.replace('mesa.test', 'localhost');
  await enter(ana, secure(server.demo.seats[0].url), 'Ana');
  await enter(beto, server.demo.seats[1].url, 'Beto');
  // A plain address of the local network isn't one, and nothing is tried.
  expect(await beto.page.evaluate(() => 'serviceWorker' in navigator)).toBe(false);
  const mesa = `/ejercicio/${server.demo.mesa_id}`;
  await expect.poll(() => ana.page.evaluate(keptPages)).toEqual([mesa]);
  for (const person of [ana, beto]) {
    await go(person.page, 'Compromisos');
    await openItem(person.page, /Mapa abierto de cuidados/);
  }
  // The cached page isn't the state that she writes on.
  await write(beto.page, 'Objetivo', ' Lo escribió Beto.');
  await expect(field(ana.page, 'Objetivo')).toContainText('Lo escribió Beto.');
  people.allow(networkComplaints);
  await server.proxy.cut();
  await write(ana.page, 'Descripción', 'Escrito sin conexión. ');
  await expectState(ana.page, 'Descripción', 'en este teléfono');
  const address = ana.page.url();

  await ana.page.reload();
  await live(ana.page);
  expect(ana.page.url()).toBe(address);
  // It is shown in its field, marked: the page can't know yet where in the text it belongs by now.
  await expectState(ana.page, 'Descripción', 'en este teléfono');
  const apart = field(ana.page, 'Descripción').locator('.field-apart');
  await expect(apart).toContainText('Lo que escribiste sin conexión se pondrá aquí en su lugar al conectar:');
  await expect(apart.getByRole('listitem')).toHaveText(['Escrito sin conexión. ']);
  await expect(field(ana.page, 'Descripción').locator('.field-value')).not.toContainText('Escrito sin conexión.');
  await ana.expectAccessible();
  await expect(ana.page.getByText('Sin conexión. Puedes seguir escribiendo')).toBeVisible();
  // It stays beside the text while typing continues, and isn't part of what is edited.
  const area = await write(ana.page, 'Descripción', ' Después.');
  await expect(apart).toBeVisible();
  await expect(area).toHaveValue(/ Después\.$/);
  await expect(area).not.toHaveValue(/Escrito sin conexión/);
  await leaveEditor(ana.page);
  await write(ana.page, 'Nombre del compromiso', ', otra vez');
  await expectState(ana.page, 'Nombre del compromiso', 'en este teléfono');
  await leaveEditor(ana.page);
  await go(ana.page, 'Textos');
  await expect(ana.page.getByRole('main')).toContainText('Escrito sin conexión.');
  await expect(ana.page.getByRole('main')).toContainText(', otra vez');
  // Closed and opened again, at another screen.
  await ana.page.close();
  const tab = await ana.context.newPage();
  await tab.goto(`${new URL(address).origin}${mesa}/compromisos`);
  await live(tab);
  await expect(tab.getByRole('heading', { level: 1 })).toHaveText(/compromisos/i);
  await expect(tab.getByRole('link', { name: /Mapa abierto de cuidados/ })).toBeVisible();

  await server.proxy.pass();
  await expect(field(beto.page, 'Descripción')).toContainText('Escrito sin conexión.', within(5_000));
  await openItem(tab, /Mapa abierto de cuidados/);
  await expect(tab.locator('.field-apart')).toHaveCount(0);
  for (const page of [tab, beto.page]) {
    const text = await field(page, 'Descripción').locator('.field-value').textContent();
    for (const written of ['Escrito sin conexión.', ' Después.']) expect(text?.split(written), `${written} in ${text}`).toHaveLength(2);
  }
  await expect(field(beto.page, 'Nombre del compromiso')).toContainText('Mapa abierto de cuidados, otra vez');

  // Leaving the device to others removes its pages.
  await go(tab, 'Ahora');
  await tab.getByRole('button', { name: 'No soy yo: salir en este dispositivo' }).click();
  await tab.getByRole('button', { name: 'Salir y borrar lo de aquí' }).click();
  await tab.waitForURL((url) => !url.pathname.startsWith('/ejercicio/'));
  await expect.poll(() => tab.evaluate(keptPages)).toEqual([]);
});

test('what was written on what the kept page shows stands in its place at once', async ({ server, people }) => {
  const ana = await people.phone();
  await enter(ana, server.demo.seats[0].url.replace('mesa.test', 'localhost'), 'Ana');
  await expect.poll(() => ana.page.evaluate(keptPages)).toHaveLength(1);
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Mapa abierto de cuidados/);
  // Loaded once more: the cached page is the mesa's present state.
  const keptNow = () => caches.open('pages').then((pages) => pages.keys().then((keys) => pages.match(keys[0]))).then((kept) => kept?.text());
  const old = await ana.page.evaluate(keptNow);
  await ana.page.reload();
  await live(ana.page);
  await expect.poll(() => ana.page.evaluate(keptNow)).not.toBe(old);
  await expectState(ana.page, 'Descripción', 'guardado');
  ana.allow(networkComplaints);
  await server.proxy.cut();
  await write(ana.page, 'Descripción', ' Escrito sin conexión.');
  await leaveEditor(ana.page);
  await go(ana.page, 'Compromisos');
  await ana.page.getByRole('button', { name: 'Agregar compromiso' }).click();
  await write(ana.page, 'Nombre del compromiso', 'Uno que nadie más conoce');
  await leaveEditor(ana.page);
  const added = ana.page.url();
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Mapa abierto de cuidados/);
  await ana.page.reload();
  await live(ana.page);
  await expect(field(ana.page, 'Descripción').locator('.field-value')).toHaveText(/ Escrito sin conexión\.$/);
  await expectState(ana.page, 'Descripción', 'en este teléfono');
  await expect(ana.page.locator('.field-apart')).toHaveCount(0);
  await ana.page.goto(added);
  await live(ana.page);
  await expect(field(ana.page, 'Nombre del compromiso').locator('.field-value')).toHaveText('Uno que nadie más conoce');
  await expect(ana.page.locator('.field-apart')).toHaveCount(0);
  await server.proxy.pass();
  await expectState(ana.page, 'Nombre del compromiso', 'guardado');
  const follower = await people.phone();
  await follower.visit(server.demo.public_url);
  await expect(follower.page.getByRole('heading', { name: /Uno que nadie más conoce/ })).toHaveCount(1);
  await expect(follower.page.getByText(/Escrito sin conexión\./)).toHaveCount(1);
});

test('an address that someone wrote is no file, and a page that only the server draws stays the server’s', async ({ server, people }) => {
  const ana = await people.phone();
  await enter(ana, server.demo.seats[0].url.replace('mesa.test', 'localhost'), 'Ana');
  await expect.poll(() => ana.page.evaluate(keptPages)).toHaveLength(1);
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Mapa abierto de cuidados/);
  await write(ana.page, 'Nombre del compromiso', ' /pkg/nada.0123456789ab.js /fonts/x.woff2');
  await expectState(ana.page, 'Nombre del compromiso', 'guardado');
  // The file doesn't exist, and the browser logs that.
  people.allow(/404/);
  const keptAt = () => caches.open('pages').then((pages) => pages.keys().then((keys) => pages.match(keys[0]))).then((kept) => kept?.text());
  await ana.page.reload();
  await expect.poll(() => ana.page.evaluate(keptAt)).toContain('nada.0123456789ab');
  people.allow(networkComplaints);
  await server.proxy.cut();
  await ana.page.reload();
  await live(ana.page);
  await expect(field(ana.page, 'Nombre del compromiso')).toContainText('nada.0123456789ab');
  await ana.page.goto(`http://localhost:${new URL(ana.page.url()).port}/ejercicio/${server.demo.mesa_id}/asistencia`).catch(() => {});
  await expect(ana.page.getByText('Mapa abierto')).toHaveCount(0);
});

test('the public page of an exercise opens without a network, where one was', async ({ server, people }) => {
  const follower = await people.phone();
  await follower.visit(server.demo.public_url.replace('mesa.test', 'localhost'));
  await expect.poll(() => follower.page.evaluate(keptPages)).toHaveLength(1);
  people.allow(networkComplaints);
  await server.proxy.cut();
  await follower.page.reload();
  await live(follower.page);
  await expect(follower.page.getByRole('main')).toContainText('Sigue tu uniforme');
});

test('a network that doesn’t answer isn’t waited for', async ({ server, people }) => {
  const ana = await people.phone();
  await enter(ana, server.demo.seats[0].url.replace('mesa.test', 'localhost'), 'Ana');
  await expect.poll(() => ana.page.evaluate(keptPages)).toHaveLength(1);
  people.allow(networkComplaints);
  await server.proxy.stall();
  const before = Date.now();
  await ana.page.reload({ waitUntil: 'commit' });
  await live(ana.page);
  expect(Date.now() - before).toBeLessThan(within(8_000).timeout);
  await server.proxy.pass();
});
