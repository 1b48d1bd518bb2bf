import { enter, expectState, field, go, leaveEditor, openField, openItem, write } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, test } from '../support/test.ts';

test('what one writes is on the other phone, the projector and the public page within two seconds', async ({ server, people }) => {
  const [ana, beto, projector, follower] = await Promise.all([people.phone(), people.phone(), people.projector(), people.laptop()]);
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await enter(beto, server.demo.seats[1].url, 'Beto');
  await projector.visit(server.demo.projector_url);
  await follower.visit(server.demo.public_url);
  for (const person of [ana, beto]) {
    await go(person.page, 'Compromisos');
    await openItem(person.page, /Agua limpia a la vista/);
  }
  await write(ana.page, 'Nombre del compromiso', ', cada mes');
  const soon = within(2_000);
  await expect(field(beto.page, 'Nombre del compromiso')).toContainText('Agua limpia a la vista, cada mes', soon);
  await expect(projector.page.getByRole('main')).toContainText('Agua limpia a la vista, cada mes', soon);
  await expect(follower.page.getByRole('main')).toContainText('Agua limpia a la vista, cada mes', soon);
  await expectState(ana.page, 'Nombre del compromiso', 'guardado');
});

test('two people in one paragraph keep every character, and nobody’s caret jumps', async ({ server, people }) => {
  const [ana, beto] = await Promise.all([people.phone(), people.phone()]);
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await enter(beto, server.demo.seats[1].url, 'Beto');
  for (const person of [ana, beto]) {
    await go(person.page, 'Compromisos');
    await openItem(person.page, /Sigue tu uniforme/);
  }
  const anas = await openField(ana.page, 'Objetivo');
  const betos = await openField(beto.page, 'Objetivo');
  const before = await anas.inputValue();
  // Ana writes in the middle of a word while Beto writes at the beginning.
  await anas.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(8, 8));
  await betos.evaluate((area: HTMLTextAreaElement) => area.setSelectionRange(0, 0));
  await Promise.all([
    anas.pressSequentially('abcdefghijklmnopqrst', { delay: 40 }),
    betos.pressSequentially('ABCDEFGHIJKLMNOPQRST', { delay: 40 }),
  ]);
  const expected = `ABCDEFGHIJKLMNOPQRST${before.slice(0, 8)}abcdefghijklmnopqrst${before.slice(8)}`;
  // While typing, each saw only their own letters appear, at the caret.
  await expect(anas).toHaveValue(expected, within(6_000));
  await expect(betos).toHaveValue(expected, within(6_000));
  expect(await anas.evaluate((area: HTMLTextAreaElement) => area.selectionStart)).toBe(8 + 20 + 20);
  await expectState(ana.page, 'Objetivo', 'guardado');
  await expectState(beto.page, 'Objetivo', 'guardado');
});

test('others’ changes wait as a chip while one types, and come in with a tap', async ({ server, people }) => {
  const [ana, beto] = await Promise.all([people.phone(), people.phone()]);
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await enter(beto, server.demo.seats[1].url, 'Beto');
  for (const person of [ana, beto]) {
    await go(person.page, 'Problemas');
    await openItem(person.page, /tiraderos a cielo abierto/);
  }
  const anas = await write(ana.page, 'Evidencia', '. ');
  const typing = anas.pressSequentially('No hay ruta que pase a diario por la barranca.', { delay: 60 });
  const betos = await openField(beto.page, 'Evidencia');
  await betos.press('Control+Home');
  await betos.pressSequentially('Beto: ');
  await expect(field(ana.page, 'Evidencia').getByRole('button', { name: 'Cambió: ver' })).toBeVisible();
  await typing;
  await field(ana.page, 'Evidencia').getByRole('button', { name: 'Cambió: ver' }).click();
  await expect(anas).toHaveValue('Beto: Recorrido y 230 reportes. No hay ruta que pase a diario por la barranca.');
});

test('another person’s passage is underlined where it stands until it was seen', async ({ server, people }) => {
  const [ana, beto] = await Promise.all([people.phone(), people.laptop()]);
  for (const [index, person] of [ana, beto].entries()) {
    await enter(person, server.demo.seats[index].url, ['Ana', 'Beto'][index]);
    await go(person.page, 'Compromisos');
    await openItem(person.page, /Sigue tu uniforme/);
  }
  const area = await openField(ana.page, 'Objetivo');
  const before = await area.inputValue();
  await write(beto.page, 'Objetivo', ' Con fecha de entrega.');
  const passage = ana.page.locator('.field-others mark');
  await expect(passage).toHaveText(' Con fecha de entrega.');
  await expect(area).toHaveValue(`${before} Con fecha de entrega.`);
  await ana.expectAccessible();
  // It stays with the words around it, also when she types before it.
  await area.press('Control+Home');
  await area.pressSequentially('Antes de mayo. ');
  await expect(passage).toHaveText(' Con fecha de entrega.');
  const [mirrored, written] = await ana.page.evaluate(() => {
    const [mirror, area] = ['.field-others', 'textarea.field-control'].map((name) => document.querySelector(name) as HTMLElement);
    const style = (element: HTMLElement) => {
      const { fontSize, fontFamily, lineHeight, letterSpacing, paddingTop, paddingLeft, borderTopWidth } = getComputedStyle(element);
      return { fontSize, fontFamily, lineHeight, letterSpacing, paddingTop, paddingLeft, borderTopWidth, width: element.clientWidth, height: element.clientHeight };
    };
    return [style(mirror), style(area)];
  });
  expect(mirrored).toEqual(written);
  await ana.page.getByRole('button', { name: 'Lo subrayado es de otra persona' }).click();
  await expect(passage).toHaveCount(0);
  await expect(area).toHaveValue(`Antes de mayo. ${before} Con fecha de entrega.`);
});

test('a commitment gets activities with responsible and due date; a date outside is refused with a sentence', async ({ server, people }) => {
  const [ana, beto] = await Promise.all([people.phone(), people.phone()]);
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await enter(beto, server.demo.seats[1].url, 'Beto');
  const page = ana.page;
  await go(page, 'Compromisos');
  await page.getByRole('button', { name: 'Agregar compromiso' }).click();
  await write(page, 'Nombre del compromiso', 'Paradas para todas las personas');
  await leaveEditor(page);
  await page.getByRole('button', { name: 'Agregar actividad' }).click();
  await expect(page).toHaveURL(/actividad/);
  await write(page, 'Qué se hará', 'Censo de 40 paradas');
  const post = await openField(page, 'Puesto responsable');
  await post.fill('Dirección de Movilidad');
  await post.press('Enter');
  const due = await openField(page, 'Fecha límite');
  await due.fill('2031-01-15');
  await due.press('Tab');
  await expect(field(page, 'Fecha límite').getByRole('alert')).toContainText('01/10/2026');
  await due.fill('2027-01-15');
  await due.press('Tab');
  await expectState(page, 'Fecha límite', 'guardado');

  await go(beto.page, 'Compromisos');
  await openItem(beto.page, /Paradas para todas las personas/);
  const row = beto.page.getByRole('listitem').filter({ hasText: 'Censo de 40 paradas' });
  await expect(row).toContainText('15/01/2027');
  await expect(row).toContainText('Dirección de Movilidad');
});

test('items are ordered with buttons, deleted and restored, and everyone sees the same list', async ({ server, people }) => {
  const facilitator = await people.laptop();
  const phone = await people.phone();
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await enter(phone, server.demo.seats[0].url, 'Ana');
  const page = facilitator.page;
  await go(page, 'Compromisos');
  await go(phone.page, 'Compromisos');
  await page.getByRole('button', { name: 'Cambiar el orden' }).click();
  await page.getByRole('button', { name: 'Bajar: Sigue tu uniforme' }).click();
  await expect(phone.page.locator('ol.rows').getByRole('listitem').first()).toContainText('1. Agua limpia a la vista');
  await page.getByRole('button', { name: 'Terminar de ordenar' }).click();
  await openItem(page, /Secundarias en paz/);
  await page.getByRole('button', { name: 'Eliminar este compromiso' }).click();
  await page.getByRole('button', { name: 'Sí, eliminar' }).click();
  await expect(phone.page.getByRole('link', { name: /Secundarias en paz/ })).toHaveCount(0);
  await go(page, 'Compromisos');
  await page.getByText('Eliminados').click();
  await page.getByRole('button', { name: /Restaurar.*Secundarias en paz/ }).click();
  await expect(phone.page.getByRole('link', { name: /Secundarias en paz/ })).toBeVisible();
});

test('hostile text is text on every screen', async ({ server, people }) => {
  const [ana, projector, follower] = await Promise.all([people.phone(), people.projector(), people.laptop()]);
  await enter(ana, server.demo.seats[0].url, 'Ana <img src=x onerror=alert(1)>');
  await projector.visit(server.demo.projector_url);
  await follower.visit(server.demo.public_url);
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Barrancas sin basura/);
  const hostile = '</textarea></title><script>document.title="mal"</script><img src=x onerror=alert(2)>';
  await write(ana.page, 'Nombre del compromiso', hostile);
  await expectState(ana.page, 'Nombre del compromiso', 'guardado');
  for (const person of [ana, projector, follower]) {
    person.page.on('dialog', () => expect(false, 'a dialog opened').toBe(true));
    await expect(person.page.getByText(hostile).first().or(person.page.locator('textarea'))).toBeVisible();
    await person.page.reload();
    await person.page.locator('html[data-live]').waitFor({ state: 'attached' });
    await expect(person.page.getByText(hostile).first()).toBeVisible();
    expect(await person.page.title()).not.toBe('mal');
  }
});

test('pasted lines stay lines, a title stays one line, and an accent is part of its letter', async ({ server, people }) => {
  const [ana, beto] = await Promise.all([people.phone(), people.phone()]);
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await enter(beto, server.demo.seats[1].url, 'Beto');
  for (const person of [ana, beto]) {
    await go(person.page, 'Compromisos');
    await openItem(person.page, /Sigue tu uniforme/);
  }
  const pasted = '1. Publicar contratos\u000B2. Abrir portal\u000C3. Informe\u2028Fin\tde la li\u00ADsta, Jose\u0301\uFEFF';
  const become = '1. Publicar contratos\n2. Abrir portal\n3. Informe\nFin de la lista, José';
  for (const [label, text] of [
    ['Descripción', become],
    ['Nombre del compromiso', become.replaceAll('\n', ' ')],
  ]) {
    const area = await openField(ana.page, label);
    await area.press('Control+A');
    await ana.page.keyboard.insertText(pasted);
    await expect(area).toHaveValue(text);
    // Further typing continues after it.
    await area.pressSequentially('.');
    await expect(area).toHaveValue(`${text}.`);
    await expectState(ana.page, label, 'guardado');
    await leaveEditor(ana.page);
    await expect(field(beto.page, label).locator('.field-value')).toHaveText(`${text}.`, { useInnerText: true });
  }
});
