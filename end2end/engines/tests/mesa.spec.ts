// A mesa's session in short.
import { caret, control, enter, expectState, go, kept, openField, openItem, reading, setCaret, state, write } from '../support/mesa.ts';
import type { Screen } from '../support/screen.ts';
import { expect, test } from '../support/test.ts';

test.use({ throughProxy: true });

const item = 'Sigue tu uniforme';

/** Joins and opens the commitment to write in. */
async function sit(screen: Screen, url: string, name: string): Promise<void> {
  await enter(screen, url, name);
  await go(screen, 'Compromisos');
  await openItem(screen, item);
}

test('people come in, and what one writes key by key and in a line the other reads', async ({ server, devices }) => {
  const [ana, beto] = await Promise.all([devices.screen(), devices.screen()]);
  await Promise.all([sit(ana, server.demo.seats[0].url, 'Ana Muñoz'), sit(beto, server.demo.seats[1].url, 'Beto')]);
  // As in a venue: nothing may depend on a secure context.
  expect(await ana.ask(() => isSecureContext)).toBe(false);
  await openField(ana, 'Objetivo');
  await write(ana, ' Hasta el último peso: ñandú, «¿cuánto?» 👩🏽‍👧');
  await expectState(ana, 'Objetivo', 'guardado');
  await beto.expectWords(reading('Objetivo'), ' Hasta el último peso: ñandú, «¿cuánto?» 👩🏽‍👧');
  // A line is taken after a pause, and on Enter.
  await openItem(ana, 'Inventario de contratos');
  await openItem(beto, 'Inventario de contratos');
  await openField(ana, 'Puesto responsable');
  await ana.tab.press('Control', 'a');
  await write(ana, 'Oficialía Mayor');
  await expectState(ana, 'Puesto responsable', 'guardado');
  await beto.expectWords(reading('Puesto responsable'), 'Oficialía Mayor');
  await ana.tab.reload();
  await ana.live();
  await ana.expectWords(reading('Puesto responsable'), 'Oficialía Mayor');
});

test('two write in one text at once: both runs stand, and the carets with them', async ({ server, devices }) => {
  const [ana, beto] = await Promise.all([devices.screen(), devices.screen()]);
  await Promise.all([sit(ana, server.demo.seats[0].url, 'Ana'), sit(beto, server.demo.seats[1].url, 'Beto')]);
  await Promise.all([openField(ana, 'Objetivo'), openField(beto, 'Objetivo')]);
  const before = (await ana.value(control('Objetivo'))) ?? '';
  const middle = before.indexOf('programa') + 4;
  await setCaret(ana, middle);
  await setCaret(beto, 0);
  await Promise.all([write(ana, 'en medio de una palabra', 40), write(beto, 'Al principio, sin parar. ', 40)]);
  const expected = `Al principio, sin parar. ${before.slice(0, middle)}en medio de una palabra${before.slice(middle)}`;
  for (const screen of [ana, beto]) {
    await screen.expectValue(control('Objetivo'), expected);
    await expectState(screen, 'Objetivo', 'guardado');
  }
  expect(await caret(ana)).toBe(expected.indexOf('palabra') + 'palabra'.length);
  expect(await caret(beto)).toBe('Al principio, sin parar. '.length);
});

test('without a network one goes on writing, and what was written arrives once', async ({ server, devices }) => {
  const [ana, beto] = await Promise.all([devices.screen(), devices.screen()]);
  await Promise.all([sit(ana, server.demo.seats[0].url, 'Ana'), sit(beto, server.demo.seats[1].url.replace(server.url, server.directUrl), 'Beto')]);
  await openField(ana, 'Objetivo');
  const before = (await ana.value(control('Objetivo'))) ?? '';
  await server.proxy.cut();
  await write(ana, ' Escrito sin red.');
  await expectState(ana, 'Objetivo', 'en este teléfono');
  await ana.expectWords({ css: 'body' }, 'Sin conexión. Puedes seguir escribiendo');
  const { local, database } = await kept(ana);
  const waiting = Object.keys(local).filter((key) => key.startsWith('mesa.orden.'));
  expect(waiting.length).toBeGreaterThan(0);
  for (const key of waiting) expect(database[key], 'the second copy').toBe(local[key]);
  // Meanwhile the other writes before it.
  await openField(beto, 'Objetivo');
  await setCaret(beto, 0);
  await write(beto, 'Beto: ');
  await expectState(beto, 'Objetivo', 'guardado');
  await server.proxy.pass();
  await expectState(ana, 'Objetivo', 'guardado');
  for (const screen of [ana, beto]) await screen.expectValue(control('Objetivo'), `Beto: ${before} Escrito sin red.`);
  await expect.poll(async () => Object.keys((await kept(ana)).database).filter((key) => key.startsWith('mesa.orden.'))).toEqual([]);
});

test('who leaves a shared device leaves nothing of theirs on it', async ({ server, devices }) => {
  const ana = await devices.screen();
  await sit(ana, server.demo.seats[4].url, 'Gloria');
  await openField(ana, 'Objetivo');
  await write(ana, ' Con fecha y responsable.');
  await expectState(ana, 'Objetivo', 'guardado');
  await go(ana, 'Mi voz');
  await ana.tap({ css: 'a', words: 'Aportar' });
  await ana.tap({ css: '.remark textarea' });
  await write(ana, 'Lo que nadie debe encontrar.');
  await expect.poll(async () => JSON.stringify((await kept(ana)).database)).toContain('Lo que nadie debe encontrar.');
  await go(ana, 'Ahora');
  await ana.tap({ css: 'button', words: 'No soy yo' });
  await ana.expectWords({ css: 'main' }, 'Hay 1 texto tuyo que no está en la mesa.');
  await ana.tap({ css: 'button', words: 'Salir y borrar' });
  await expect.poll(() => ana.ask(() => location.pathname)).not.toMatch(/^\/ejercicio\//);
  const left = JSON.stringify(await kept(ana));
  expect(left).not.toContain('nadie debe encontrar');
  expect(left).not.toMatch(/mesa\.(orden|acuse|borrador|rechazado)/);
  expect(await ana.ask(() => ({ ...sessionStorage }))).toEqual({});
  await ana.tab.go(`${server.url}/ejercicio/${server.demo.mesa_id}`);
  await ana.expectWords({ css: 'body' }, 'Primero hay que entrar');
  // The next person on the same device; what the first wrote is at the mesa.
  await sit(ana, server.demo.join_url, 'Luis');
  await ana.expectWords(reading('Objetivo'), 'Con fecha y responsable.');
  expect(await ana.count(state('Objetivo'))).toBeLessThan(2);
});
