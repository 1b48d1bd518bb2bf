// A page that the browser translates stays live: the same device twice, one of them translating, shows the same at every step.
import { enter, field, go, leaveEditor, openItem, write } from '../support/mesa.ts';
import { expect, live, type Person, test } from '../support/test.ts';
import { type Manner, saidBy, translate } from '../support/translator.ts';

/** Fails unless both show the same within a few seconds, one of them in capitals; `loosely`: whatever is in capitals. */
async function expectTheSame(plain: Person, translated: Person, loosely = false): Promise<void> {
  // Only the one who didn't write it is told that a field changed, and nobody pauses their own writing.
  const own = ['CAMBIÓ: VER', 'PAUSAR SU ESCRITURA'];
  const said = (words: string[]) => (loosely ? words.map(capitals) : words).filter((word) => !own.includes(capitals(word)));
  await expect(async () => {
    expect(said(await saidBy(translated.page, false))).toEqual(said(await saidBy(plain.page, true)));
  }).toPass({ timeout: 10_000, intervals: [100] });
}

const capitals = (words: string) => words.toUpperCase();

test.describe('a phone', () => {
  test.use({ throughProxy: true });

  test('says what others do and how its own texts stand', async ({ server, people }) => {
    const [plain, ana, beto, fabiola] = [await people.phone(), await people.phone(), await people.phone(), await people.laptop()];
    await translate(ana.context);
    await enter(plain, server.demo.seats[0].url, 'Ana');
    await enter(ana, server.demo.seats[0].url, 'Ana');
    // Not through the proxy that is cut.
    const direct = (url: string) => url.replace(server.url, server.directUrl);
    await enter(beto, direct(server.demo.seats[1].url), 'Beto');
    await enter(fabiola, direct(server.demo.facilitator_url), 'Fabiola');
    const both = [plain, ana];
    const together = (act: (person: Person) => Promise<unknown>) => Promise.all(both.map(act));
    const theSame = () => expectTheSame(plain, ana);
    await theSame();
    await expect(ana.page.getByRole('banner')).toContainText('ACUERDOS');

    // Every screen, and a question that opens and closes.
    for (const section of ['Problemas', 'Compromisos', 'Mi voz', 'Textos', 'Ahora'] as const) {
      await together(({ page }) => go(page, section));
      await theSame();
    }
    await together(({ page }) => page.getByRole('button', { name: 'No soy yo' }).click());
    await expect(ana.page.getByRole('group', { name: /Se cierra tu entrada/ })).toBeVisible();
    await theSame();
    await together(({ page }) => page.getByRole('button', { name: 'Quedarme' }).click());
    await theSame();

    // What another writes is shown in its place, and nothing of what was there before.
    for (const { page } of [...both, beto]) {
      await go(page, 'Compromisos');
      await openItem(page, /Mapa abierto de cuidados/);
    }
    await write(beto.page, 'Nombre del compromiso', ', de toda la ciudad');
    const name = field(ana.page, capitals('Nombre del compromiso'));
    await expect(name.locator('.field-value')).toHaveText('Mapa abierto de cuidados, de toda la ciudad', { timeout: 5_000 });
    await leaveEditor(beto.page);
    await theSame();

    // The person's own words appear as typed, and their save state is never stale.
    await server.proxy.delay(700);
    const area = await write(ana.page, capitals('Objetivo'), ' Escrito aquí.');
    await expect(area).toHaveValue(/ Escrito aquí\.$/);
    const state = field(ana.page, capitals('Objetivo')).locator('.field-status');
    await expect(state).toHaveText('GUARDANDO');
    await expect(state).toHaveText('GUARDADO');
    await leaveEditor(ana.page);
    await server.proxy.pass();
    await theSame();
    for (const person of both) person.allow(/net::ERR_|WebSocket connection to '.*' failed/);
    await server.proxy.cut();
    await expect(ana.page.getByText('SIN CONEXIÓN. PUEDES SEGUIR')).toBeVisible();
    await expect(plain.page.getByText('Sin conexión. Puedes seguir')).toBeVisible();
    await theSame();
    await write(ana.page, capitals('Objetivo'), ' Y sin red.');
    await expect(state).toHaveText('EN ESTE TELÉFONO');
    await leaveEditor(ana.page);
    await server.proxy.pass();
    await expect(state).toHaveText('GUARDADO', { timeout: 10_000 });
    await theSame();
    expect(await field(ana.page, capitals('Objetivo')).locator('.field-value').textContent()).toContain('Escrito aquí. Y sin red.');

    // A list to which another adds, in which they move, and from which they delete.
    await together(({ page }) => go(page, 'Compromisos'));
    await go(fabiola.page, 'Compromisos');
    await fabiola.page.getByRole('button', { name: 'Agregar compromiso' }).click();
    await write(fabiola.page, 'Nombre del compromiso', 'Uno que llegó después');
    await expect(ana.page.getByText('Uno que llegó después')).toBeVisible({ timeout: 5_000 });
    await theSame();
    await go(fabiola.page, 'Compromisos');
    await fabiola.page.getByRole('button', { name: 'Cambiar el orden' }).click();
    await fabiola.page.getByRole('button', { name: /Subir.*Uno que llegó después/ }).click();
    await expect(plain.page.getByRole('listitem').filter({ hasText: 'Uno que llegó después' })).toContainText('5.');
    await theSame();
    await openItem(fabiola.page, /Sigue tu uniforme/);
    await fabiola.page.getByRole('button', { name: 'Eliminar este compromiso' }).click();
    await fabiola.page.getByRole('button', { name: 'Sí, eliminar' }).click();
    await expect(plain.page.getByRole('listitem').filter({ hasText: 'Sigue tu uniforme' })).toHaveCount(0);
    await theSame();

    // The phase changes meanwhile.
    await go(fabiola.page, 'Conducir');
    await fabiola.page.locator('.phase').filter({ hasText: 'Análisis' }).click();
    await fabiola.page.getByRole('button', { name: 'Sí, pasar' }).click();
    await expect(ana.page.getByRole('banner')).toContainText('ANÁLISIS', { timeout: 5_000 });
    await expect(ana.page.getByRole('banner')).not.toContainText('ACUERDOS');
    await theSame();
    await together(({ page }) => go(page, 'Ahora'));
    await theSame();
    await expect(ana.page.locator('html')).toHaveAttribute('lang', 'es-MX');
  });
});

test('the desk says who is here, what is projected and what is missing', async ({ server, people }) => {
  const [plain, fabiola, ana] = [await people.laptop(), await people.laptop(), await people.phone()];
  await translate(fabiola.context);
  for (const person of [plain, fabiola]) {
    await enter(person, server.demo.facilitator_url, 'Fabiola');
    await go(person.page, 'Conducir');
  }
  await expectTheSame(plain, fabiola);
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await expect(fabiola.page.locator('.people').getByText('Ana', { exact: true })).toBeVisible({ timeout: 5_000 });
  await expectTheSame(plain, fabiola);
  for (const name of ['Cerrar la puerta', 'Abrir la puerta', /^Siguiente/i, 'Dejar la pantalla en blanco']) {
    await fabiola.page.getByRole('button', { name }).first().click();
    await expectTheSame(plain, fabiola);
  }
  // What is prepared while the projection is paused is only on that device.
  for (const person of [plain, fabiola]) {
    await person.page.getByRole('button', { name: 'Pausar proyección' }).click();
    await person.page.getByRole('button', { name: /^Siguiente/i }).first().click();
  }
  await expectTheSame(plain, fabiola);
  await Promise.all([plain, fabiola].map(({ page }) => page.reload().then(() => live(page))));
  await expectTheSame(plain, fabiola);
  // A question made of several dynamic parts, on both, and its answer.
  for (const person of [plain, fabiola]) {
    await person.page.locator('.phase').filter({ hasText: /Lectura/i }).click();
  }
  await expect(fabiola.page.getByRole('group', { name: '¿Pasar a Lectura?' })).toBeVisible();
  await expectTheSame(plain, fabiola);
  await plain.page.getByRole('button', { name: 'No, seguir' }).click();
  await fabiola.page.getByRole('button', { name: 'Sí, pasar' }).click();
  await expect(fabiola.page.getByRole('banner')).toContainText('LECTURA');
  // Only who made the change can undo it for a while; afterwards both show the same.
  await expect(fabiola.page.getByRole('button', { name: 'Deshacer' })).toHaveCount(0, { timeout: 15_000 });
  await expectTheSame(plain, fabiola);
});

test('the projector shows what is pointed at, as it is', async ({ server, people }) => {
  const [plain, translated, fabiola] = [await people.projector(), await people.projector(), await people.laptop()];
  await translate(translated.context);
  for (const person of [plain, translated]) await person.visit(server.demo.projector_url);
  await expectTheSame(plain, translated);
  await enter(fabiola, server.demo.facilitator_url, 'Fabiola');
  const heading = translated.page.getByRole('heading', { level: 1 });
  await fabiola.page.getByRole('button', { name: 'Proyectar: Agua limpia a la vista' }).click();
  await expect(heading).toHaveText('Agua limpia a la vista', { timeout: 5_000 });
  await expectTheSame(plain, translated);
  await fabiola.page.getByRole('button', { name: /^Siguiente/ }).click();
  await expect(heading).toHaveText('Mapa abierto de cuidados', { timeout: 5_000 });
  await expectTheSame(plain, translated);
  await go(fabiola.page, 'Compromisos');
  await openItem(fabiola.page, /Mapa abierto de cuidados/);
  await write(fabiola.page, 'Nombre del compromiso', ', barrio por barrio');
  await expect(heading).toHaveText('Mapa abierto de cuidados, barrio por barrio', { timeout: 5_000 });
  await expectTheSame(plain, translated);
  await go(fabiola.page, 'Conducir');
  await fabiola.page.getByRole('button', { name: 'Proyectar el acuerdo completo' }).click();
  await expectTheSame(plain, translated);
  await fabiola.page.locator('.phase').filter({ hasText: 'Lectura' }).click();
  await fabiola.page.getByRole('button', { name: 'Sí, pasar' }).click();
  await expect(translated.page.locator('.projector-phase')).toContainText('LECTURA', { timeout: 5_000 });
  await expectTheSame(plain, translated);
});

for (const manner of ['replaced', 'before', 'after', 'wrapped'] as Manner[]) {
  // In the soak also where the browser leaves alone what is marked as not to be translated.
  for (const everything of process.env.MESA_SOAK ? [false, true] : [true]) {
    test(`a text that is ${manner}${everything ? ', everywhere' : ''}, makes room for what the mesa says`, async ({ server, people }) => {
      const [plain, follower, fabiola] = [await people.phone(), await people.phone(), await people.laptop()];
      await translate(follower.context, { manner, everything });
      // What was moved unchanged into the browser's elements stays there, and is updated in place.
      const theSame = () => expectTheSame(plain, follower, manner === 'wrapped');
      await enter(fabiola, server.demo.facilitator_url, 'Fabiola');
      await go(fabiola.page, 'Compromisos');
      for (const person of [plain, follower]) await person.visit(server.demo.public_url);
      await theSame();
      await openItem(fabiola.page, /Mapa abierto de cuidados/);
      await write(fabiola.page, 'Nombre del compromiso', ', a la vista');
      await expect(follower.page.getByRole('heading', { name: 'Mapa abierto de cuidados, a la vista' })).toBeVisible({ timeout: 5_000 });
      await theSame();
      await field(fabiola.page, 'Categoría').locator('button.field-open').click();
      await field(fabiola.page, 'Categoría').locator('select').selectOption({ index: 0 });
      await field(fabiola.page, 'Categoría').getByRole('button', { name: 'Listo' }).click();
      await fabiola.page.getByRole('button', { name: 'Eliminar este compromiso' }).click();
      await fabiola.page.getByRole('button', { name: 'Sí, eliminar' }).click();
      await expect(follower.page.getByText('a la vista', { exact: false }).filter({ hasText: 'cuidados' })).toHaveCount(0);
      await theSame();
    });
  }
}
