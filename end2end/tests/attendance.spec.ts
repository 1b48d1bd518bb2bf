// How people attend and what they allow: at the door, later, and as the facilitation sees it.
import { enter, go } from '../support/mesa.ts';
import { expect, live, test } from '../support/test.ts';

test.describe('attendance', () => {
  test.use({ stage: 'live' });

  test('is said at the door, changed later, and seen by the facilitation', async ({ server, people }) => {
    const [ana, fabiola] = [await people.phone(), await people.laptop()];
    await enter(fabiola, server.demo.facilitator_url, 'Fabiola');
    await ana.visit(server.demo.join_url);
    await ana.page.getByText('Participo: En la sala · Cambiar').click();
    await expect(ana.page.getByRole('radio', { name: 'En la sala' })).toBeChecked();
    await expect(ana.page.getByRole('checkbox', { name: /Mi nombre puede aparecer/ })).not.toBeChecked();
    await expect(ana.page.getByText('Al entrar aceptas el aviso de privacidad (versión 1).')).toBeVisible();
    await ana.expectAccessible();

    await ana.page.getByRole('link', { name: 'Leer el aviso completo' }).click();
    await expect(ana.page.getByRole('heading', { level: 1 })).toHaveText('Aviso de privacidad');
    await expect(ana.page.getByText('derechos ARCO')).toBeVisible();
    await ana.expectAccessible();
    await ana.page.goBack();
    await ana.page.getByLabel('Tu nombre').fill('Ana Lucía');
    const distance = ana.page.getByRole('radio', { name: 'A distancia' });
    if (!(await distance.isVisible())) await ana.page.getByText('Participo: En la sala · Cambiar').click();
    await distance.check();
    await ana.page.getByRole('button', { name: 'Entrar' }).click();
    await ana.page.waitForURL('**/mesa/**');
    await live(ana.page);
    const row = fabiola.page.getByRole('listitem').filter({ hasText: 'Ana Lucía' });
    await expect(row).toContainText(/A distancia desde las \d\d:\d\d/);

    await ana.page.getByRole('link', { name: 'Mi asistencia y mis datos' }).click();
    await expect(ana.page.getByRole('heading', { level: 1 })).toHaveText('Mi asistencia');
    await expect(ana.page.getByRole('radio', { name: 'A distancia' })).toBeChecked();
    await ana.expectAccessible();
    await ana.page.getByRole('radio', { name: 'Con ayuda de otra persona' }).check();
    await ana.page.getByRole('checkbox').check();
    await ana.page.getByRole('button', { name: 'Guardar' }).click();
    await expect(ana.page.getByRole('status')).toHaveText('Se guardó.');
    await expect(ana.page.getByRole('checkbox')).toBeChecked();
    await expect(row).toContainText('Con ayuda de otra persona desde las');
    await ana.page.getByRole('link', { name: 'Volver a la mesa' }).click();
    await live(ana.page);

    // Her phone disconnects; the facilitation notes that she left, and that she is back.
    await ana.context.close();
    await expect(fabiola.page.getByText('Llegaron y no están conectadas (1)')).toBeVisible();
    await row.getByRole('button', { name: 'Ya se retiró' }).click();
    await expect(row).toContainText(/Con ayuda de otra persona, se retiró a las \d\d:\d\d/);
    await fabiola.expectAccessible();
    await row.getByRole('button', { name: 'Ya volvió' }).click();
    await expect(row).toContainText('Con ayuda de otra persona desde las');
    await go(fabiola.page, 'Ahora');
  });

  test('the link to it waits for the connection', async ({ server, people }) => {
    const ana = await people.phone();
    await enter(ana, server.demo.join_url, 'Ana');
    const link = ana.page.getByRole('link', { name: 'Mi asistencia y mis datos' });
    await expect(link).toBeVisible();
    // A part that was on its way doesn't arrive.
    ana.allow(/net::ERR_|WebSocket connection to '.*' failed|TypeError: (Failed to fetch|WebAssembly compilation aborted)/);
    await server.kill9();
    await expect(link).toHaveCount(0);
  });
});
