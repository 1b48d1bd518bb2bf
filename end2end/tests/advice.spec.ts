// Advice on how something is worded: beside the field while it is typed, and on the desk with links.
import type { Locator, Page } from '@playwright/test';
import { enter, expectState, field, go, leaveEditor, openField, openItem } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, test } from '../support/test.ts';

const soft = 'Promover la transparencia en el municipio';
const good = 'Publicar cada mes los resultados de cloro residual de las 14 localidades';

/** Puts a text in the control as one input, and tells how many ms later the field's advice was drawn. */
async function typed(control: Locator, text: string): Promise<number> {
  await control.selectText();
  await control.evaluate((element) => {
    const box = element.closest('.field')!;
    const told: { at?: number; drawn?: number } = {};
    Object.assign(window, { told });
    element.addEventListener('input', () => (told.at ??= performance.now()), { capture: true, once: true });
    const seen = new MutationObserver(() => {
      if (!box.querySelector('.advice')) return;
      seen.disconnect();
      // The frame in which it is painted.
      requestAnimationFrame(() => (told.drawn = performance.now()));
    });
    seen.observe(box, { childList: true, subtree: true });
  });
  await control.page().keyboard.insertText(text);
  const took = control.page().waitForFunction(() => {
    const { told } = window as unknown as { told: { at?: number; drawn?: number } };
    return told.drawn === undefined || told.at === undefined ? undefined : { ms: told.drawn - told.at };
  });
  return (await (await took).jsonValue())!.ms;
}

const top = (control: Locator) => control.evaluate((element) => element.getBoundingClientRect().top);

const caret = (control: Locator) => control.evaluate((element) => (element as HTMLTextAreaElement).selectionStart);

const advice = (page: Page, label: string) => field(page, label).locator('.advice');

test('a text that promises nothing is told so at once, with an example, and no more when it is mended', async ({ server, people }) => {
  const [ana, facilitator] = await Promise.all([people.phone(), people.laptop()]);
  await enter(ana, server.demo.seats[1].url, 'Ana');
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');

  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Agua limpia a la vista/);
  await expect(ana.page.locator('.advice')).toHaveCount(0);
  const area = await openField(ana.page, 'Objetivo');
  const before = await top(area);
  expect(await typed(area, soft)).toBeLessThan(within(100).timeout);
  const said = advice(ana.page, 'Objetivo');
  await expect(said).toContainText('Falta decir qué se entrega.');
  await expect(said).toContainText('«Promover» no se puede comprobar');
  await expect(said).toContainText('Por ejemplo: Publicar');
  await expect(field(ana.page, 'Objetivo').locator('.field-advised mark')).toHaveText('Promover');
  // What is being typed stays where it is.
  expect(await top(area)).toBe(before);
  expect(await area.inputValue()).toBe(soft);
  expect(await caret(area)).toBe(soft.length);
  await expect(area).toBeFocused();
  await expect(said.locator('..').getByRole('status')).toContainText('Falta decir qué se entrega');
  await ana.expectAccessible();

  // On the desk it is one of a list, and a link leads to its field.
  await go(facilitator.page, 'Conducir');
  const listed = facilitator.page.getByRole('region', { name: 'Consejos de redacción' });
  await expect(listed.getByRole('link')).not.toHaveCount(0);
  await expect(listed.getByRole('link').first()).toContainText('Compromiso 2, Objetivo: Falta decir qué se entrega.');
  await facilitator.expectAccessible();
  await listed.getByRole('link').first().click();
  await expect(field(facilitator.page, 'Objetivo')).toBeInViewport();
  await expect(advice(facilitator.page, 'Objetivo')).toContainText('Falta decir qué se entrega.');
  await expect(advice(facilitator.page, 'Objetivo').getByRole('button')).toHaveCount(0);

  await area.selectText();
  await ana.page.keyboard.insertText(good);
  await expect(said).toHaveCount(0);
  await expectState(ana.page, 'Objetivo', 'guardado');
  await expect(advice(facilitator.page, 'Objetivo')).toHaveCount(0);
});

test('a line is judged while it is typed, several pieces come one by one, and each can be left alone', async ({ server, people }) => {
  const ana = await people.phone();
  await enter(ana, server.demo.seats[1].url, 'Ana');
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Agua limpia a la vista/);
  const commitment = ana.page.url();
  await openItem(ana.page, /Formato y puntos de muestreo/);
  const post = await openField(ana.page, 'Puesto responsable');
  expect(await typed(post, 'las autoridades competentes')).toBeLessThan(within(100).timeout);
  await expect(advice(ana.page, 'Puesto responsable')).toContainText('Di qué institución y qué puesto.');
  await post.fill('Unidad de Transparencia');
  await expect(advice(ana.page, 'Puesto responsable')).toHaveCount(0);

  await ana.page.goto(commitment);
  const area = await openField(ana.page, 'Objetivo');
  await typed(area, 'Publicar periódicamente información relevante');
  const said = advice(ana.page, 'Objetivo');
  await expect(said).toContainText('Falta decir qué se entrega.');
  await said.getByRole('button', { name: 'Otro consejo: 1 de 2' }).click();
  await expect(said).toContainText('«periódicamente» no compromete a nada');
  await said.getByRole('button', { name: 'Dejarlo así' }).click();
  await expect(said).toContainText('Falta decir qué se entrega.');
  await expect(said.getByRole('button')).toHaveCount(1);
  await said.getByRole('button', { name: 'Dejarlo así' }).click();
  await expect(said).toHaveCount(0);
  await expect(area).toHaveValue('Publicar periódicamente información relevante');
  await leaveEditor(ana.page);
  await expect(said).toHaveCount(0);
});

test('without a network a text is advised on all the same', async ({ server, people }) => {
  const ana = await people.phone();
  await enter(ana, server.demo.seats[1].url, 'Ana');
  await go(ana.page, 'Compromisos');
  await openItem(ana.page, /Barrancas sin basura/);
  ana.allow(/./);
  await ana.context.setOffline(true);
  const area = await openField(ana.page, 'Objetivo');
  await typed(area, 'Erradicar los tiraderos para siempre, antes de 2030');
  await expect(advice(ana.page, 'Objetivo')).toContainText('El plan termina antes.');
  await ana.context.setOffline(false);
  await expectState(ana.page, 'Objetivo', 'guardado');
});
