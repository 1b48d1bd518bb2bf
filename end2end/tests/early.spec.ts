import { enter, field, go, openItem, write } from '../support/mesa.ts';
import { expect, live, networkComplaints, test } from '../support/test.ts';

const MODULE = /\/pkg\/.*\.wasm$/;

test('before the program is there the page reads, and who reads stays where they were', async ({ server, people }) => {
  const ana = await people.phone();
  let arrives = Promise.resolve();
  await ana.page.route(MODULE, async (route) => {
    await arrives;
    await route.continue();
  });
  // The door doesn't wait for the program.
  await ana.read(server.demo.seats[0].url);
  await expect(ana.page.locator('script', { hasText: '/pkg/' })).toHaveCount(0);
  await ana.page.getByLabel('Tu nombre').fill('Ana Robles');
  await ana.page.getByRole('button', { name: 'Entrar' }).click();
  await ana.page.waitForURL('**/mesa/**');

  // Inside, loading is slow: the text is there at once, and nothing looks like an editor before it is one.
  await live(ana.page);
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Sigue tu uniforme/);
  let arrive = () => {};
  arrives = new Promise((resolve) => (arrive = resolve));
  await ana.page.reload({ waitUntil: 'commit' });
  await expect(field(ana.page, 'Objetivo')).toContainText('rastree el gasto');
  await expect(ana.page.locator('html[data-live]')).toHaveCount(0);
  expect(await ana.page.locator('textarea').count()).toBe(0);
  // Someone keeps reading, with the keyboard.
  const section = ana.page.getByRole('navigation').getByRole('link', { name: 'Mi voz' });
  await section.focus();
  await ana.page.evaluate(() => window.scrollTo(0, 700));
  // Where it is on the screen: what appears above it, as where the facilitation is, moves nothing that is read.
  const place = async () => Math.round((await field(ana.page, 'Objetivo').boundingBox())?.y ?? 0);
  const before = await place();
  arrive();
  await live(ana.page);
  await expect(field(ana.page, 'Objetivo')).toContainText('rastree el gasto');
  await expect(section).toBeFocused();
  expect(Math.abs((await place()) - before)).toBeLessThanOrEqual(1);
  // Exactly one page is there: the server's was replaced.
  await expect(ana.page.getByRole('main')).toHaveCount(1);
  await expect(ana.page.getByRole('heading', { level: 1 })).toHaveCount(1);
});

test('who reads the public page stays where they were when it comes alive', async ({ server, people }) => {
  const beto = await people.phone();
  let arrive = () => {};
  const arrives = new Promise<void>((resolve) => (arrive = resolve));
  await beto.page.route(MODULE, async (route) => {
    await arrives;
    await route.continue();
  });
  await beto.page.goto(server.demo.public_url, { waitUntil: 'commit' });
  const item = beto.page.getByRole('heading', { name: /Barrancas sin basura/ });
  await item.scrollIntoViewIfNeeded();
  const before = await item.boundingBox();
  arrive();
  await live(beto.page);
  expect((await item.boundingBox())?.y).toBeCloseTo(before?.y ?? NaN, 0);
  await expect(beto.page.getByRole('main')).toHaveCount(1);
});

test('where the program never loads people come in and read everything', async ({ server, people }) => {
  const [ana, beto] = await Promise.all([people.phone(), people.phone()]);
  people.allow(networkComplaints);
  await ana.page.route(MODULE, (route) => route.abort());
  // The browser logs the missing module itself.
  ana.allow(/Failed to fetch|wasm/);
  await ana.read(server.demo.seats[0].url);
  await ana.page.getByLabel('Tu nombre').fill('Ana Robles');
  await ana.page.getByRole('button', { name: 'Entrar' }).click();
  await expect(ana.page.getByRole('navigation')).toBeVisible();
  await ana.page.getByRole('navigation').getByRole('link', { name: 'Compromisos' }).click();
  await ana.page.getByRole('link', { name: /Sigue tu uniforme/ }).click();
  await expect(ana.page.getByRole('main')).toContainText('rastree el gasto');
  await expect(ana.page.getByRole('alert')).toContainText('no ha llegado todavía');
  await expect(ana.page.getByRole('alert')).toBeInViewport({ ratio: 1 });
  // What someone else writes is there after a reload.
  await enter(beto, server.demo.seats[1].url, 'Beto');
  await go(beto.page, 'Compromisos');
  await expect(beto.page.getByRole('main')).toContainText('Sigue tu uniforme');
  // Once it can be loaded, it is, without a reload.
  await ana.page.unroute(MODULE);
  await live(ana.page);
  await expect(ana.page.getByRole('alert')).toBeHidden();
  await expect(await write(ana.page, 'Objetivo', 'Ya llegó.')).toHaveValue(/Ya llegó\.$/);
});
