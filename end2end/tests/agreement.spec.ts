// The plan read out and agreed to: what is read, an objection, the question for conformity, what it came to.
import { changePhase, enter, go, openItem, write } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, test } from '../support/test.ts';

const soon = within(3_000);

test('a plan is read out, objected to, changed by a word and agreed to', async ({ server, people }) => {
  test.slow();
  const [desk, wall, ana, beto] = await Promise.all([people.laptop(), people.projector(), people.phone(), people.phone()]);
  await enter(desk, server.demo.facilitator_url, 'Fabiola');
  await go(desk.page, 'Conducir');
  await wall.visit(server.demo.projector_url);
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await enter(beto, server.demo.seats[1].url, 'Beto');

  await changePhase(desk.page, 'Lectura');
  await expect(ana.page.getByText(/Versión 1 · [0-9a-f]{4} [0-9a-f]{4}/)).toBeVisible(soon);
  await desk.page.getByRole('button', { name: /^Siguiente/ }).click();
  await expect(wall.page.getByRole('heading', { level: 1 })).toContainText('Sigue tu uniforme', soon);
  await expect(wall.page.locator('.reading-place')).toHaveText('1 de 5');
  await expect(ana.page.getByText('Se lee el compromiso 1 de 5')).toBeVisible(soon);
  await ana.expectAccessible();
  await wall.expectAccessible();

  await ana.page.getByRole('link', { name: /objeci/i }).click();
  await ana.page.getByRole('textbox').fill('Falta decir quién revisa las bases');
  await ana.page.getByRole('button', { name: 'Enviar' }).click();
  await expect(desk.page.locator('.objections')).toContainText('Falta decir quién revisa las bases', soon);
  await desk.page.getByRole('button', { name: 'Mostrar en la pantalla' }).click();
  await expect(wall.page.locator('main')).toContainText('Falta decir quién revisa las bases', soon);
  await desk.expectAccessible();

  await changePhase(desk.page, 'Conformidad');
  await go(beto.page, 'Problemas');
  await beto.page.getByRole('link', { name: 'Responder' }).click();
  await expect(beto.page.getByRole('heading', { name: '¿Tu organización está conforme?' })).toBeVisible(soon);
  await beto.expectAccessible();
  await beto.page.getByRole('button', { name: 'Enviar: 5 conformes' }).click();
  await expect(beto.page.getByText('Ya respondiste.')).toBeVisible(soon);
  await go(ana.page, 'Ahora');
  await ana.page.locator('.asked-answer').nth(4).click();
  await ana.page.getByLabel('Con reserva').check();
  await ana.page.getByRole('button', { name: 'Enviar: 4 conformes, 1 con reserva' }).click();
  await expect(ana.page.getByRole('alert').filter({ hasText: 'Falta escribir' })).toBeVisible();
  await ana.page.getByLabel('Escribe la razón').fill('Que el registro no lleve nombres');
  await ana.page.getByRole('button', { name: 'Enviar: 4 conformes, 1 con reserva' }).click();
  await expect(ana.page.getByText('Ya respondiste.')).toBeVisible(soon);
  await expect(desk.page.locator('.answers-table')).toContainText('Que el registro no lleve nombres', soon);
  await expect(wall.page.locator('.conformity-lines li').first()).toContainText('2 de 8', soon);
  await expect(wall.page.locator('main')).not.toContainText('Que el registro');
  await wall.expectAccessible();

  // One word changes: only that commitment is asked for again.
  await changePhase(desk.page, 'Acuerdos');
  await go(desk.page, 'Compromisos');
  await openItem(desk.page, /Barrancas sin basura/);
  await write(desk.page, 'Objetivo', ' sesenta');
  await go(desk.page, 'Conducir');
  await changePhase(desk.page, 'Conformidad');
  await expect(beto.page.getByText('Cambió un texto después de tu respuesta.')).toBeVisible(soon);
  await expect(beto.page.locator('.asked-row')).toHaveCount(1);
  await expect(beto.page.locator('.changed ins').first()).toContainText('sesenta');
  await beto.expectAccessible();
  await beto.page.getByRole('button', { name: 'Enviar: 1 conforme' }).click();
  await expect(beto.page.getByText('Ya respondiste.')).toBeVisible(soon);

  await desk.page.getByLabel('Faltan respuestas: ¿por qué se cierra?').fill('Los demás se fueron');
  await desk.page.getByRole('button', { name: 'Cerrar la pregunta' }).click();
  await desk.page.getByRole('button', { name: 'Cerrar la pregunta' }).click();
  await expect(ana.page.getByRole('heading', { name: 'Resultado' })).toBeVisible(soon);
  await expect(ana.page.getByText('Sin quórum').first()).toBeVisible();
  await expect(wall.page.locator('.conformity-lines')).toContainText('Sin quórum', soon);
  await desk.expectAccessible();
});

test.describe('frozen', () => {
  test.use({ stage: 'frozen' });

  test('anybody finds the version with its document and its code', async ({ server, people }) => {
    const neighbour = await people.phone();
    await neighbour.read(`${server.url}/plan/${server.demo.exercise_id}`);
    await expect(neighbour.page.getByRole('heading', { name: 'Versión 1, la vigente' })).toBeVisible();
    await expect(neighbour.page.getByText(/[0-9a-f]{64}/)).toBeVisible();
    await neighbour.expectAccessible();
    const document = neighbour.page.waitForEvent('download');
    await neighbour.page.getByRole('link', { name: 'Descargar el plan (PDF)' }).click();
    expect((await document).suggestedFilename()).toMatch(/^PAL-2026-.* versión 1 pública\.pdf$/);
  });
});
