// Leading the room: going along with the facilitation, the wall that two lead, private notes; and moving much with few taps.
import { allThere, enter, field, go, openField, openItem } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, type Person, test } from '../support/test.ts';

const soon = within(2_000);

/** The line that says where the facilitation is. */
function along(person: Person) {
  return person.page.locator('.along');
}

test('a phone goes along until its person does something, and one tap returns', async ({ server, people }) => {
  const [desk, ana] = await Promise.all([people.laptop(), people.phone({ viewport: { width: 320, height: 640 }, reducedMotion: 'reduce' })]);
  await enter(desk, server.demo.facilitator_url, 'Fabiola');
  await go(desk.page, 'Conducir');
  await expect(along(desk)).toHaveCount(0);
  await enter(ana, server.demo.seats[6].url, 'Ana');
  await allThere(ana.page);
  const project = (title: string) => desk.page.getByRole('button', { name: `Proyectar: ${title}` }).click();
  const heading = ana.page.getByRole('heading', { level: 1 });
  await project('Mapa abierto de cuidados');
  await expect(along(ana)).toContainText('La facilitación está en: compromiso 3', soon);
  // Nobody is moved who didn't ask for it.
  await expect(heading).not.toContainText('Compromiso 3');
  const follow = along(ana).getByRole('button', { name: 'Seguir', exact: true });
  expect((await follow.boundingBox())!.height).toBeGreaterThanOrEqual(48);
  expect(await ana.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await ana.expectAccessible();
  await follow.tap();
  await expect(heading).toHaveText('Compromiso 3');
  await expect(along(ana)).toContainText('Sigues a la facilitación: compromiso 3');
  await project('Barrancas sin basura');
  await expect(heading).toHaveText('Compromiso 4', soon);
  await ana.expectAccessible();

  // Scrolling ends it: the next one doesn't move the phone.
  await ana.page.mouse.wheel(0, 300);
  await expect(along(ana).getByRole('button', { name: 'Volver a seguir' })).toBeVisible();
  await project('Secundarias en paz');
  await expect(along(ana)).toContainText('La facilitación está en: compromiso 5', soon);
  await expect(heading).toHaveText('Compromiso 4');
  await along(ana).getByRole('button', { name: 'Volver a seguir' }).tap();
  await expect(heading).toHaveText('Compromiso 5');

  // So does going elsewhere, and whoever writes is left alone.
  await go(ana.page, 'Compromisos');
  await expect(along(ana).getByRole('button', { name: 'Volver a seguir' })).toBeVisible();
  await along(ana).getByRole('button', { name: 'Volver a seguir' }).tap();
  await expect(heading).toHaveText('Compromiso 5');
  const control = await openField(ana.page, 'Descripción');
  await control.pressSequentially('Con las familias');
  await project('Agua limpia a la vista');
  await ana.page.waitForTimeout(700);
  await expect(control).toBeFocused();
  await expect(control).toHaveValue(/Con las familias/);
});

test('two facilitate: who has the wall is told, and taking it is one tap', async ({ server, people }) => {
  const [desk, phone, projector] = await Promise.all([people.laptop(), people.laptop(), people.projector()]);
  await enter(desk, server.demo.facilitator_url, 'Fabiola');
  await go(desk.page, 'Conducir');
  await enter(phone, server.demo.facilitator_url, 'Camila');
  await go(phone.page, 'Conducir');
  await projector.visit(server.demo.projector_url);
  const title = projector.page.getByRole('main').getByRole('heading', { level: 1 });
  await desk.page.getByRole('button', { name: 'Tomar la pantalla' }).click();
  await expect(desk.page.locator('.wall-holder')).toContainText('Llevas la pantalla.');
  await expect(phone.page.locator('.wall-holder')).toContainText('Lleva la pantalla: Fabiola.', soon);
  await expect(phone.page.getByRole('button', { name: 'Proyectar: Agua limpia a la vista' })).toBeDisabled();
  await expect(phone.page.getByRole('button', { name: 'Congelar la pantalla' })).toBeDisabled();

  // What comes next both say; the next tap goes there.
  await phone.page.getByRole('button', { name: 'Poner en espera: Barrancas sin basura' }).click();
  await desk.page.getByRole('button', { name: 'Poner en espera: Secundarias en paz' }).click();
  const next = desk.page.getByRole('region', { name: 'Lo que sigue en la pantalla' });
  await expect(next.getByRole('listitem')).toHaveCount(2, soon);
  await next.getByRole('button', { name: 'Ponerlo primero: Secundarias en paz' }).click();
  await expect(next.getByRole('listitem').first()).toContainText('Secundarias en paz');
  await next.getByRole('button', { name: 'Verlo antes: Barrancas sin basura' }).click();
  await expect(desk.page.locator('.desk-title')).toHaveText(/Barrancas sin basura/);
  await expect(title).toHaveText(/Acuerdo de la mesa/);
  await desk.expectAccessible();
  await desk.page.getByRole('button', { name: 'Proyectar esto' }).click();
  await expect(title).toHaveText(/Barrancas sin basura/, soon);
  await desk.page.getByRole('button', { name: /^Siguiente: Secundarias en paz/ }).click();
  await expect(title).toHaveText(/Secundarias en paz/, soon);
  await expect(next).toContainText('Nada en espera');

  await phone.page.getByRole('button', { name: 'Tomar la pantalla' }).click();
  await expect(desk.page.locator('.wall-holder')).toContainText('Tomó la pantalla: Camila.', soon);
  await phone.page.getByRole('button', { name: 'Proyectar: Agua limpia a la vista' }).click();
  await expect(title).toHaveText(/Agua limpia a la vista/, soon);
});

test('a frozen wall shows what it showed while the text changes', async ({ server, people }) => {
  const [desk, ana, projector] = await Promise.all([people.laptop(), people.phone(), people.projector()]);
  await enter(desk, server.demo.facilitator_url, 'Fabiola');
  await go(desk.page, 'Conducir');
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await projector.visit(server.demo.projector_url);
  const title = projector.page.getByRole('main').getByRole('heading', { level: 1 });
  await desk.page.getByRole('button', { name: 'Proyectar: Agua limpia a la vista' }).click();
  await expect(title).toHaveText(/Agua limpia a la vista/, soon);
  await desk.page.getByRole('button', { name: 'Congelar la pantalla' }).click();
  await expect(projector.page.getByRole('contentinfo')).toContainText('En pausa', soon);
  await expect(desk.page.locator('.wall-held')).toContainText('La pantalla está congelada');
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Agua limpia a la vista/);
  const control = await openField(ana.page, 'Nombre del compromiso');
  await control.press('Control+End');
  await control.pressSequentially(' de todos');
  await expect(desk.page.locator('.desk-title')).toHaveText(/de todos/, soon);
  await projector.page.waitForTimeout(500);
  await expect(title).not.toHaveText(/de todos/);
  await desk.page.getByRole('button', { name: 'Descongelar la pantalla' }).click();
  await expect(title).toHaveText(/de todos/, soon);
  await expect(projector.page.getByRole('contentinfo')).not.toContainText('En pausa');
});

test('private notes are on the desks and nowhere else', async ({ server, people }) => {
  const [desk, other, ana] = await Promise.all([people.laptop(), people.laptop(), people.phone()]);
  await enter(desk, server.demo.facilitator_url, 'Fabiola');
  await go(desk.page, 'Conducir');
  await enter(other, server.demo.facilitator_url, 'Camila');
  await go(other.page, 'Conducir');
  await enter(ana, server.demo.seats[0].url, 'Ana');
  const notes = (person: Person) => person.page.getByRole('region', { name: 'Notas privadas' });
  await notes(desk).getByLabel('Nota nueva').fill('Falta confirmar el presupuesto');
  // What was begun is there after a reload.
  await desk.page.reload();
  await expect(notes(desk).getByLabel('Nota nueva')).toHaveValue('Falta confirmar el presupuesto', within(8_000));
  await notes(desk).getByRole('button', { name: 'Guardar nota' }).click();
  await expect(notes(other).getByRole('listitem')).toContainText('Falta confirmar el presupuesto', soon);
  await expect(notes(other).getByRole('listitem')).toContainText('Fabiola');
  await notes(other).getByRole('button', { name: /^Cambiar/ }).click();
  await notes(other).getByLabel('Cambiar la nota').fill('El presupuesto ya está');
  await other.expectAccessible();
  await notes(other).getByRole('button', { name: 'Guardar nota' }).click();
  await expect(notes(desk).getByRole('listitem')).toContainText('El presupuesto ya está', soon);
  expect(await ana.page.content()).not.toContain('presupuesto ya está');
  await notes(desk).getByRole('button', { name: 'Borrar' }).click();
  await notes(desk).getByRole('button', { name: 'Sí, borrar' }).click();
  await expect(notes(other).getByRole('listitem')).toHaveCount(0, soon);
});

test('whose writing is paused keeps their text, reads why, and asks that it be looked at again', async ({ server, people }) => {
  const [desk, ana] = await Promise.all([people.laptop(), people.phone({ viewport: { width: 320, height: 640 } })]);
  await enter(desk, server.demo.facilitator_url, 'Fabiola');
  await go(desk.page, 'Conducir');
  await enter(ana, server.demo.seats[0].url, 'Ana');
  const row = desk.page.locator('.people li').filter({ hasText: 'Ana' }).first();
  await row.getByRole('button', { name: 'Pausar su escritura' }).click();
  await row.getByRole('button', { name: 'Pausar con esta razón' }).click();
  await expect(row.getByRole('alert')).not.toBeEmpty();
  await row.getByLabel('Razón').fill('Insultó a una vecina');
  await desk.expectAccessible();
  await row.getByRole('button', { name: 'Pausar con esta razón' }).click();
  const panel = desk.page.getByRole('region', { name: 'Con la escritura en pausa (1)' });
  await expect(panel).toContainText('Razón: Insultó a una vecina', soon);

  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Agua limpia a la vista/);
  const control = await openField(ana.page, 'Descripción');
  await control.pressSequentially('Con muestras cada mes');
  await go(ana.page, 'Textos');
  const refused = ana.page.locator('#pendientes');
  await expect(refused).toContainText('La facilitación pausó tu escritura en la mesa.', within(5_000));
  await expect(refused).toContainText('Con muestras cada mes');
  await ana.expectAccessible();
  await refused.getByRole('link', { name: 'Ver la razón y pedir que se revise' }).first().click();
  await expect(ana.page.getByRole('main')).toContainText('Lo decidió Fabiola. Razón: Insultó a una vecina');
  expect(await ana.page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
  await ana.expectAccessible();
  await ana.page.getByLabel('Por qué pides que se revise').fill('No fui yo');
  await ana.page.getByRole('button', { name: 'Pedir que se revise' }).click();
  await expect(ana.page.getByRole('status')).toContainText('La facilitación ya lo tiene a la vista.');
  await expect(panel).toContainText('Pide que se revise: No fui yo', soon);

  await panel.getByRole('button', { name: /^Permitir que escriba/ }).click();
  await ana.page.getByRole('link', { name: 'Volver a la mesa' }).click();
  await go(ana.page, 'Textos');
  await refused.getByRole('button', { name: 'Enviar otra vez' }).first().click();
  await expect(refused).toHaveCount(0, within(5_000));
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Agua limpia a la vista/);
  await expect(field(ana.page, 'Descripción')).toContainText('Con muestras cada mes');
});

test('cells of a spreadsheet become activities after they were seen', async ({ server, people }) => {
  const ana = await people.phone();
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Agua limpia a la vista/);
  const rows = ana.page.locator('.rows > .row');
  const before = await rows.count();
  await ana.page.getByRole('button', { name: 'Pegar actividades de una hoja de cálculo' }).click();
  const box = ana.page.getByLabel('Celdas copiadas');
  await expect(box).toBeFocused();
  const cells = [
    'Actividad\tResponsable\tFecha límite',
    'Censo de pozos\tDirección Técnica\t30 de octubre de 2026',
    'Taller en tres cabeceras\tUniversidad Estatal\t15/01/2027',
    'Informe final\tDirección General\tfin de año',
  ].join('\n');
  await box.fill(`${cells}\n${'x'.repeat(501)}`);
  await expect(ana.page.getByRole('alert').filter({ hasText: 'renglón' })).toContainText('El renglón 5 tiene un texto demasiado largo');
  await expect(box).toHaveValue(/Censo de pozos/);
  await box.fill(cells);
  // What was pasted is there after a reload.
  await ana.page.reload();
  await ana.page.getByRole('button', { name: 'Pegar actividades de una hoja de cálculo' }).click();
  await expect(box).toHaveValue(cells, within(8_000));
  const read = ana.page.locator('.cells-read > li');
  await expect(read).toHaveCount(3);
  await expect(read.nth(0)).toContainText('Dirección Técnica · 30/10/2026');
  await expect(read.nth(2)).toContainText('«fin de año» no es una fecha dentro del plazo');
  await ana.expectAccessible();
  await ana.page.getByRole('button', { name: 'Agregar 3 actividades' }).click();
  await expect(ana.page.getByText('Se agregaron 3 actividades.')).toBeVisible();
  await expect(rows).toHaveCount(before + 3);
  await expect(rows.filter({ hasText: 'Informe final (fin de año)' })).toContainText('Falta fecha');
  await openItem(ana.page, /Taller en tres cabeceras/);
  await expect(field(ana.page, 'Fecha límite')).toContainText('15/01/2027');
  await expect(field(ana.page, 'Institución responsable')).toContainText('Universidad Estatal');
});

test('a far move is three taps', async ({ server, people }) => {
  const desk = await people.phone();
  await enter(desk, server.demo.facilitator_url, 'Fabiola');
  await go(desk.page, 'Compromisos');
  const titles = desk.page.locator('.rows .row-title');
  await expect(titles.first()).toContainText('Sigue tu uniforme');
  await desk.page.getByRole('button', { name: 'Cambiar el orden' }).tap();
  const place = desk.page.getByLabel(/^Mover a la posición: .*Sigue tu uniforme/);
  expect((await place.boundingBox())!.height).toBeGreaterThanOrEqual(48);
  await place.selectOption({ label: '5 (al final)' });
  await expect(titles.last()).toContainText('Sigue tu uniforme');
  await expect(place).toBeFocused();
  await expect(place).toHaveValue('4');
  await desk.page.getByLabel(/^Mover a la posición: .*Secundarias en paz/).selectOption({ label: '1 (al principio)' });
  await expect(titles.first()).toContainText('Secundarias en paz');
  await desk.page.getByLabel(/^Mover a la posición: .*Secundarias en paz/).selectOption({ label: '3' });
  await expect(titles.nth(2)).toContainText('Secundarias en paz');
  await desk.expectAccessible();
});
