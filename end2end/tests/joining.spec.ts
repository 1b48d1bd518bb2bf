import { enter, go } from '../support/mesa.ts';
import { expect, live, networkComplaints, test } from '../support/test.ts';

test.describe('joining', () => {
  test.use({ stage: 'live' });

  test('the QR leads inside with a name, and the device comes back as the same person', async ({ server, people }) => {
    const phone = await people.phone();
    await enter(phone, server.demo.join_url, 'Celia Ríos', 'Vecinas de El Dorado');
    expect(new URL(phone.page.url()).pathname).toBe(`/ejercicio/${server.demo.mesa_id}`);
    await expect(phone.page.getByText('Celia Ríos')).toBeVisible();

    // The tab is closed, and the QR code scanned again.
    const tab = await phone.context.newPage();
    await phone.page.close();
    await tab.goto(server.demo.join_url);
    await live(tab);
    expect(new URL(tab.url()).pathname).toBe(`/ejercicio/${server.demo.mesa_id}`);

    const facilitator = await people.laptop();
    await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
    await expect(facilitator.page.getByText('Están aquí (2)')).toBeVisible();
    await expect(facilitator.page.getByText('Celia Ríos')).toBeVisible();
    await expect(facilitator.page.getByText('Vecinas de El Dorado')).toBeVisible();
  });

  test('a personal link leads to its seat, and there the person may write', async ({ server, people }) => {
    const phone = await people.phone();
    await phone.visit(server.demo.seats[4].url);
    await expect(phone.page.getByText(server.demo.seats[4].organisation)).toBeVisible();
    await enter(phone, server.demo.seats[4].url, 'Gloria');
    await go(phone.page, 'Compromisos');
    await expect(phone.page.getByRole('button', { name: 'Agregar compromiso' })).toBeEnabled();
  });

  test('the door works without JavaScript, and says in a sentence what is missing', async ({ server, people }) => {
    const phone = await people.phone({ javaScriptEnabled: false });
    await phone.read(server.url);
    await phone.page.getByLabel('Clave').fill('zzz-zzz');
    phone.allow(/status of 4(04|22)/);
    await phone.page.getByRole('button', { name: 'Continuar' }).click();
    await expect(phone.page.getByText('Ninguna mesa tiene esa clave')).toBeVisible();
    await phone.page.getByLabel('Clave').fill(`${server.demo.join_code.slice(0, 3).toLowerCase()}-${server.demo.join_code.slice(3)}`);
    await phone.page.getByRole('button', { name: 'Continuar' }).click();
    await phone.page.getByLabel('Tu nombre').fill('   ');
    await phone.page.getByLabel('Tu organización').fill('Mercado «La Paz» <b>');
    await phone.page.getByRole('button', { name: 'Entrar' }).click();
    await expect(phone.page.getByText('Falta tu nombre')).toBeVisible();
    await expect(phone.page.getByLabel('Tu organización')).toHaveValue('Mercado «La Paz» <b>');
    // Before joining, the door shows what one will be called.
    await phone.page.getByLabel('Tu nombre').fill('Dora Luna Paz');
    await phone.page.getByRole('button', { name: 'Entrar' }).click();
    await expect(phone.page.getByText('En la mesa te verán como «Dora»')).toBeInViewport();
    await expect(phone.page.getByText('toca Entrar otra vez')).toBeInViewport();
    await phone.page.getByRole('button', { name: 'Entrar' }).click();
    await phone.page.waitForURL(`**/ejercicio/${server.demo.mesa_id}`);
    await expect(phone.page.getByRole('heading', { level: 1 })).toBeVisible();
  });

  test('the door says what one will be called while one writes, and one comes in once', async ({ server, people }) => {
    const [ana, celia, facilitator] = [await people.phone(), await people.phone(), await people.laptop()];
    await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
    await enter(ana, server.demo.join_url, 'Ma. de los Ángeles Ruiz', 'Colectivo');

    await celia.visit(server.demo.join_url);
    const line = (name: string) => celia.page.getByRole('status').getByText(`En la mesa te verán como «${name}»`, { exact: true });
    await expect(celia.page.getByText('En la mesa te verán como…')).toBeVisible();
    for (const [name, called] of [
      ['Lic. RODRIGO SÁNCHEZ', 'Rodrigo'],
      ['GARCÍA LÓPEZ, María José', 'María José'],
      ['María de los Ángeles Gómez Paz', 'María de los Ángeles G.'],
    ]) {
      await celia.page.getByLabel('Tu nombre').fill(name);
      await expect(line(called)).toBeVisible();
    }
    // Someone with exactly the same name: only the organisation distinguishes them.
    await celia.page.getByLabel('Tu nombre').fill('María de los Ángeles Ruiz');
    await celia.page.getByLabel('Tu organización').fill('Vecinas <b>de El Dorado');
    await expect(line('María de los Ángeles R. (Vecinas <b>de El Dorado)')).toBeVisible();
    await celia.expectAccessible();

    await celia.page.getByRole('button', { name: 'Entrar' }).dblclick();
    await celia.page.waitForURL('**/mesa/**');
    await expect(facilitator.page.getByText('Están aquí (3)')).toBeVisible();
    await expect(facilitator.page.getByText('Llegaron y no están conectadas (0)')).toBeVisible();
  });

  test('the door lets in where its script gets no answer, after it has said what one will be called', async ({ server, people }) => {
    const phone = await people.phone();
    await phone.page.route(server.demo.join_url, (route) =>
      route.request().resourceType() === 'fetch' ? route.abort() : route.continue(),
    );
    phone.allow(/net::ERR_FAILED/);
    await phone.visit(server.demo.join_url);
    await phone.page.getByLabel('Tu nombre').fill('Dora Luna');
    await phone.page.getByRole('button', { name: 'Entrar' }).click();
    await expect(phone.page.getByText('En la mesa te verán como «Dora»')).toBeInViewport();
    await phone.page.getByRole('button', { name: 'Entrar' }).click();
    await phone.page.waitForURL('**/mesa/**');
  });

  test.describe('where the network goes', () => {
    test.use({ throughProxy: true });

    test('what was typed at the door is still there when the answer never came', async ({ server, people }) => {
      const phone = await people.phone();
      await phone.read(server.demo.join_url);
      await phone.page.getByLabel('Tu nombre').fill('Celia Ríos');
      await phone.page.getByLabel('Tu organización').fill('Vecinas de El Dorado');
      people.allow(networkComplaints);
      await server.proxy.cut();
      await phone.page.getByRole('button', { name: 'Entrar' }).click();
      await expect.poll(() => phone.page.url()).toContain('chrome-error');
      await server.proxy.pass();
      // The code is scanned again: Chromium has no back navigation from there.
      await phone.read(server.demo.join_url);
      await expect(phone.page.getByLabel('Tu nombre')).toHaveValue('Celia Ríos');
      await expect(phone.page.getByLabel('Tu organización')).toHaveValue('Vecinas de El Dorado');
      await phone.page.getByRole('button', { name: 'Entrar' }).click();
      await expect(phone.page.getByText('Celia Ríos')).toBeVisible();
    });
  });
});
