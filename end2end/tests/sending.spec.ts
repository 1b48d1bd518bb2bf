// The signed plan in every inbox: a trial, a letter to each, an address corrected on the spot; without mail, other ways. And the call to
// sign, on every screen of who hasn't.
import type { Page } from '@playwright/test';
import { said, sha256 } from '../support/mailbox.ts';
import { organisations, seat, untilSaid } from '../support/seats.ts';
import { changePhase, enter, fetched, go } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, live, mesa, test } from '../support/test.ts';

const soon = within(5_000);

test.describe('with a mail server', () => {
  test.use({ stage: 'signed', mails: true });

  test('a trial arrives at who prepares', async ({ server, people, mailbox }) => {
    const fabiola = await people.laptop();
    const { page } = fabiola;
    await page.goto((await mesa('admin', 'link', '--data', server.data, '--url', server.url)).stdout.trim());
    const texts = {
      'Nombre del ejercicio': 'Gobierno Abierto Río Claro', Estado: 'Oaxaca', Municipio: 'Río Claro', 'Organismo garante': 'Órgano Garante',
      'El plan empieza': '2027-01-04', Tema: 'Agua', Lugar: 'Casa de la cultura', Día: '2027-02-18', Nombre: 'Fabiola Cruz',
      Correo: 'fabiola@example.org', 'Una frase para entrar': 'burro tinta lunes farol',
    };
    for (const [label, text] of Object.entries(texts)) await page.getByLabel(label, { exact: true }).fill(text);
    await page.getByRole('button', { name: 'Crear el ejercicio' }).click();
    await page.getByRole('navigation').getByRole('link', { name: 'Correo', exact: true }).click();
    await expect(page.getByText(`127.0.0.1:${mailbox.port}`)).toBeVisible();
    await expect(page.getByText('Llega a tu correo, fabiola@example.org.')).toBeVisible();
    await fabiola.expectAccessible();
    await page.getByRole('button', { name: 'Enviar una prueba', exact: true }).click();
    await untilSaid(page, 'enviado el ');
    const [trial] = mailbox.of('fabiola@example.org');
    expect(said(trial?.parts[0])).toContain('Hola, Fabiola Cruz:\n\nEsta es una prueba desde «Gobierno Abierto Río Claro».');
  });

  test('the signed plan goes to sixteen; one address is corrected there, and that letter alone goes again', async ({ server, people, mailbox }) => {
    test.slow();
    mailbox.refuse('s3@example.org', '550 5.1.1 no such user here');
    const fabiola = await people.laptop();
    const { page } = fabiola;
    await enter(fabiola, server.demo.facilitator_url, 'Fabiola');
    await seat(page, server, 2);

    // The desk says how it stands and leads there.
    await page.goto(`/ejercicio/${server.demo.mesa_id}/conducir`);
    await live(page);
    const step = page.getByRole('region', { name: 'El cierre de la mesa' }).getByRole('listitem').filter({ hasText: 'Envío' });
    await expect(step).toContainText('Sin enviar: lo esperan 16 personas, todas con correo.', soon);
    await fabiola.expectAccessible();
    const send = await fabiola.context.newPage();
    await send.goto((await step.getByRole('link', { name: 'Enviar el plan firmado' }).getAttribute('href')) ?? '');
    await expect(send.getByText(/^Versión 1, firmada el /)).toBeVisible();
    await send.getByRole('button', { name: 'Enviar el plan a 16 personas' }).click();
    await expect(send.getByText('Se pidieron 16 envíos.')).toBeVisible();
    await untilSaid(send, '15 de 16 recibieron');
    const row = send.getByRole('listitem').filter({ hasText: 'Suplente 3 Ruiz' });
    await expect(row).toContainText('s3@example.org');
    await expect(row).toContainText('no se envió: esa dirección no existe (550 5.1.1)');
    await expect(step).toContainText('15 de 16 recibieron. 1 no se pudo enviar.', within(25_000));
    await expect(step.getByRole('link', { name: 'Ver a quién no le llegó y por qué' })).toBeVisible();

    // An address that can't be one comes back with a reason; the right one goes.
    people.allow(/422/);
    const address = row.getByRole('textbox', { name: 'Correo: Suplente 3 Ruiz' });
    await address.fill('suplente3@@example.org');
    await row.getByRole('button', { name: 'Guardar y enviar' }).click();
    await expect(row.getByRole('alert')).toContainText('Eso no es una dirección de correo');
    await expect(address).toHaveValue('suplente3@@example.org');
    await address.fill('suplente3@example.org');
    await row.getByRole('button', { name: 'Guardar y enviar' }).click();
    await expect(send.getByText('Se pidió 1 envío.')).toBeVisible();
    await untilSaid(send, '16 de 16 recibieron');
    await expect(step).toContainText('16 de 16 recibieron.', within(25_000));
    await expect(step).toHaveAttribute('data-progress', 'done');

    // Nobody twice, each with the document as it was sealed and with who signed it.
    const people16 = organisations.flatMap((_, index) => [`t${index + 1}@example.org`, index === 2 ? 'suplente3@example.org' : `s${index + 1}@example.org`]);
    expect(mailbox.letters.map(({ to }) => to).sort()).toEqual([...people16].sort());
    const { body: sealed } = await fetched(send, `/plan/${server.demo.exercise_id}/1/plan.pdf`);
    for (const { parts } of mailbox.letters) {
      expect(sha256(parts[2]!.body)).toBe(sha256(sealed));
      expect(said(parts[0])).toContain('Cómo firmó cada organización (7 de 8 firmas):\n\n- Instituto de Transparencia de Sierra Clara: firmó su titular\n');
      expect(said(parts[1])).toContain('<li>Colegio de Arquitectos: firmó en papel</li>');
    }
    // Anybody verifies it with what the letter says.
    const verify = /\n(http:\S+\/verificar\/\S+)\n/.exec(said(mailbox.letters[0]?.parts[0]))?.[1] ?? '';
    const stranger = await people.phone();
    await stranger.page.goto(new URL(verify).pathname);
    await stranger.page.getByLabel('El PDF').setInputFiles({ name: 'plan.pdf', mimeType: 'application/pdf', buffer: mailbox.letters[0]!.parts[2]!.body });
    await expect(stranger.page.getByText(/es el plan firmado/i).first()).toBeVisible();
  });
});

test.describe('without a mail server', () => {
  test.use({ stage: 'signed' });

  test('the desk and the page say so, and offer the file, printing and a link', async ({ server, people }) => {
    const fabiola = await people.laptop();
    const { page } = fabiola;
    await enter(fabiola, server.demo.facilitator_url, 'Fabiola');
    await seat(page, server, 2);
    await page.goto(`/ejercicio/${server.demo.mesa_id}/conducir`);
    await live(page);
    const step = page.getByRole('region', { name: 'El cierre de la mesa' }).getByRole('listitem').filter({ hasText: 'Envío' });
    await expect(step).toContainText('Este servidor no tiene correo', soon);
    await step.getByRole('link', { name: 'Descargarlo, imprimirlo o compartirlo' }).click();
    await expect(page.getByText('Este ejercicio no tiene configurado el correo. Entrega el plan de otra manera:')).toBeVisible();
    await expect(page.getByRole('button', { name: /Enviar/ })).toHaveCount(0);
    await fabiola.expectAccessible();
    for (const name of ['Descargar el plan firmado, también para imprimirlo (PDF)', 'Descargar la versión pública (PDF)']) {
      const { body } = await fetched(page, (await page.getByRole('link', { name }).getAttribute('href')) ?? '');
      expect(body.subarray(0, 5).toString()).toBe('%PDF-');
    }
    const share = (await page.getByRole('link', { name: /\/plan\// }).getAttribute('href')) ?? '';
    const follower = await people.phone();
    await follower.page.goto(new URL(share).pathname);
    await expect(follower.page.getByRole('heading', { level: 1 })).toHaveText('Plan de Acción Local');
  });
});

test.describe('while the plan is signed', () => {
  test.use({ stage: 'frozen' });

  test('every screen of who has yet to sign says so, one tap from there', async ({ server, people }) => {
    const [desk, ana, beto, viewer] = await Promise.all([people.laptop(), people.phone(), people.phone(), people.phone()]);
    await enter(desk, server.demo.facilitator_url, 'Fabiola');
    await enter(ana, server.demo.seats[0]!.url, 'Ana');
    await enter(beto, server.demo.seats[1]!.url, 'Beto');
    await enter(viewer, server.demo.join_url, 'Vero', 'Vecinas');
    for (const { page } of [ana, beto, viewer]) await go(page, 'Compromisos');
    await go(desk.page, 'Conducir');
    await changePhase(desk.page, 'Conformidad');
    const bar = (page: Page, text: string) => page.getByRole('banner').getByText(text);
    await expect(bar(ana.page, 'Se pregunta a tu organización si está conforme.')).toBeVisible(soon);
    await changePhase(desk.page, 'Firma');
    for (const { page } of [ana, beto]) await expect(bar(page, 'Falta tu firma.')).toBeVisible(soon);
    await expect(bar(ana.page, 'Se pregunta')).toHaveCount(0);
    await ana.expectAccessible();
    await go(ana.page, 'Mi voz');
    await expect(bar(ana.page, 'Falta tu firma.')).toBeVisible();
    // Where it can be done it isn't called for once more.
    await go(ana.page, 'Ahora');
    await expect(bar(ana.page, 'Falta tu firma.')).toHaveCount(0);
    await go(ana.page, 'Compromisos');
    await ana.page.getByRole('banner').getByRole('link', { name: 'Leer y firmar' }).click();
    await expect(ana.page.getByRole('heading', { level: 1 })).toHaveText('Firmar el plan');
    await expect(bar(ana.page, 'Falta tu firma.')).toHaveCount(0);
    await ana.page.getByText('Escribir mi nombre').click();
    await ana.page.getByLabel('Tu nombre completo').fill('Ana Robles');
    const sign = ana.page.getByRole('button', { name: /^Firmar las \d+ páginas$/ });
    await expect(sign).toBeEnabled({ timeout: 30_000 });
    await sign.click();
    await expect(ana.page.getByRole('heading', { name: 'Firmaste' })).toBeVisible(soon);
    await go(ana.page, 'Compromisos');
    await expect(bar(ana.page, 'Falta tu firma.')).toHaveCount(0);
    await expect(bar(viewer.page, 'Falta tu firma.')).toHaveCount(0);
    await expect(bar(beto.page, 'Falta tu firma.')).toBeVisible();
  });
});
