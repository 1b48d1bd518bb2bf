// The people at a mesa as the facilitation sees them: who came in twice, the quorum by sector, words typed for somebody else.
import { enter, go } from '../support/mesa.ts';
import { expect, live, test } from '../support/test.ts';

test.describe('people', () => {
  test.use({ stage: 'live' });

  test('two entries of one person are one with a tap, also after a lost connection, and part again', async ({ server, people }) => {
    const [fabiola, ana, laptop] = [await people.laptop(), await people.phone(), await people.laptop()];
    await enter(fabiola, server.demo.facilitator_url, 'Fabiola');
    await go(fabiola.page, 'Conducir');
    const quorum = fabiola.page.getByRole('region', { name: 'Quórum' });
    await expect(quorum).toContainText('0 organizaciones presentes de 5: faltan 5.');
    await enter(ana, server.demo.join_url, 'Ana Robles');
    await enter(laptop, server.demo.seats[4]!.url, 'Ana Robles Díaz');
    await expect(quorum).toContainText('1 organización presente de 5: faltan 4.');
    await expect(quorum).toContainText('1 en la sala');
    await expect(quorum.getByRole('listitem').filter({ hasText: 'Sociedad civil' })).toContainText('1 de 1');
    await expect(quorum.getByRole('listitem').filter({ hasText: 'Institución pública' })).toContainText('0 de 3');
    const rows = fabiola.page.locator('.people > li').filter({ hasText: 'Ana Robles' });
    await expect(rows).toHaveCount(2);
    await fabiola.expectAccessible();
    // The names suggest it: one tap.
    await rows.first().getByRole('button', { name: 'Unir con la otra entrada de ese nombre' }).click();
    await expect(rows).toHaveCount(1);
    await expect(rows).toContainText('Ana Robles Díaz');
    await expect(rows).toContainText('2 dispositivos conectados');
    await expect(rows).toContainText(server.demo.seats[4]!.organisation);
    // One of the two goes: she is still here.
    await ana.context.close();
    await expect(rows).not.toContainText('2 dispositivos conectados');
    await expect(fabiola.page.getByText('Llegaron y no están conectadas (0)')).toBeVisible();
    await fabiola.page.reload();
    await live(fabiola.page);
    await expect(rows).toHaveCount(1);
    await rows.getByRole('button', { name: 'Separar su otra entrada' }).click();
    await expect(rows).toHaveCount(2);
    await expect(fabiola.page.getByText('Llegaron y no están conectadas (1)')).toBeVisible();
  });

  test('any two entries can be one, chosen from the list', async ({ server, people }) => {
    const [fabiola, one, two] = [await people.laptop(), await people.phone(), await people.phone()];
    await enter(fabiola, server.demo.facilitator_url, 'Fabiola');
    await enter(one, server.demo.join_url, 'Guadalupe');
    await enter(two, server.demo.join_url, 'Lupita');
    await go(fabiola.page, 'Conducir');
    const row = (name: string) => fabiola.page.locator('.people > li').filter({ hasText: name });
    await row('Lupita').getByRole('button', { name: 'Entró dos veces' }).click();
    await expect(row('Lupita').getByRole('button', { name: 'No, entró una vez' })).toBeVisible();
    await row('Guadalupe').getByRole('button', { name: 'Es la misma persona' }).click();
    await expect(row('Lupita')).toHaveCount(0);
    await expect(row('Guadalupe')).toContainText('2 dispositivos conectados');
  });

  test('what is typed for who attends with help says who typed it', async ({ server, people }) => {
    const [fabiola, gloria] = [await people.laptop(), await people.phone()];
    const seat = server.demo.seats[4]!;
    await enter(fabiola, server.demo.facilitator_url, 'Fabiola');
    await gloria.visit(seat.url);
    await gloria.page.getByText('Participo: En la sala · Cambiar').click();
    await gloria.page.getByRole('radio', { name: 'Con ayuda de otra persona' }).check();
    await gloria.page.getByLabel('Tu nombre').fill('Gloria');
    await gloria.page.getByRole('button', { name: 'Entrar' }).click();
    await gloria.page.waitForURL('**/mesa/**');
    await live(gloria.page);
    await go(fabiola.page, 'Conducir');
    const quorum = fabiola.page.getByRole('region', { name: 'Quórum' });
    await expect(quorum).toContainText('1 con ayuda');
    await go(fabiola.page, 'Mi voz');
    await fabiola.page.getByRole('link', { name: 'Aportar' }).click();
    const who = fabiola.page.getByLabel('¿Quién lo dice?');
    await expect(who.getByRole('option').nth(1)).toHaveText(`${seat.organisation} · con ayuda`);
    await who.selectOption({ index: 1 });
    await fabiola.page.getByLabel('Escríbelo con tus palabras').fill('No alcanza el gasto.');
    await fabiola.page.getByRole('button', { name: 'Enviar' }).click();
    const said = fabiola.page.getByRole('listitem').filter({ hasText: 'No alcanza el gasto.' });
    await expect(said).toContainText(seat.organisation);
    await expect(said).toContainText('Capturado por Fabiola');
  });
});
