// A phase begins while phones hold text: who is away before that, whose text was late, and how it is accepted after all.
import { allThere, enter, field, go, openField, openItem } from '../support/mesa.ts';
import { expect, networkComplaints, type Person, test } from '../support/test.ts';

const soon = { timeout: 8_000 };

/** The rail's row of a phase. */
function phase(person: Person, name: string) {
  return person.page.locator('.phase').filter({ hasText: name });
}

async function goTo(facilitator: Person, name: string): Promise<void> {
  await phase(facilitator, name).click();
  await facilitator.page.getByRole('button', { name: 'Sí, pasar' }).click();
  await expect(phase(facilitator, name)).toHaveAttribute('aria-current', 'step', soon);
}

test.describe('two phones, one cut off', () => {
  test.use({ throughProxy: true });

  test('the question says who is away, the desk whose text came late, and going back brings it once', async ({ server, people }) => {
    test.setTimeout(120_000);
    const [facilitator, ana, beto] = await Promise.all([people.laptop(), people.phone(), people.phone()]);
    // The desk and one phone connect directly, without the proxy that is cut.
    const direct = (url: string) => url.replace(server.url, server.directUrl.replace('127.0.0.1', 'mesa.test'));
    await enter(facilitator, direct(server.demo.facilitator_url), 'Fabiola Cruz');
    await go(facilitator.page, 'Conducir');
    await enter(beto, direct(server.demo.seats[1].url), 'Beto Ruiz');
    await enter(ana, server.demo.seats[0].url, 'Ana Ríos');
    await go(ana.page, 'Compromisos');
    await openItem(ana.page, /Sigue tu uniforme/);
    const objective = await openField(ana.page, 'Objetivo');
    await phase(facilitator, 'Lectura').click();
    const question = facilitator.page.getByRole('group', { name: '¿Pasar a Lectura?' });
    await expect(question).toContainText('Todas las personas que están en la mesa tienen conexión.');

    people.allow(networkComplaints);
    await server.proxy.cut();
    // The question stays open and is updated.
    await expect(question).toContainText(/1 persona no está conectada \(la última vez: Ana Ríos, \d\d:\d\d\); lo que tenga sin enviar quedará en sus Mis textos\./, soon);
    await facilitator.expectAccessible();
    await objective.press('Control+End');
    await objective.pressSequentially(' Lo que Ana escribió sin red.');
    await expect(ana.page.locator('.save').first()).toContainText('en este teléfono', soon);
    await question.getByRole('button', { name: 'Sí, pasar' }).click();
    await expect(phase(facilitator, 'Lectura')).toHaveAttribute('aria-current', 'step', soon);
    await server.proxy.pass();

    const late = facilitator.page.getByRole('region', { name: '1 texto llegó tarde' });
    await expect(late).toContainText('Ana Ríos · Objetivo', { timeout: 15_000 });
    await expect(late.getByRole('link', { name: /Sigue tu uniforme/ })).toBeVisible();
    await expect(late).toContainText('En la fase de Lectura no puede entrar.');
    await expect(late.getByRole('button', { name: 'Pedir que se envíe otra vez' })).toHaveCount(0);
    await expect(facilitator.page.getByRole('main')).not.toContainText('Lo que Ana escribió');
    await facilitator.expectAccessible();
    // A reloaded desk shows the same, and Ana still has her text.
    await facilitator.page.reload();
    await expect(facilitator.page.getByRole('region', { name: '1 texto llegó tarde' })).toContainText('Ana Ríos · Objetivo', soon);
    await expect(ana.page.locator('.save').first()).toContainText('1 texto no aceptado', soon);
    await go(ana.page, 'Textos');
    await expect(ana.page.getByRole('main')).toContainText('Lo que Ana escribió sin red.');
    await expect(ana.page.getByRole('button', { name: 'Enviar otra vez' })).toHaveCount(0);

    await goTo(facilitator, 'Acuerdos');
    await expect(ana.page.getByRole('button', { name: 'Enviar otra vez' })).toBeVisible(soon);
    await ana.expectAccessible();
    await facilitator.page.getByRole('button', { name: 'Pedir que se envíe otra vez' }).click();
    await expect(facilitator.page.getByRole('region', { name: /llegó tarde/ })).toHaveCount(0, { timeout: 15_000 });
    // Ana is told that it was sent, and it is there once, on every screen.
    await expect(ana.page.getByRole('banner')).toContainText('este teléfono lo envió otra vez', soon);
    await expect(ana.page.getByRole('main')).toContainText('Llegó tarde y la facilitación lo pidió');
    await go(beto.page, 'Compromisos');
    await openItem(beto.page, /Sigue tu uniforme/);
    const read = field(beto.page, 'Objetivo');
    await expect(read).toContainText('Lo que Ana escribió sin red.', soon);
    expect((await read.innerText()).match(/Lo que Ana escribió/g)).toHaveLength(1);
    await ana.page.reload();
    await expect(ana.page.getByRole('main')).toContainText('Llegó tarde y la facilitación lo pidió', soon);
    await ana.page.getByRole('button', { name: 'Quitar de esta lista' }).click();
    await expect(ana.page.getByRole('banner')).not.toContainText('otra vez');
    expect((await read.innerText()).match(/Lo que Ana escribió/g)).toHaveLength(1);
  });

  test('an author sends it again with one tap, also a new problem with what is in it', async ({ server, people }) => {
    test.setTimeout(120_000);
    const [facilitator, ana] = await Promise.all([people.laptop(), people.phone()]);
    const direct = (url: string) => url.replace(server.url, server.directUrl.replace('127.0.0.1', 'mesa.test'));
    await enter(facilitator, direct(server.demo.facilitator_url), 'Fabiola Cruz');
    await go(facilitator.page, 'Conducir');
    await enter(ana, server.demo.seats[0].url, 'Ana Ríos');
    await go(ana.page, 'Problemas');
    await allThere(ana.page);
    people.allow(networkComplaints);
    await server.proxy.cut();
    await expect(ana.page.getByRole('banner')).toContainText('Sin conexión', soon);
    await ana.page.getByRole('button', { name: 'Agregar problema' }).click();
    const title = ana.page.locator('textarea.field-control').first();
    if (!(await title.isVisible())) await ana.page.locator('button.field-open').first().click();
    await title.pressSequentially('Baches en la calle Hidalgo');
    await goTo(facilitator, 'Lectura');
    await server.proxy.pass();
    await expect(facilitator.page.getByRole('region', { name: '1 texto llegó tarde' })).toContainText('Ana Ríos · Problema nuevo', { timeout: 15_000 });
    await goTo(facilitator, 'Acuerdos');
    await expect(ana.page.getByRole('banner')).toContainText('Lo que llegó tarde se puede enviar otra vez', soon);
    await ana.page.getByRole('banner').getByRole('link', { name: 'Ver en Mis textos' }).click();
    await ana.page.getByRole('button', { name: 'Enviar otra vez' }).first().tap();
    await expect(ana.page.getByRole('button', { name: 'Enviar otra vez' })).toHaveCount(0);
    await expect(facilitator.page.getByRole('region', { name: /tarde/ })).toHaveCount(0, { timeout: 15_000 });
    await go(facilitator.page, 'Problemas');
    await expect(facilitator.page.getByRole('main').getByText('Baches en la calle Hidalgo')).toHaveCount(1, soon);
    await expect(ana.page.locator('.save').first()).toContainText('guardado', soon);
  });
});

test('a server that stood still says so at the desk, and nobody has left', async ({ server, people }) => {
  test.setTimeout(180_000);
  const [facilitator, ana, beto] = await Promise.all([people.laptop(), people.phone(), people.phone()]);
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola Cruz');
  await go(facilitator.page, 'Conducir');
  await enter(ana, server.demo.seats[0].url, 'Ana Ríos');
  await enter(beto, server.demo.seats[1].url, 'Beto Ruiz');
  await expect(facilitator.page.getByRole('heading', { name: 'Están aquí (3)' })).toBeVisible(soon);
  people.allow(networkComplaints);
  let opened = 0;
  let running = false;
  for (const person of [facilitator, ana, beto]) person.page.on('websocket', () => { opened += running ? 1 : 0; });
  process.kill(server.pid, 'SIGSTOP');
  try {
    // In the soak, longer than a page waits for a sign of life: all of them reconnect by themselves.
    await ana.page.waitForTimeout(process.env.MESA_SOAK ? 40_000 : 12_000);
    running = true;
  } finally {
    process.kill(server.pid, 'SIGCONT');
  }
  const main = facilitator.page.getByRole('main');
  await expect(main).toContainText(/El servidor estuvo detenido de \d\d:\d\d a \d\d:\d\d\./, { timeout: 20_000 });
  await expect(facilitator.page.getByRole('heading', { name: 'Están aquí (3)' })).toBeVisible({ timeout: 20_000 });
  await facilitator.page.waitForTimeout(10_000);
  expect(opened, 'connections that three pages opened within half a minute').toBeLessThanOrEqual(9);
  await expect(main).not.toContainText('se retiró');
  await expect(facilitator.page.getByRole('heading', { name: 'Están aquí (3)' })).toBeVisible();
  await facilitator.expectAccessible();
  await facilitator.page.getByRole('button', { name: 'Entendido' }).click();
  await expect(main).not.toContainText('estuvo detenido');
});
