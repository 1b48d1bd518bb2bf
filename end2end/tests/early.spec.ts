import { enter, field, go, openItem } from '../support/mesa.ts';
import { expect, live, networkComplaints, test } from '../support/test.ts';

const MODULE = /\/pkg\/.*\.wasm$/;

test('before the program is there the page reads, and what is typed at the door stays', async ({ server, people }) => {
  const ana = await people.phone();
  await ana.page.route(MODULE, async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 5_000));
    await route.continue();
  });
  await ana.read(server.demo.seats[0].url);
  await ana.page.getByLabel('Tu nombre').fill('Ana Robles');
  await expect(ana.page.locator('html[data-live]')).toHaveCount(0);
  await live(ana.page);
  await expect(ana.page.getByLabel('Tu nombre')).toHaveValue('Ana Robles');
  await ana.page.getByRole('button', { name: 'Entrar' }).click();

  // Inside it is slow again: the text is there at once, and nothing pretends to be an editor before it is one.
  await live(ana.page);
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Sigue tu uniforme/);
  const loading = ana.page.reload({ waitUntil: 'commit' });
  await loading;
  await expect(field(ana.page, 'Objetivo')).toContainText('rastree el gasto');
  await expect(ana.page.locator('html[data-live]')).toHaveCount(0);
  expect(await ana.page.locator('textarea').count()).toBe(0);
  await live(ana.page);
  await expect(field(ana.page, 'Objetivo')).toContainText('rastree el gasto');
});

test('where the program never loads people come in and read everything', async ({ server, people }) => {
  const [ana, beto] = await Promise.all([people.phone(), people.phone()]);
  people.allow(networkComplaints);
  await ana.page.route(MODULE, (route) => route.abort());
  // The browser tells of the missing module in words of its own.
  ana.allow(/Failed to fetch|wasm/);
  await ana.read(server.demo.seats[0].url);
  await ana.page.getByLabel('Tu nombre').fill('Ana Robles');
  await ana.page.getByRole('button', { name: 'Entrar' }).click();
  await expect(ana.page.getByRole('navigation')).toBeVisible();
  await ana.page.getByRole('navigation').getByRole('link', { name: 'Compromisos' }).click();
  await ana.page.getByRole('link', { name: /Sigue tu uniforme/ }).click();
  await expect(ana.page.getByRole('main')).toContainText('rastree el gasto');
  // What someone else writes is there at the next look.
  await enter(beto, server.demo.seats[1].url, 'Beto');
  await go(beto.page, 'Compromisos');
  await expect(beto.page.getByRole('main')).toContainText('Sigue tu uniforme');
});
