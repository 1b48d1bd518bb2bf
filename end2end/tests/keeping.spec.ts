import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import { promisify } from 'node:util';
import { enter, expectState, field, go, openItem, write } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { programs } from '../support/process.ts';
import { expect, live, networkComplaints, test } from '../support/test.ts';

const run = promisify(execFile);

test.describe('nothing typed is lost', () => {
  test.use({ throughProxy: true });

  test('what is written offline reaches everyone after the tab was closed, without touching the keyboard', async ({ server, people }) => {
    const [ana, beto, projector] = await Promise.all([people.phone(), people.phone(), people.projector()]);
    await enter(ana, server.demo.seats[0].url, 'Ana');
    await enter(beto, server.demo.seats[1].url, 'Beto');
    await projector.visit(server.demo.projector_url);
    await go(ana.page, 'Compromisos');
    await openItem(ana.page, /Mapa abierto de cuidados/);
    await go(beto.page, 'Compromisos');
    await openItem(beto.page, /Mapa abierto de cuidados/);
    people.allow(networkComplaints);
    await server.proxy.cut();

    await write(ana.page, 'Descripción', 'Escrito sin conexión. ');
    await expectState(ana.page, 'Descripción', 'en este teléfono');
    await expect(ana.page.getByText('Sin conexión. Puedes seguir escribiendo')).toBeVisible();
    await go(ana.page, 'Problemas');
    await ana.page.getByRole('button', { name: 'Agregar problema' }).click();
    await write(ana.page, 'El problema, en una frase', 'La ruta 8 no llega a la clínica');
    await expectState(ana.page, 'El problema, en una frase', 'en este teléfono');
    const address = ana.page.url();
    await ana.page.close();
    await server.proxy.pass();

    const tab = await ana.context.newPage();
    await tab.goto(address);
    await live(tab);
    await expect(field(beto.page, 'Descripción')).toContainText('Escrito sin conexión.', within(3_000));
    await expectState(tab, 'El problema, en una frase', 'guardado');
    await expect(field(tab, 'El problema, en una frase')).toContainText('La ruta 8 no llega a la clínica');
    await go(beto.page, 'Problemas');
    await expect(beto.page.getByRole('link', { name: /La ruta 8 no llega a la clínica/ })).toHaveCount(1);
  });

  test('two people write in one paragraph, one of them offline, and both texts stand', async ({ server, people }) => {
    const [ana, beto] = await Promise.all([people.phone(), people.phone()]);
    await enter(ana, server.demo.seats[0].url, 'Ana');
    await enter(beto, server.demo.seats[1].url, 'Beto');
    for (const person of [ana, beto]) {
      await go(person.page, 'Compromisos');
      await openItem(person.page, /Barrancas sin basura/);
    }
    people.allow(networkComplaints);
    await server.proxy.cut();
    await write(ana.page, 'Objetivo', ' ANA SIN RED');
    await write(beto.page, 'Objetivo', ' BETO SIN RED');
    await expectState(ana.page, 'Objetivo', 'en este teléfono');
    await server.proxy.pass();
    for (const person of [ana, beto]) {
      await expect(field(person.page, 'Objetivo').locator('textarea')).toHaveValue(/60 días\..*ANA SIN RED/, within(10_000));
      await expect(field(person.page, 'Objetivo').locator('textarea')).toHaveValue(/60 días\..*BETO SIN RED/);
      await expectState(person.page, 'Objetivo', 'guardado');
    }
    expect(await field(ana.page, 'Objetivo').locator('textarea').inputValue()).toBe(
      await field(beto.page, 'Objetivo').locator('textarea').inputValue(),
    );
  });

  test('what the browser had not yet written of its local storage is found in IndexedDB', async ({ server, people }) => {
    const [ana, beto] = await Promise.all([people.phone(), people.phone()]);
    await enter(ana, server.demo.seats[0].url, 'Ana');
    await enter(beto, server.demo.seats[1].url, 'Beto');
    for (const person of [ana, beto]) {
      await go(person.page, 'Compromisos');
      await openItem(person.page, /Secundarias en paz/);
    }
    people.allow(networkComplaints);
    await server.proxy.cut();
    await write(ana.page, 'Descripción', 'Antes de que el teléfono se apagara. ');
    await expectState(ana.page, 'Descripción', 'en este teléfono');
    const address = ana.page.url();
    // As after a crash: local storage as it was on disk some seconds earlier.
    await ana.page.evaluate(() => localStorage.clear());
    await ana.page.close();
    await server.proxy.pass();
    const tab = await ana.context.newPage();
    await tab.goto(address);
    await live(tab);
    await expect(field(beto.page, 'Descripción')).toContainText('Antes de que el teléfono se apagara.', within(5_000));
    await expectState(tab, 'Descripción', 'guardado');
  });

  test('where sockets are blocked people take part all the same', async ({ server, people }) => {
    await server.proxy.noSockets();
    const [ana, beto, projector] = await Promise.all([people.phone(), people.phone(), people.projector()]);
    people.allow(networkComplaints);
    await enter(ana, server.demo.seats[0].url, 'Ana');
    await enter(beto, server.demo.seats[1].url, 'Beto');
    await projector.visit(server.demo.projector_url);
    for (const person of [ana, beto]) {
      await go(person.page, 'Compromisos');
      await openItem(person.page, /Barrancas sin basura/);
    }
    const area = await write(ana.page, 'Nombre del compromiso', ' sin enchufes');
    await expectState(ana.page, 'Nombre del compromiso', 'guardado');
    await expect(field(beto.page, 'Nombre del compromiso')).toContainText('Barrancas sin basura sin enchufes', within(2_000));
    await expect(projector.page.getByRole('main')).toContainText('sin enchufes', within(2_000));
    // The server is restarted: the stream is found again.
    await server.kill9();
    await area.pressSequentially(', de nuevo');
    await server.restart();
    await expectState(ana.page, 'Nombre del compromiso', 'guardado');
    await expect(field(beto.page, 'Nombre del compromiso')).toContainText('sin enchufes, de nuevo', within(10_000));
  });

  test('a stalled connection keeps the text on the phone and sends it once', async ({ server, people }) => {
    const [ana, follower] = await Promise.all([people.phone(), people.laptop()]);
    await enter(ana, server.demo.seats[0].url, 'Ana');
    await follower.visit(server.demo.public_url);
    await go(ana.page, 'Compromisos');
    await openItem(ana.page, /Sigue tu uniforme/);
    people.allow(networkComplaints);
    await server.proxy.stall();
    await write(ana.page, 'Nombre del compromiso', ' ¡ya!');
    await expectState(ana.page, 'Nombre del compromiso', 'guardando');
    await server.proxy.cut();
    await expectState(ana.page, 'Nombre del compromiso', 'en este teléfono');
    await server.proxy.pass();
    await expectState(ana.page, 'Nombre del compromiso', 'guardado');
    await expect(follower.page.getByRole('main')).toContainText('Sigue tu uniforme ¡ya!', within(10_000));
    await expect(follower.page.getByRole('main')).not.toContainText('¡ya! ¡ya!');
  });

  test('a phone that misses too much is brought up to date on the connection it has', async ({ server, people }, info) => {
    const ana = await people.phone();
    const sockets: { frames: string[] }[] = [];
    ana.page.on('websocket', (socket) => {
      const frames: string[] = [];
      sockets.push({ frames });
      socket.on('framereceived', ({ payload }) => frames.push(Buffer.from(payload).toString('hex')));
    });
    await enter(ana, server.demo.seats[0].url, 'Ana');
    await go(ana.page, 'Compromisos');
    await openItem(ana.page, /Sigue tu uniforme/);
    await expect.poll(() => sockets.at(-1)?.frames.length ?? 0).toBeGreaterThan(0);
    const opened = sockets.length;

    await server.proxy.stall();
    const links = info.outputPath('links.json');
    await fs.writeFile(links, JSON.stringify(server.demo));
    // More frames than are queued for one device.
    await run(programs.load, ['--url', server.directUrl, '--links', links, '--editors', '10', '--followers', '0', '--rate', '60', '--seconds', '9']);
    await write(ana.page, 'Nombre del compromiso', ' ¡ya!');
    await server.proxy.pass();
    await expectState(ana.page, 'Nombre del compromiso', 'guardado');
    const resync = '08';
    expect(sockets.at(-1)?.frames.filter((frame) => frame === resync)).toHaveLength(1);
    expect(sockets).toHaveLength(opened);
    // It has what was written meanwhile, and its own text once.
    const beto = await people.phone();
    await enter(beto, server.demo.seats[1].url, 'Beto');
    await go(beto.page, 'Compromisos');
    await openItem(beto.page, /Sigue tu uniforme ¡ya!/);
    for (const name of ['Descripción', 'Objetivo']) {
      const value = field(beto.page, name).locator('.field-value');
      await expect(field(ana.page, name).locator('.field-value')).toHaveText(await value.innerText());
    }
  });
});

test('every acknowledged edit is still there after kill -9, and writing goes on', async ({ server, people }) => {
  const [ana, beto] = await Promise.all([people.phone(), people.phone()]);
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await enter(beto, server.demo.seats[1].url, 'Beto');
  for (const person of [ana, beto]) {
    await go(person.page, 'Compromisos');
    await openItem(person.page, /Secundarias en paz/);
  }
  people.allow(networkComplaints);
  const area = await write(ana.page, 'Descripción', 'Antes de la caída. ');
  await expectState(ana.page, 'Descripción', 'guardado');
  await server.kill9();
  await area.pressSequentially('Durante la caída. ');
  await server.restart();
  await area.pressSequentially('Después.');
  await expectState(ana.page, 'Descripción', 'guardado');
  await expect(field(beto.page, 'Descripción')).toContainText('Antes de la caída. Durante la caída. Después.', within(10_000));
});

test('a reload of every screen shows the same text', async ({ server, people }) => {
  const ana = await people.phone();
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Sigue tu uniforme/);
  await write(ana.page, 'Resultado esperado', 'Cada familia lo encuentra con el nombre de su escuela.');
  await expectState(ana.page, 'Resultado esperado', 'guardado');
  await ana.page.reload();
  await live(ana.page);
  await expect(field(ana.page, 'Resultado esperado')).toContainText('Cada familia lo encuentra con el nombre de su escuela.');
});
