// What a device keeps, and what happens to it when a page or a browser ends in any way.
import { control, enter, expectState, field, go, kept, openField, openItem, reading, write } from '../support/mesa.ts';
import { pause } from '../../support/process.ts';
import { Screen } from '../support/screen.ts';
import { expect, test } from '../support/test.ts';

test.use({ throughProxy: true });

const item = 'Sigue tu uniforme';

/** Joins, opens the text, loses the network. Returns the address of the page. */
async function sit(screen: Screen, url: string): Promise<string> {
  await enter(screen, url, 'Ana');
  await go(screen, 'Compromisos');
  await openItem(screen, item);
  return screen.ask(() => location.href);
}

const orders = async (screen: Screen) => {
  const { local, database } = await kept(screen);
  return [local, database].map((all) => Object.keys(all).filter((key) => key.startsWith('mesa.orden.')).length);
};

test('a browser that dies half a second after a key has kept what was written', async ({ server, devices, engineName }) => {
  test.skip(engineName === 'webkit', 'its driver has only private sessions, and none that outlives its page');
  const [ana, device] = await devices.one();
  const address = await sit(ana, server.demo.seats[0].url);
  await openField(ana, 'Objetivo');
  await server.proxy.cut();
  await write(ana, ' En la colonia no hay agua desde el lunes.', 25);
  await pause(500);
  await device.dieAndComeBack?.();
  await server.proxy.pass();
  const again = new Screen(device.tab);
  await again.visit(address);
  await expectState(again, 'Objetivo', 'guardado');
  await again.expectWords(reading('Objetivo'), ' En la colonia no hay agua desde el lunes.');
});

test('what local storage lost is found in IndexedDB, and of two copies the later one counts', async ({ server, devices }) => {
  const ana = await devices.screen();
  const address = await sit(ana, server.demo.seats[0].url);
  await openField(ana, 'Objetivo');
  await server.proxy.cut();
  await write(ana, ' Primera mitad');
  const half = (await kept(ana)).local;
  await write(ana, ' y la segunda.');
  await expectState(ana, 'Objetivo', 'en este teléfono');
  await ana.ask((half) => {
    localStorage.clear();
    for (const [key, value] of Object.entries(half)) localStorage.setItem(key, value);
  }, half);
  await server.proxy.pass();
  await ana.visit(address);
  await ana.expectWords(reading('Objetivo'), ' Primera mitad y la segunda.');
  await expectState(ana, 'Objetivo', 'guardado');

  await openField(ana, 'Objetivo');
  await server.proxy.cut();
  await write(ana, ' Y lo demás.');
  await expectState(ana, 'Objetivo', 'en este teléfono');
  await ana.ask(() => localStorage.clear());
  await server.proxy.pass();
  await ana.visit(address);
  await ana.expectWords(reading('Objetivo'), ' y la segunda. Y lo demás.');
  await expectState(ana, 'Objetivo', 'guardado');
});

test('a page that is left at the last key keeps text, line and box', async ({ server, devices }) => {
  const ana = await devices.screen();
  const address = await sit(ana, server.demo.seats[0].url);
  await openField(ana, 'Objetivo');
  await server.proxy.cut();
  await write(ana, ' Hasta la última letra.', 0);
  await ana.tab.go('about:blank');
  await server.proxy.pass();
  await ana.visit(address);
  await ana.expectWords(reading('Objetivo'), ' Hasta la última letra.');
  await expectState(ana, 'Objetivo', 'guardado');

  await openItem(ana, 'Inventario de contratos');
  const line = await ana.ask(() => location.href);
  await openField(ana, 'Puesto responsable');
  await ana.tab.press('Control', 'a');
  await write(ana, 'Dirección de Compras', 0);
  await ana.tab.go('about:blank');
  await ana.visit(line);
  await expectState(ana, 'Puesto responsable', 'guardado');
  await ana.tap({ css: 'button.field-done', within: field('Puesto responsable') });
  await ana.expectWords(reading('Puesto responsable'), 'Dirección de Compras');

  await go(ana, 'Mi voz');
  await ana.tap({ css: 'a', words: 'Aportar' });
  await ana.tap({ css: '.remark textarea' });
  const box = await ana.ask(() => location.href);
  await write(ana, 'Que haya una parada con techo.', 0);
  await ana.tab.go('about:blank');
  await ana.visit(box);
  await ana.expectValue({ css: '.remark textarea' }, 'Que haya una parada con techo.');
});

test('a way back within the pause of a line takes what stands in it', async ({ server, devices }) => {
  const ana = await devices.screen();
  await sit(ana, server.demo.seats[0].url);
  await openItem(ana, 'Inventario de contratos');
  const line = await ana.ask(() => location.href);
  await openField(ana, 'Puesto responsable');
  await ana.tab.press('Control', 'a');
  await write(ana, 'Tesorería', 0);
  await ana.ask(() => history.back());
  await expect.poll(() => ana.ask(() => location.href)).not.toBe(line);
  await openItem(ana, 'Inventario de contratos');
  await ana.expectWords(reading('Puesto responsable'), 'Tesorería');
  await expectState(ana, 'Puesto responsable', 'guardado');
});

test('a tab that is hidden at the last key has kept it, and says so when it is seen again', async ({ server, devices }) => {
  const ana = await devices.screen();
  await sit(ana, server.demo.seats[0].url);
  await openField(ana, 'Objetivo');
  await server.proxy.cut();
  await ana.ask(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    document.addEventListener('visibilitychange', () => seen.push(document.visibilityState));
  });
  await write(ana, ' Antes de mirar otra cosa.', 0);
  const other = new Screen(await ana.tab.newTab());
  await other.tab.go('about:blank');
  await ana.tab.show();
  await expectState(ana, 'Objetivo', 'en este teléfono');
  const [local, database] = await orders(ana);
  expect(local).toBeGreaterThan(0);
  expect(database).toBe(local);
  console.log(`visibility: ${await ana.ask(() => (window as unknown as { seen: string[] }).seen.join(' '))}`);
  await server.proxy.pass();
  await expectState(ana, 'Objetivo', 'guardado');
});

test('a page that is loaded again without a network has lost nothing once there is one', async ({ server, devices }) => {
  const ana = await devices.screen();
  const address = await sit(ana, server.demo.seats[0].url);
  await openField(ana, 'Objetivo');
  await server.proxy.cut();
  await write(ana, ' Escrito sin red.');
  await ana.tab.reload().catch(() => {});
  await server.proxy.pass();
  await ana.visit(address);
  await ana.expectWords(reading('Objetivo'), ' Escrito sin red.');
  await expectState(ana, 'Objetivo', 'guardado');
  expect(await orders(ana)).toEqual([0, 0]);
});

test('two tabs of one device write in one text without a network, one is closed, and both runs stand once', async ({ server, devices }) => {
  const ana = await devices.screen();
  const address = await sit(ana, server.demo.seats[0].url);
  const second = new Screen(await ana.tab.newTab());
  await second.visit(address);
  await server.proxy.cut();
  await openField(second, 'Objetivo');
  await write(second, ' En la segunda.');
  await expectState(second, 'Objetivo', 'en este teléfono');
  await ana.tab.show();
  await openField(ana, 'Objetivo');
  await write(ana, ' En la primera.');
  await expectState(ana, 'Objetivo', 'en este teléfono');
  await second.tab.close();
  await server.proxy.pass();
  const times = async (run: string) => (await ana.value(control('Objetivo')))?.split(run).length;
  for (const run of [' En la primera.', ' En la segunda.']) await expect.poll(() => times(run), run).toBe(2);
  await expectState(ana, 'Objetivo', 'guardado');
  await expect.poll(() => orders(ana)).toEqual([0, 0]);
});

test('where nothing can be kept a red sentence says so, and leaving is asked about', async ({ server, devices }) => {
  const ana = await devices.screen({
    before: `Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('forbidden', 'SecurityError'); } });
      Object.defineProperty(window, 'indexedDB', { get: () => undefined });`,
  });
  await sit(ana, server.demo.seats[0].url);
  expect(await ana.ask(() => window.indexedDB === undefined)).toBe(true);
  await openField(ana, 'Objetivo');
  await write(ana, ' Se envía igual.');
  await expectState(ana, 'Objetivo', 'guardado');
  const asks = () =>
    ana.ask(() => {
      const leaving = new Event('beforeunload', { cancelable: true });
      window.dispatchEvent(leaving);
      return leaving.defaultPrevented;
    });
  expect(await asks()).toBe(false);
  await server.proxy.cut();
  await write(ana, ' Y esto todavía no.');
  await ana.expectWords({ css: 'body' }, 'no deja guardar');
  expect(await asks()).toBe(true);
  await server.proxy.pass();
  await expectState(ana, 'Objetivo', 'guardado');
  expect(await asks()).toBe(false);
});

test('where local storage is full IndexedDB keeps all of it, over a reload too', async ({ server, devices }) => {
  const ana = await devices.screen();
  const address = await sit(ana, server.demo.seats[0].url);
  await ana.ask(() => {
    let block = 'x'.repeat(1_000_000);
    for (let at = 0; block.length > 0; at += 1) {
      try {
        localStorage.setItem(`otra.cosa.${at}`, block);
      } catch {
        block = block.slice(0, block.length >> 1);
      }
    }
  });
  await openField(ana, 'Objetivo');
  await server.proxy.cut();
  await write(ana, ' Sin lugar en lo local.');
  await expectState(ana, 'Objetivo', 'en este teléfono');
  const [local, database] = await orders(ana);
  expect(local).toBe(0);
  expect(database).toBeGreaterThan(0);
  await server.proxy.pass();
  await ana.visit(address);
  await ana.expectWords(reading('Objetivo'), ' Sin lugar en lo local.');
  await expectState(ana, 'Objetivo', 'guardado');
});

test('what was typed at the door is still there when the answer never came', async ({ server, devices }) => {
  const ana = await devices.screen();
  await ana.tab.go(server.demo.join_url);
  await ana.tap({ css: '#nombre' });
  await ana.tab.type('Celia Ríos', 0);
  await ana.tap({ css: '#organizacion' });
  await ana.tab.type('Vecinas de El Dorado', 0);
  await server.proxy.cut();
  await ana.tab.press('Enter');
  await pause(1_000);
  await server.proxy.pass();
  await ana.tab.go(server.demo.join_url);
  await ana.expectValue({ css: '#nombre' }, 'Celia Ríos');
  await ana.expectValue({ css: '#organizacion' }, 'Vecinas de El Dorado');
});
