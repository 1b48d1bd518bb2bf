import type { Locator } from '@playwright/test';
import { enter, expectState, field, go, openField, openItem, write } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, networkComplaints, test } from '../support/test.ts';

test.use({ throughProxy: true });
test.setTimeout(120_000);

const caret = (area: Locator) => area.evaluate((element) => (element as HTMLTextAreaElement).selectionStart);

test('three phones type key by key in one paragraph while the network is cut again and again', async ({ server, people }) => {
  const phones = await Promise.all([people.phone(), people.phone(), people.phone()]);
  const areas: Locator[] = [];
  for (const [index, phone] of phones.entries()) {
    await enter(phone, server.demo.seats[index].url, ['Ana', 'Beto', 'Celia'][index]);
    await go(phone.page, 'Compromisos');
    await openItem(phone.page, /Sigue tu uniforme/);
    areas.push(await openField(phone.page, 'Objetivo'));
  }
  people.allow(networkComplaints);
  const before = await areas[0].inputValue();
  const runs = ['Ana escribe sin parar aunque la red se corte. ', ' Beto sigue también hasta el final 👩🏽‍👧.', 'en medio de una palabra'];
  const middle = before.indexOf('programa') + 4;
  await areas[0].press('Control+Home');
  await areas[1].press('Control+End');
  await areas[2].evaluate((element, at) => (element as HTMLTextAreaElement).setSelectionRange(at, at), middle);

  let typing = true;
  const network = (async () => {
    while (typing) {
      await server.proxy.cut();
      await phones[0].page.waitForTimeout(350);
      await server.proxy.pass();
      await phones[0].page.waitForTimeout(900);
    }
  })();
  await Promise.all(areas.map((area, index) => area.pressSequentially(runs[index], { delay: 90 })));
  typing = false;
  await network;

  // Each caret is where its person was writing, whatever came in meanwhile.
  for (const phone of phones) await expectState(phone.page, 'Objetivo', 'guardado');
  const expected = `${runs[0]}${before.slice(0, middle)}${runs[2]}${before.slice(middle)}${runs[1]}`;
  for (const [index, area] of areas.entries()) {
    await expect(area).toHaveValue(expected, within(20_000));
    expect(await caret(area), `the caret of phone ${index}`).toBe(expected.indexOf(runs[index]) + runs[index].length);
  }
  const fresh = await people.phone();
  await enter(fresh, server.demo.seats[3].url, 'Dora');
  await go(fresh.page, 'Compromisos');
  await openItem(fresh.page, /Sigue tu uniforme/);
  await expect(field(fresh.page, 'Objetivo')).toContainText(expected);
});

test('two who have the same first name are told apart while they write', async ({ server, people }) => {
  const [one, other, beto] = await Promise.all([people.phone(), people.phone(), people.phone()]);
  await enter(beto, server.demo.seats[1].url, 'Beto');
  await go(beto.page, 'Compromisos');
  await openItem(beto.page, /Agua limpia a la vista/);
  const told = field(beto.page, 'Objetivo').locator('.field-writers');
  await enter(one, server.demo.seats[0].url, 'C.P. MARÍA GÓMEZ LUNA');
  await go(one.page, 'Compromisos');
  await openItem(one.page, /Agua limpia a la vista/);
  await write(one.page, 'Objetivo', ' y en cada escuela');
  await expect(told).toHaveText('María está escribiendo');

  await enter(other, server.demo.seats[2].url, 'López Rey, María');
  await go(other.page, 'Compromisos');
  await openItem(other.page, /Agua limpia a la vista/);
  const [first, second] = [await openField(one.page, 'Objetivo'), await openField(other.page, 'Objetivo')];
  for (const area of [first, second]) await area.press('Control+End');
  await Promise.all([first, second].map((area) => area.pressSequentially(' y también en el mercado', { delay: 100 })));
  await expect(told).toHaveText(/^María [GL]\. y María [GL]\. están escribiendo$/);
  await expect(told).not.toContainText(/G\..*G\.|L\..*L\./);
  await expect(field(other.page, 'Objetivo').locator('.field-writers')).toHaveText('María G. está escribiendo');
});

test('who is writing is said beside the text, and no longer once they stop', async ({ server, people }) => {
  const [ana, beto, follower] = await Promise.all([people.phone(), people.phone(), people.phone()]);
  await enter(ana, server.demo.seats[0].url, 'Ana Robles Díaz');
  await enter(beto, server.demo.seats[1].url, 'Beto');
  await follower.visit(server.demo.public_url);
  for (const person of [ana, beto]) {
    await go(person.page, 'Compromisos');
    await openItem(person.page, /Agua limpia a la vista/);
  }
  const told = field(beto.page, 'Objetivo').getByText('Ana está escribiendo');
  await write(ana.page, 'Objetivo', ' y en cada escuela');
  await expect(told).toBeVisible();
  await expect(field(ana.page, 'Objetivo').getByText('está escribiendo')).toHaveCount(0);
  await expect(field(beto.page, 'Descripción').getByText('está escribiendo')).toHaveCount(0);
  await beto.expectAccessible();
  await expect(told).toHaveCount(0, within(10_000));
  await expect(follower.page.getByRole('main')).toContainText('y en cada escuela');
  await expect(follower.page.getByRole('main')).not.toContainText('está escribiendo');
});
