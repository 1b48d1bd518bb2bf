// Problems that each writes alone on a phone, a number on the desk, and all of them shown together.
import { changePhase, enter, go } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, test } from '../support/test.ts';

const soon = within(3_000);

test('what each writes alone is theirs until the desk shows all together', async ({ server, people }) => {
  test.setTimeout(120_000);
  const [desk, ana, beto] = await Promise.all([people.laptop(), people.phone(), people.phone({ viewport: { width: 320, height: 640 } })]);
  await enter(desk, server.demo.facilitator_url, 'Fabiola');
  await go(desk.page, 'Conducir');
  await changePhase(desk.page, 'Análisis');
  await enter(ana, server.demo.seats[0].url, 'Ana');
  await enter(beto, server.demo.join_url, 'Beto', 'Vecinos del centro');
  const panel = desk.page.getByRole('region', { name: 'Cada quien escribe en privado' });
  await panel.getByRole('button', { name: 'Empezar a escribir en privado' }).click();
  await expect(panel).toContainText('Nadie ha escrito todavía.');

  const write = async (page: typeof ana.page, title: string, more?: string) => {
    await page.getByLabel('El problema en una frase').fill(title);
    if (more) await page.getByLabel(/^Qué pasa, a quién y dónde/).fill(more);
    await page.getByRole('button', { name: 'Guardar en privado' }).click();
    await expect(page.getByRole('listitem').filter({ hasText: title })).toContainText('guardado', { ...soon, ignoreCase: true });
  };
  await ana.page.getByRole('link', { name: 'Escribir en privado' }).click();
  await ana.expectAccessible();
  // What was typed outlives the page.
  await ana.page.getByLabel('El problema en una frase').fill('Farolas rotas');
  await ana.page.reload();
  await expect(ana.page.getByLabel('El problema en una frase')).toHaveValue('Farolas rotas', soon);
  await write(ana.page, 'Farolas rotas', 'En la calle 5, desde marzo.');
  await write(ana.page, 'Perros sueltos');
  await ana.page.getByRole('button', { name: 'Guardar en privado' }).click();
  await expect(ana.page.getByText('Falta escribir algo.')).toBeVisible();
  await ana.expectAccessible();
  await ana.page.getByRole('button', { name: 'Cambiar: Farolas rotas' }).click();
  await ana.page.getByLabel('El problema en una frase').fill('Farolas rotas y oscuras');
  await ana.page.getByRole('button', { name: 'Guardar el cambio' }).click();
  await ana.page.getByRole('listitem').filter({ hasText: 'Perros' }).getByRole('button', { name: 'Quitar' }).click();
  await ana.page.getByRole('button', { name: 'Sí, quitarlo' }).click();
  await expect(ana.page.getByText('Perros sueltos')).toHaveCount(0);
  await ana.page.reload();
  await expect(ana.page.getByText('Farolas rotas y oscuras')).toBeVisible(soon);

  await go(beto.page, 'Problemas');
  await expect(beto.page.getByRole('button', { name: /problema/i })).toHaveCount(0);
  await beto.page.getByRole('link', { name: 'Escribir en privado' }).click();
  await write(beto.page, 'Ruido de madrugada');
  await expect(beto.page.getByText('Farolas')).toHaveCount(0);
  const width = await beto.page.evaluate(() => document.documentElement.scrollWidth);
  expect(width).toBeLessThanOrEqual(320);
  await expect(panel).toContainText('Hay 2 problemas escritos.', soon);
  await expect(desk.page.getByText(/Farolas|Ruido/)).toHaveCount(0);
  await desk.expectAccessible();

  await panel.getByRole('button', { name: 'Mostrar todos a la vez' }).click();
  await panel.getByRole('button', { name: 'Sí, mostrar todos' }).click();
  for (const { page } of [ana, beto]) {
    await go(page, 'Problemas');
    await expect(page.getByRole('listitem').filter({ hasText: 'Farolas rotas y oscuras' })).toBeVisible(soon);
    await expect(page.getByRole('listitem').filter({ hasText: 'Ruido de madrugada' })).toBeVisible();
  }
  await expect(ana.page.getByText('Perros sueltos')).toHaveCount(0);
});
