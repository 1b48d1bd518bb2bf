// The program is loaded in parts: the page is readable while one is loading, and a failed download is retried.
import { enter, field, go, openItem, write } from '../support/mesa.ts';
import { expect, live, networkComplaints, test } from '../support/test.ts';

const SHEETS = /\/pkg\/split_sheets\.[0-9a-f]+\.wasm$/;
const MISSING = 'Falta una parte de esta página';

test('once it is idle a phone has all that its screens need, and opens a sheet without a network', async ({ server, people }) => {
  const ana = await people.phone();
  const came = ana.page.waitForResponse(SHEETS);
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await (await came).finished();
  await go(ana.page, 'Compromisos');
  ana.allow(networkComplaints);
  await ana.context.setOffline(true);
  await openItem(ana.page, /Sigue tu uniforme/);
  await expect(await write(ana.page, 'Objetivo', 'Sin red.')).toHaveValue(/Sin red\.$/);
  await ana.context.setOffline(false);
});

test('a part that does not come is a sentence with a button, and nothing is lost', async ({ server, people }) => {
  const ana = await people.phone();
  ana.allow(networkComplaints);
  await ana.page.route(SHEETS, (route) => route.abort());
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await go(ana.page, 'Compromisos');
  await ana.page.getByRole('link', { name: /Sigue tu uniforme/ }).click();
  await expect(ana.page.getByRole('main')).toContainText(MISSING);
  const again = ana.page.getByRole('main').getByRole('button', { name: 'Intentar ahora' });
  await ana.expectAccessible();
  // The other screens work meanwhile.
  await go(ana.page, 'Problemas');
  await expect(ana.page.getByRole('main')).not.toContainText(MISSING);
  await ana.page.goBack();
  await expect(again).toBeVisible();
  await ana.page.unroute(SHEETS);
  await again.click();
  await expect(await write(ana.page, 'Objetivo', 'Ya llegó.')).toHaveValue(/Ya llegó\.$/);
  await expect(ana.page.getByRole('main')).not.toContainText(MISSING);
});

test('a page whose own part does not come can be read, and works once it comes, by itself', async ({ server, people }) => {
  const ana = await people.phone();
  ana.allow(networkComplaints);
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Sigue tu uniforme/);
  await expect(field(ana.page, 'Objetivo')).toContainText('rastree el gasto');
  await ana.page.route(SHEETS, (route) => route.abort());
  await ana.page.reload();
  await expect(ana.page.getByRole('alert')).toContainText(MISSING);
  await expect(ana.page.getByRole('alert')).toBeInViewport({ ratio: 1 });
  await expect(ana.page.getByRole('alert').getByRole('button', { name: 'Intentar ahora' })).toBeInViewport({ ratio: 1 });
  await expect(ana.page.getByRole('main')).toContainText('rastree el gasto');
  await expect(ana.page.locator('html[data-live]')).toHaveCount(0);
  await ana.page.unroute(SHEETS);
  await live(ana.page);
  await expect(ana.page.getByRole('alert')).toBeHidden();
  await expect(await write(ana.page, 'Objetivo', 'Ya llegó.')).toHaveValue(/Ya llegó\.$/);
});

test('no page is blank while its part is on its way', async ({ server, people }) => {
  const [beto, projector, desk] = await Promise.all([people.phone(), people.projector(), people.laptop()]);
  await enter(desk, server.demo.facilitator_url, 'Fabiola');
  for (const [person, part, url, text] of [
    [beto, 'public', server.demo.public_url, 'Sigue tu uniforme'],
    [projector, 'projector', server.demo.projector_url, 'Cuota'],
    [desk, 'conduct', `${server.url}/ejercicio/${server.demo.mesa_id}/conducir`, 'Fases'],
  ] as const) {
    let arrive = () => {};
    const arrives = new Promise<void>((resolve) => (arrive = resolve));
    await person.page.route(new RegExp(`/pkg/split_${part}\\.[0-9a-f]+\\.wasm$`), async (route) => {
      await arrives;
      await route.continue();
    });
    // Every state of the page from its first text on.
    await person.page.addInitScript((text) => {
      const seen = ((window as unknown as { seen: { text: boolean; blank: number } }).seen = { text: false, blank: 0 });
      const look = () => {
        const there = document.body?.textContent?.includes(text) ?? false;
        if (seen.text && !there) seen.blank += 1;
        seen.text ||= there;
        requestAnimationFrame(look);
      };
      look();
    }, text);
    await person.page.goto(url, { waitUntil: 'commit' });
    await expect(person.page.locator('body')).toContainText(text);
    await person.page.waitForTimeout(500);
    await expect(person.page.locator('html[data-live]')).toHaveCount(0);
    await expect(person.page.locator('body')).toContainText(text);
    arrive();
    await live(person.page);
    await expect(person.page.locator('body')).toContainText(text);
    const seen = await person.page.evaluate(() => (window as unknown as { seen: { text: boolean; blank: number } }).seen);
    expect(seen, part).toEqual({ text: true, blank: 0 });
  }
});
