// No contribution is forgotten: the question before the next phase counts those without an answer, and two taps answer one.
import { changePhase, enter, go } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, test } from '../support/test.ts';

const soon = within(3_000);

test('what has no answer is counted before the mesa goes on, and answered with two taps each', async ({ server, people }) => {
  const [desk, ana] = await Promise.all([people.laptop(), people.phone()]);
  await enter(desk, server.demo.facilitator_url, 'Fabiola');
  await go(desk.page, 'Conducir');
  await changePhase(desk.page, 'Análisis');
  await enter(ana, server.demo.seats[4].url, 'Ana');
  for (const says of ['¿Desde cuándo hay datos?', 'Falta la colonia Sur.', 'Pedimos cámaras en cada esquina.']) {
    await ana.page.getByRole('link', { name: 'Aportar', exact: true }).first().click();
    await ana.page.getByLabel('Escríbelo con tus palabras').fill(says);
    await ana.page.getByRole('button', { name: 'Enviar', exact: true }).click();
    await expect(ana.page.getByText(says)).toBeVisible(soon);
    await go(ana.page, 'Ahora');
  }

  await desk.page.locator('.phase').filter({ hasText: 'Acuerdos' }).click();
  const question = desk.page.getByRole('group', { name: /Acuerdos/ });
  const link = question.getByRole('link', { name: '3 aportaciones sin respuesta' });
  await expect(link).toBeVisible(soon);
  await expect(question).toContainText('Puedes responderlas antes de pasar, o después.');
  await desk.expectAccessible();
  await link.click();
  const missing = desk.page.getByRole('region', { name: '¿Quién falta?' });
  const answer = async (says: string, outcome: string, reason: string) => {
    await missing.getByRole('button', { name: `${outcome}: ${says}`, exact: true }).click();
    await missing.getByRole('button', { name: reason }).click();
    await expect(missing.getByText(says)).toHaveCount(0, soon);
  };
  await answer('¿Desde cuándo hay datos?', 'Incorporada', 'Ya está en el texto.');
  await missing.getByRole('button', { name: 'Incorporada en parte: Falta la colonia Sur.' }).click();
  await desk.expectAccessible();
  await missing.getByRole('button', { name: 'Elegir otra respuesta' }).click();
  await answer('Falta la colonia Sur.', 'Incorporada', 'Se agregó al texto durante la mesa.');
  await expect(question.getByRole('link')).toHaveText('1 aportación sin respuesta', soon);
  // A reason of one's own is written in the form.
  await missing.getByRole('button', { name: 'No incorporada: Pedimos cámaras en cada esquina.' }).click();
  await missing.getByRole('button', { name: 'Escribir otra razón' }).click();
  await missing.getByRole('radio', { name: 'No incorporada' }).check();
  await missing.getByLabel('La razón').fill('El presupuesto de 2027 no la cubre.');
  await missing.getByRole('button', { name: 'Guardar la respuesta' }).click();
  await expect(missing).toContainText('Todas las aportaciones tienen respuesta.', soon);
  await expect(question.getByRole('link', { name: /sin respuesta/ })).toHaveCount(0, soon);

  // Their author reads what became of each.
  await go(ana.page, 'Mi voz');
  const said = ana.page.locator('.said');
  await expect(said.filter({ hasText: 'datos' })).toContainText('Incorporada', soon);
  await expect(said.filter({ hasText: 'Sur' })).toContainText('Se agregó al texto durante la mesa.');
  await expect(said.filter({ hasText: 'cámaras' })).toContainText('El presupuesto de 2027 no la cubre.');
});
