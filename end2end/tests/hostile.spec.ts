// Markup, invisible characters and far too much text, in every box, then checked on every screen.
import { enter, field, go, leaveEditor, openField, openItem } from '../support/mesa.ts';
import { expect, live, type Person, test } from '../support/test.ts';

const markup = `"'><img src=x onerror="window.taken=1"><svg onload="window.taken=1"></textarea></title><script>window.taken=1</script>`;
/** A right-to-left override, a bell, and other invisible characters. */
const unseen = 'a\u202Eb\u0007c\u200Fd\u0000e';

/** Checks that no typed markup was ever executed. */
async function unharmed(person: Person): Promise<void> {
  expect(await person.page.evaluate(() => (window as unknown as { taken?: number }).taken), person.page.url()).toBeUndefined();
  expect(await person.page.title()).not.toContain('<');
}

/** Types into every box of the open sheet. Returns how many there were. */
async function fillSheet(person: Person, text: string): Promise<number> {
  const { page } = person;
  let boxes = 0;
  for (const label of new Set(await page.locator('.field .field-label').allTextContents())) {
    await leaveEditor(page);
    const box = field(page, label).first();
    const opener = box.locator('button.field-open');
    if ((await opener.count()) > 0) await opener.first().click();
    for (const control of await box.locator('input.field-control[type=text], textarea.field-control').all()) {
      boxes += 1;
      await control.fill(text);
      await control.blur();
    }
  }
  await leaveEditor(page);
  await expect(page.getByRole('banner')).toContainText('guardado');
  return boxes;
}

test('markup in every box of every sheet is text on every screen', async ({ server, people }) => {
  test.setTimeout(180_000);
  const [facilitator, ana, projector, follower] = await Promise.all([people.laptop(), people.phone(), people.projector(), people.laptop()]);
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await enter(ana, server.demo.seats[3].url, 'Ana');
  const { page } = facilitator;
  await go(page, 'Problemas');
  await openItem(page, /tiraderos a cielo abierto/);
  await page.getByRole('button', { name: 'Agregar solución' }).click();
  await page.getByRole('button', { name: 'Agregar compromiso preliminar' }).click();
  const problem = page.url();
  expect(await fillSheet(facilitator, markup), 'boxes on the sheet of a problem').toBeGreaterThanOrEqual(9);
  await go(page, 'Compromisos');
  await openItem(page, /Barrancas sin basura/);
  const commitment = page.url();
  expect(await fillSheet(facilitator, markup), 'boxes on the sheet of a commitment').toBeGreaterThanOrEqual(10);
  await openItem(page, /Censo georreferenciado/);
  const activity = page.url();
  expect(await fillSheet(facilitator, markup), 'boxes on the sheet of an activity').toBeGreaterThanOrEqual(3);

  // A contribution, and its answer.
  await ana.page.goto(problem.replace('/problema/', '/aportar/'));
  await live(ana.page);
  await ana.page.getByLabel('Escríbelo con tus palabras').fill(markup);
  await ana.page.getByRole('button', { name: 'Enviar' }).click();
  await expect(ana.page.getByRole('listitem').filter({ hasText: markup })).toContainText('guardado');
  await page.goto(problem);
  await live(page);
  const said = page.locator('li.said').filter({ hasText: markup });
  await said.getByRole('button', { name: 'Responder' }).click();
  await said.getByRole('radio', { name: 'No incorporada' }).check();
  await said.getByLabel('La razón').fill(markup);
  await said.getByRole('button', { name: 'Guardar la respuesta' }).click();
  await expect(said).toContainText('No incorporada');

  // Every screen, rendered by the server and by the program, for everyone.
  const base = problem.replace(/\/problema\/.*/, '');
  for (const person of [facilitator, ana]) {
    for (const path of ['', '/problemas', '/compromisos', '/mi-voz', '/textos', '/aportar']) {
      await person.page.goto(`${base}${path}`);
      await live(person.page);
      await unharmed(person);
    }
    for (const address of [problem, commitment, activity]) {
      await person.page.goto(address);
      await live(person.page);
      await expect(person.page.getByText(markup, { exact: false }).first()).toBeVisible();
      await unharmed(person);
    }
  }
  await page.goto(`${base}/conducir`);
  await live(page);
  await unharmed(facilitator);
  await projector.visit(server.demo.projector_url);
  await unharmed(projector);
  for (const which of [/^Proyectar: /]) {
    const buttons = page.getByRole('button', { name: which });
    for (let index = 0; index < (await buttons.count()); index += 1) {
      const name = (await buttons.nth(index).getAttribute('aria-label')) ?? (await buttons.nth(index).textContent()) ?? '';
      if (!name.includes('<img')) continue;
      await buttons.nth(index).click();
      await expect(projector.page.getByRole('heading', { level: 1 })).toContainText('<img');
      await unharmed(projector);
    }
  }
  await follower.visit(server.demo.public_url);
  await expect(follower.page.getByText(markup, { exact: false }).first()).toBeVisible();
  await unharmed(follower);
  await server.verify();
});

test('nothing, blanks, what cannot be seen and far too much get a sentence, and the text stays', async ({ server, people }) => {
  const [ana, beto] = await Promise.all([people.phone(), people.laptop()]);
  await enter(ana, server.demo.seats[3].url, 'Ana');
  await enter(beto, server.demo.facilitator_url, 'Fabiola');
  // A short field.
  await go(ana.page, 'Problemas');
  await openItem(ana.page, /tiraderos a cielo abierto/);
  const source = field(ana.page, 'Fuente de la evidencia');
  const tooLong = 'x'.repeat(2_000);
  const control = source.locator('.field-control').first();
  await (await openField(ana.page, 'Fuente de la evidencia')).fill(tooLong);
  await control.blur();
  await expect(source.getByRole('alert')).toContainText('240');
  await expect(control).toHaveValue(tooLong);
  // Closing the field or leaving the screen doesn't lose it either.
  await source.getByRole('button', { name: 'Listo' }).click();
  await expect(control).toHaveValue(tooLong);
  await go(ana.page, 'Ahora');
  await go(ana.page, 'Problemas');
  await openItem(ana.page, /tiraderos a cielo abierto/);
  await expect(control).toHaveValue(tooLong);
  await ana.page.reload();
  await live(ana.page);
  await expect(control).toHaveValue(tooLong);
  await expect(source.getByRole('alert')).toContainText('240');
  await control.fill(unseen);
  await control.blur();
  await expect(source.getByRole('alert')).toContainText('caracteres que no se pueden mostrar');
  await control.fill('Recorrido del 3 de octubre');
  await control.blur();
  await expect(source.getByRole('alert')).toBeEmpty();
  await source.getByRole('button', { name: 'Listo' }).click();
  await expect(source.locator('.field-value')).toHaveText('Recorrido del 3 de octubre');
  // Or it is discarded.
  await (await openField(ana.page, 'Fuente de la evidencia')).fill(tooLong);
  await control.blur();
  await source.getByRole('button', { name: 'Dejarlo como estaba' }).click();
  await expect(control).toHaveValue('Recorrido del 3 de octubre');
  await source.getByRole('button', { name: 'Listo' }).click();
  await ana.page.reload();
  await live(ana.page);
  await expect(source.locator('.field-value')).toHaveText('Recorrido del 3 de octubre');

  // A contribution.
  await ana.page.getByRole('link', { name: 'Aportar' }).click();
  const said = ana.page.getByLabel('Escríbelo con tus palabras');
  const send = ana.page.getByRole('button', { name: 'Enviar' });
  for (const nothing of ['', '   \n\t ', '\u200B\u200B']) {
    await said.fill(nothing);
    await send.click();
    await expect(ana.page.getByRole('alert').filter({ hasText: 'Falta escribir' })).toBeVisible();
  }
  await said.fill('palabra '.repeat(2_000));
  await send.click();
  await expect(ana.page.getByText(/Sobran? .* letras|Es demasiado largo/).first()).toBeVisible();
  await expect(said).toHaveValue('palabra '.repeat(2_000));
  await said.fill(`Falta la barranca ${unseen}.`);
  await send.click();
  await expect(ana.page.getByText('se quitaron')).toBeVisible();
  await send.click();
  await expect(ana.page.getByRole('heading', { level: 1 })).toHaveText('Mi voz');
  await expect(ana.page.getByRole('listitem').filter({ hasText: 'Falta la barranca' })).toContainText('guardado');
  // Others at the table notice none of that.
  await go(beto.page, 'Problemas');
  await expect(beto.page.getByRole('main')).not.toContainText('xxxxxxxx');
  await server.verify();
});
