import { enter, go, leaveEditor, openField, openItem } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, networkComplaints, test } from '../support/test.ts';

test('the projector follows what the facilitator points at within a second, and has nothing to press', async ({ server, people }) => {
  const [facilitator, projector] = await Promise.all([people.laptop(), people.projector()]);
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await projector.visit(server.demo.projector_url);
  const main = projector.page.getByRole('main');
  await expect(main).toContainText('Sigue tu uniforme');
  await expect(main).toContainText('Secundarias en paz');
  await expect(projector.page.getByText(server.demo.join_code.replace(/^.../, '$&-'))).toBeVisible();
  expect(await projector.page.locator('button, input, select, textarea').count()).toBe(0);

  const soon = within(1_000);
  await facilitator.page.getByRole('button', { name: 'Proyectar: Agua limpia a la vista' }).click();
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(/Agua limpia a la vista/, soon);
  await expect(main).toContainText('Protocolo de aviso fuera de norma');
  await expect(main).not.toContainText('Sigue tu uniforme');
  await facilitator.page.getByRole('button', { name: /^Siguiente/ }).click();
  await expect(main.getByRole('heading', { level: 1 })).toHaveText(/Mapa abierto de cuidados/, soon);
  await facilitator.page.getByRole('button', { name: 'Dejar la pantalla en blanco' }).click();
  await expect(main).not.toContainText('Mapa abierto de cuidados', soon);
});

test.describe('the projector through an outage', () => {
  test.use({ throughProxy: true });

  test('keeps the last state while it is cut off and catches up alone', async ({ server, people }) => {
    test.setTimeout(120_000);
    const projector = await people.projector();
    const ana = await people.phone();
    await projector.visit(server.demo.projector_url);
    people.allow(networkComplaints);
    await server.proxy.cut();
    await expect(projector.page.getByRole('main')).toContainText('Sigue tu uniforme');
    await projector.page.waitForTimeout(process.env.MESA_SOAK ? 30_000 : 5_000);
    await expect(projector.page.getByRole('main')).toContainText('Sigue tu uniforme');
    await server.proxy.pass();
    await enter(ana, server.demo.facilitator_url, 'Fabiola');
    await ana.page.getByRole('button', { name: 'Proyectar: Barrancas sin basura' }).click();
    await expect(projector.page.getByRole('heading', { level: 1 })).toHaveText(/Barrancas sin basura/, within(5_000));
  });
});

test('the public page reads without JavaScript', async ({ server, people }) => {
  const follower = await people.phone({ javaScriptEnabled: false });
  await follower.read(server.demo.public_url);
  const main = follower.page.getByRole('main');
  for (const text of ['Sigue tu uniforme', 'Mapa de entregas por escuela', '31/03/2027', 'Hornos ladrilleros', 'Comisión Estatal del Agua']) {
    await expect(main).toContainText(text);
  }
});

test('the facilitator closes the door, changes the phase, and phones follow', async ({ server, people }) => {
  const [facilitator, ana, late] = await Promise.all([people.laptop(), people.phone(), people.phone()]);
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await facilitator.page.getByRole('button', { name: 'Cerrar la puerta' }).click();
  await expect(facilitator.page.getByText('Está cerrada')).toBeVisible();
  await late.visit(server.demo.join_url);
  await expect(late.page.getByText('La puerta está cerrada por ahora')).toBeVisible();
  // Who comes late waits, and comes in by one tap.
  await late.page.getByLabel('Tu nombre').fill('Dora');
  await late.page.getByRole('button', { name: 'Entrar' }).click();
  await expect(late.page.getByText('Ya avisamos que esperas')).toBeVisible();
  await late.expectAccessible();
  await facilitator.page.getByRole('link', { name: 'Quién espera' }).click();
  await expect(facilitator.page.getByText('Dora')).toBeVisible();
  await facilitator.expectAccessible();
  await facilitator.page.getByRole('button', { name: 'Admitir' }).click();
  await late.page.waitForURL('**/mesa/1', { timeout: 15_000 });
  await facilitator.page.getByRole('link', { name: 'Volver a conducir' }).click();
  await facilitator.page.locator('html[data-live]').waitFor({ state: 'attached' });

  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Sigue tu uniforme/);
  await expect(ana.page.getByRole('button', { name: 'Editar: Nombre del compromiso' })).toBeVisible();
  await facilitator.page.getByRole('button', { name: /Lectura/ }).click();
  await facilitator.page.getByRole('button', { name: 'Sí, pasar a esta fase' }).click();
  await expect(ana.page.getByRole('button', { name: 'Editar: Nombre del compromiso' })).toHaveCount(0);
  await expect(ana.page.getByRole('banner')).toContainText('Lectura');
});

test('every screen is accessible', async ({ server, people }) => {
  test.setTimeout(120_000);
  const [facilitator, ana, projector, visitor] = await Promise.all([people.laptop(), people.phone(), people.projector(), people.phone()]);
  await visitor.visit(server.url);
  await visitor.expectAccessible();
  await visitor.visit(server.demo.join_url);
  await visitor.expectAccessible();
  await visitor.visit(server.demo.public_url);
  await visitor.expectAccessible();
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await facilitator.expectAccessible();
  await projector.visit(server.demo.projector_url);
  await projector.expectAccessible();
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await ana.expectAccessible();
  await go(ana.page, 'Problemas');
  await ana.expectAccessible();
  await openItem(ana.page, /tiraderos a cielo abierto/);
  await ana.expectAccessible();
  await ana.page.getByRole('button', { name: /^Editar/ }).first().click();
  await ana.expectAccessible();
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Sigue tu uniforme/);
  await ana.expectAccessible();
  await openItem(ana.page, /Inventario de contratos/);
  await ana.expectAccessible();
  await go(ana.page, 'Textos');
  await ana.expectAccessible();
});

test('nothing is wider than a 320 px phone', async ({ server, people }) => {
  const phone = await people.phone({ viewport: { width: 320, height: 640 } });
  await enter(phone, server.demo.seats[0].url, 'Ana');
  const fits = async () => {
    const width = await phone.page.evaluate(() => document.documentElement.scrollWidth);
    expect(width, phone.page.url()).toBeLessThanOrEqual(320);
  };
  await fits();
  for (const section of ['Problemas', 'Compromisos', 'Textos'] as const) {
    await go(phone.page, section);
    await fits();
  }
  await go(phone.page, 'Compromisos');
  await openItem(phone.page, /Agua limpia a la vista/);
  await fits();
  await phone.visit(server.demo.public_url);
  await fits();
});

// A laptop at 200 %, and a phone with letters twice as large.
for (const [what, settings, letters] of [
  ['a laptop at 200 %', { viewport: { width: 640, height: 400 }, deviceScaleFactor: 2 }, 16],
  ['a phone with letters of 200 %', { viewport: { width: 390, height: 844 } }, 32],
] as const) {
  test(`everything can be read and reached on ${what}`, async ({ server, people }) => {
    test.setTimeout(120_000);
    const [facilitator, ana] = await Promise.all([people.phone(settings), people.phone(settings)]);
    for (const { context, page } of [facilitator, ana]) {
      // As the browser's own setting does: lengths in rem and em grow, media queries of the style sheet too.
      const protocol = await context.newCDPSession(page);
      await protocol.send('Page.setFontSizes', { fontSizes: { standard: letters, fixed: letters } });
    }
    const check = async (page: typeof ana.page) => {
      const { wide, cut } = await page.evaluate(() => {
        const width = document.documentElement.clientWidth;
        const cut = [...document.querySelectorAll('main a, main button, nav a, h1, h2, label, input, select, textarea')]
          .filter((element) => {
            const box = element.getBoundingClientRect();
            const out = box.right > width + 1 || box.left < -1;
            return box.width > 1 && box.height > 1 && out && !element.closest('.visually-hidden, .skip, table');
          })
          .map((element) => element.outerHTML.slice(0, 120));
        return { wide: document.documentElement.scrollWidth - width, cut };
      });
      expect(cut, page.url()).toEqual([]);
      expect(wide, page.url()).toBeLessThanOrEqual(0);
    };
    await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
    await enter(ana, server.demo.seats[4].url, 'Gloria');
    for (const person of [facilitator, ana]) await check(person.page);
    for (const section of ['Problemas', 'Compromisos', 'Mi voz', 'Textos', 'Ahora'] as const) {
      await go(ana.page, section);
      await check(ana.page);
    }
    await go(ana.page, 'Compromisos');
    await openItem(ana.page, /Sigue tu uniforme/);
    await check(ana.page);
    const editor = await openField(ana.page, 'Objetivo');
    await editor.press('Control+End');
    await editor.pressSequentially(' más');
    await check(ana.page);
    await expect(ana.page.getByRole('button', { name: 'Listo' }).first()).toBeInViewport();
    await leaveEditor(ana.page);
    await openItem(ana.page, /Inventario de contratos/);
    await check(ana.page);
    await ana.page.goto(server.demo.public_url);
    await check(ana.page);
    await ana.page.goto(server.demo.join_url);
    await check(ana.page);
  });
}

test.describe('the projector in a room far from the zone of its machine', () => {
  test.use({ timezoneId: 'Asia/Tokyo' });

  test('has the clock of the exercise', async ({ server, people }) => {
    const projector = await people.projector();
    await projector.visit(server.demo.projector_url);
    const shown = (await projector.page.locator('.projector-clock').textContent()) ?? '';
    const said = (at: Date) => at.toLocaleTimeString('es-MX', { timeZone: 'America/Mexico_City', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    const now = Date.now();
    expect([said(new Date(now)), said(new Date(now - 60_000))]).toContain(shown.trim());
  });
});

test('a problem’s long facts are shown whole, part by part', async ({ server, people }) => {
  test.setTimeout(90_000);
  const [facilitator, projector] = await Promise.all([people.laptop(), people.projector()]);
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await go(facilitator.page, 'Problemas');
  await openItem(facilitator.page, /tiraderos a cielo abierto/);
  const words = Array.from({ length: 160 }, (_, index) => `familia${index + 1}`);
  for (const label of ['A quién afecta', 'Dónde']) {
    const control = await openField(facilitator.page, label);
    await control.fill(words.join(' '));
    await control.blur();
  }
  await go(facilitator.page, 'Conducir');
  await projector.page.clock.install();
  await projector.visit(server.demo.projector_url);
  await facilitator.page.getByRole('button', { name: /^Proyectar: .*tiraderos a cielo abierto/ }).click();
  const main = projector.page.getByRole('main');
  await expect(main.getByRole('heading', { level: 1 })).toContainText('tiraderos');
  const read = new Map<string, number>();
  const parts = Number(/de (\d+)/.exec((await main.locator('.projector-part').textContent()) ?? '')?.[1] ?? 1);
  expect(parts).toBeGreaterThan(2);
  for (let part = 0; part < parts; part += 1) {
    for (const fact of await main.locator('.projector-facts dd').all()) {
      for (const word of ((await fact.textContent()) ?? '').split(' ')) read.set(word, (read.get(word) ?? 0) + 1);
    }
    // Nothing of a part is below the footer.
    const low = await main.evaluate((element) => element.scrollHeight - element.clientHeight);
    expect(low, `part ${part + 1}`).toBeLessThanOrEqual(1);
    await projector.page.clock.fastForward(12_100);
  }
  for (const word of words) expect(read.get(word), word).toBe(2);
});
