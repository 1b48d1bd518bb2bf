import { enter, expectState, field, go, leaveEditor, openField, openItem, write } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, test } from '../support/test.ts';

const title = /Agua limpia a la vista/;

test('what one wrote is taken back by keys and button, and nothing of what others wrote meanwhile', async ({ server, people }) => {
  const [ana, beto] = await Promise.all([people.laptop(), people.phone()]);
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await enter(beto, server.demo.seats[1].url, 'Beto');
  for (const person of [ana, beto]) {
    await go(person.page, 'Compromisos');
    await openItem(person.page, title);
  }
  const undo = field(ana.page, 'Objetivo').getByRole('button', { name: 'Deshacer' });
  const area = await openField(ana.page, 'Objetivo');
  const before = await area.inputValue();
  await expect(undo).toHaveCount(0);
  await area.press('Control+End');
  await area.pressSequentially(' muy pronto');
  await expect(undo).toBeVisible();

  // Beto writes in the same text, before Ana's words and in the middle of one of them.
  const betos = await openField(beto.page, 'Objetivo');
  await expect(betos).toHaveValue(`${before} muy pronto`, within(6_000));
  await betos.evaluate((element: HTMLTextAreaElement) => element.setSelectionRange(0, 0));
  await betos.pressSequentially('Beto: ');
  await betos.evaluate((element: HTMLTextAreaElement) => element.setSelectionRange(element.value.length - 2, element.value.length - 2));
  await betos.pressSequentially('XX');
  await expect(area).toHaveValue(`Beto: ${before} muy pronXXto`, within(6_000));

  await area.press('Control+z');
  await expect(area).toHaveValue(`Beto: ${before} muyXX`);
  await undo.click();
  await expect(area).toHaveValue(`Beto: ${before}XX`);
  await expect(undo).toHaveCount(0);
  await area.press('Control+z');
  await expect(area).toHaveValue(`Beto: ${before}XX`);
  await area.press('Control+Shift+z');
  await area.press('Control+y');
  await expect(area).toHaveValue(`Beto: ${before} muy pronXXto`);
  await area.press('Control+z');
  await expectState(ana.page, 'Objetivo', 'guardado');
  await expect(betos).toHaveValue(`Beto: ${before} muyXX`, within(6_000));
});

test('an earlier wording is found with who wrote it, and stands there again for everyone', async ({ server, people }) => {
  const [ana, beto] = await Promise.all([people.phone(), people.phone()]);
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await enter(beto, server.demo.seats[1].url, 'Beto');
  for (const person of [ana, beto]) {
    await go(person.page, 'Compromisos');
    await openItem(person.page, title);
  }
  const value = field(ana.page, 'Objetivo').locator('.field-value');
  const before = await value.innerText();
  const betos = await openField(beto.page, 'Objetivo');
  await betos.press('Control+a');
  await betos.pressSequentially('Beto lo borró todo.');
  await expectState(beto.page, 'Objetivo', 'guardado');
  await expect(value).toHaveText('Beto lo borró todo.');
  // Ana adds to it, and wants to see its previous value.
  await write(ana.page, 'Objetivo', ' Y Ana escribió.');
  await expectState(ana.page, 'Objetivo', 'guardado');
  await field(ana.page, 'Objetivo').getByRole('link', { name: 'Cambios' }).click();
  await expect(ana.page.getByRole('heading', { level: 1 })).toHaveText('Cambios de «Objetivo»');
  const versions = ana.page.getByRole('main').locator('ol > li');
  await expect(versions.nth(0)).toContainText(server.demo.seats[0].organisation);
  await expect(versions.nth(0).locator('ins')).toContainText('Y Ana escribió.');
  await expect(versions.nth(0)).toContainText('Así está ahora.');
  await expect(versions.nth(1)).toContainText(server.demo.seats[1].organisation);
  await expect(versions.nth(1).locator('del')).not.toHaveCount(0);
  expect(await ana.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  await ana.expectAccessible();
  await versions.nth(2).getByRole('button', { name: 'Volver a este texto' }).click();

  await expect(field(ana.page, 'Objetivo').locator('.field-value')).toHaveText(before);
  await leaveEditor(beto.page);
  await expect(field(beto.page, 'Objetivo').locator('.field-value')).toHaveText(before, within(6_000));
});
