// Several mesas of one plan: they share the quota, and from the read-out on they move together.
import { enter, expectState, go, openField } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, type Person, test } from '../support/test.ts';

const soon = within(3_000);

/** The rail's row of a phase. */
function phase(person: Person, name: string) {
  return person.page.locator('.phase').filter({ hasText: name });
}

async function change(person: Person, name: string): Promise<void> {
  await phase(person, name).click();
  await person.page.getByRole('button', { name: 'Sí, pasar' }).click();
  await expect(phase(person, name)).toHaveAttribute('aria-current', 'step');
}

/** Adds a commitment and gives it a category, on its sheet. */
async function commit(person: Person, category: string): Promise<void> {
  await go(person.page, 'Compromisos');
  await person.page.getByRole('button', { name: 'Agregar compromiso' }).click();
  const list = await openField(person.page, 'Categoría');
  await list.selectOption({ label: category });
  await expectState(person.page, 'Categoría', 'guardado');
}

test('two mesas share the quota, wait for each other and are read out together', async ({ server, people }) => {
  const [fabiola, gema, phone] = [await people.laptop(), await people.laptop(), await people.phone()];
  await enter(fabiola, server.demo.facilitator_url, 'Fabiola');
  await go(fabiola.page, 'Conducir');
  const others = fabiola.page.getByRole('region', { name: 'Las otras mesas del plan' });
  await expect(others).toHaveCount(0);
  await expect(fabiola.page.getByText('en la otra mesa')).toHaveCount(0);

  const second = await server.addMesa('Movilidad y banquetas');
  await expect(others).toContainText('Mesa 2 · Movilidad y banquetas', soon);
  await expect(others).toContainText('Acciones previas · 0 compromisos');
  await enter(gema, second.facilitator_url, 'Gema');
  await go(gema.page, 'Conducir');
  const there = gema.page.getByRole('region', { name: 'Las otras mesas del plan' });
  await expect(there).toContainText('Mesa 1 · Servicios, agua y cuidados');
  const board = gema.page.getByRole('region', { name: 'Para cerrar acuerdos' });
  await expect(board).toContainText('Cuota completa');
  await expect(board).toContainText('2 de 2 · 2 en la otra mesa');

  // The first mesa can't go to the read-out before the second has come to its agreements.
  await phase(fabiola, 'Lectura').click();
  const question = fabiola.page.getByRole('group', { name: '¿Pasar a Lectura?' });
  await expect(question).toContainText('Todavía no se puede');
  await expect(question).toContainText('La mesa 2 («Movilidad y banquetas») está en Acciones previas');
  await expect(question).toContainText('pasan todas sus mesas al mismo tiempo, también la 2 («Movilidad y banquetas»)');
  await fabiola.expectAccessible();
  await change(gema, 'Acuerdos');
  await expect(question).not.toContainText('Todavía no se puede', soon);
  await expect(others).toContainText('Acuerdos · 0 compromisos');
  await question.getByRole('button', { name: 'No, seguir' }).click();

  // The second mesa's commitments count for the first, on the phones too.
  await enter(phone, server.demo.seats[0].url, 'Ana');
  await go(phone.page, 'Compromisos');
  await commit(gema, 'Proactivo');
  await go(gema.page, 'Conducir');
  await expect(others).toContainText('1 compromiso: 1 proactivo', soon);
  const here = fabiola.page.getByRole('region', { name: 'Para cerrar acuerdos' });
  await expect(here).toContainText('1 en la otra mesa');
  await expect(phone.page.locator('.quota')).toContainText('Proactivo: 1');
  await expect(phone.page.locator('.quota > p').filter({ hasText: '1 en la otra mesa' })).toBeVisible();

  await phone.visit(server.demo.public_url);
  await expect(phone.page.getByRole('heading', { level: 1 })).toHaveText('Gobierno Abierto Sierra Clara 2026 (muestra)');
  const contents = phone.page.getByRole('navigation', { name: 'En esta página' });
  await expect(contents).toContainText('1 compromiso: 1 proactivo');
  await contents.getByRole('link', { name: /Mesa 2/ }).click();
  await expect(phone.page).toHaveURL(/#mesa-2$/);
  const part = phone.page.getByRole('region', { name: 'Mesa 2 · Movilidad y banquetas', exact: true });
  await expect(part).toBeInViewport();
  await expect(part.getByRole('article')).toHaveCount(1);
  await expect(part.getByRole('heading', { level: 3, name: 'Compromisos' })).toBeVisible();
  await expect(phone.page.getByRole('region', { name: /^Mesa 1/ }).getByRole('heading', { level: 4 }).first()).toBeVisible();
  await phone.expectAccessible();

  // The second mesa overrides what its new commitment lacks; then one facilitator moves both.
  const pass = board.getByRole('button', { name: /^Dejar pasar: / });
  for (let left = await pass.count(); left > 0; left -= 1) {
    await pass.first().click();
    await board.getByLabel('Razón para dejarlo pasar').fill('Se acordó así.');
    await board.getByRole('button', { name: 'Dejar pasar con esta razón' }).click();
    await expect(pass).toHaveCount(left - 1);
  }
  await change(gema, 'Lectura');
  await expect(phase(fabiola, 'Lectura')).toHaveAttribute('aria-current', 'step', soon);
  // Its part is updated.
  await expect(part).toContainText('Lectura', soon);
  await expect(others).toContainText('Lectura · 1 compromiso');
  // Going back applies to both, too.
  await phase(fabiola, 'Acuerdos').click();
  await expect(fabiola.page.getByRole('group', { name: '¿Pasar a Acuerdos?' })).toContainText('otras mesas vuelven también a la fase en que estaban: la 2 («Movilidad y banquetas»)');
  await fabiola.page.getByRole('button', { name: 'Sí, pasar' }).click();
  await expect(phase(gema, 'Acuerdos')).toHaveAttribute('aria-current', 'step', soon);
});

test('who comes to another mesa on the same phone is not asked who they are', async ({ server, people }) => {
  const ana = await people.phone();
  await enter(ana, server.demo.seats[0].url, 'Ana Ruiz Vega');
  const second = await server.addMesa('Movilidad y banquetas');
  await ana.visit(second.join_url);
  await expect(ana.page.getByRole('heading', { name: 'Entrar a la mesa 2' })).toBeVisible();
  await expect(ana.page.getByText('Ya estás en este ejercicio como')).toContainText('Ana Ruiz Vega');
  await expect(ana.page.getByText('En la mesa te verán como')).toContainText('Ana');
  await expect(ana.page.getByLabel('Tu nombre')).toHaveCount(0);
  await ana.expectAccessible();
  await ana.page.getByRole('button', { name: 'Entrar', exact: true }).click();
  await expect(ana.page).toHaveURL(new RegExp(`/ejercicio/${second.mesa_id}$`));
  await expect(ana.page.getByRole('navigation')).toBeVisible();
  // And she is still in the first mesa.
  await ana.visit(`${server.url}/ejercicio/${server.demo.mesa_id}`);
  await expect(ana.page).toHaveURL(new RegExp(`/ejercicio/${server.demo.mesa_id}$`));

  // Somebody else on the same phone is led to where one leaves it, and then joins as themselves.
  const third = await server.addMesa('Residuos');
  await ana.visit(third.join_url);
  await ana.page.getByRole('link', { name: 'No soy esa persona' }).click();
  await ana.page.getByRole('button', { name: 'No soy yo: salir en este dispositivo' }).click();
  await ana.page.getByRole('button', { name: 'Salir y borrar lo de aquí' }).click();
  await expect(ana.page).toHaveURL(`${server.url}/`);
  await ana.visit(third.join_url);
  await expect(ana.page.getByLabel('Tu nombre')).toBeVisible();
});
