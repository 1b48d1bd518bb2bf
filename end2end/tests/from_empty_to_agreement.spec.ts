// A whole mesa, from an empty exercise to an agreement that meets its quota, as its people live it.
import type { Page } from '@playwright/test';
import { enter, expectState, field, go, leaveEditor, openField, write } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, live, networkComplaints, type Person, test } from '../support/test.ts';

test.use({ stage: 'empty' });
test.setTimeout(420_000);

const problems = [
  'No se sabe cuánto costó cada uniforme escolar',
  'El cloro del agua se publica con tres meses de retraso',
  'No hay un solo lugar con las estancias de cuidado',
  'Diecisiete tiraderos en las barrancas',
  'Peleas y acoso en doce secundarias',
  'Hornos ladrilleros que queman llanta',
  'Banquetas que no dejan pasar una silla de ruedas',
  'La obra pública no se puede comparar',
];

const commitments = [
  {
    title: 'Sigue tu uniforme',
    category: 'Seguimiento del dinero',
    activities: [
      { text: 'Inventario de contratos 2024-26', post: 'Dirección de Programas', due: '2026-10-30' },
      { text: 'Licitación, fallo y contrato en datos abiertos', post: 'Oficialía Mayor', due: '2027-01-15' },
      { text: 'Mapa de entregas por escuela', post: 'Dirección de Programas', due: '2027-03-31' },
      { text: 'Primer recorrido de verificación en 20 escuelas', post: 'Contraloría del Estado', due: '2027-04-30' },
      { text: 'Segundo recorrido', post: 'Contraloría del Estado', due: '2027-08-31' },
      { text: 'Informe ciudadano en sesión pública', post: 'Colectivo de Madres y Padres', due: '2027-09-20' },
    ],
  },
  {
    title: 'Agua limpia a la vista',
    category: 'Alineado al plan nacional',
    activities: [
      { text: 'Formato y puntos de muestreo acordados', post: 'Dirección de Calidad del Agua', due: '2026-11-13' },
      { text: '28 personas de 14 comités capacitadas', post: 'Dirección de Calidad del Agua', due: '2027-01-29' },
      { text: 'Primera publicación por localidad', post: 'Unidad de Transparencia', due: '2027-02-26' },
      { text: 'Protocolo de aviso fuera de norma', post: 'Dirección Técnica', due: '2027-04-30' },
      { text: 'Sexta publicación mensual', post: 'Unidad de Transparencia', due: '2027-07-30' },
      { text: 'Rendición de cuentas en 3 cabeceras', post: 'Dirección General', due: '2027-09-15' },
    ],
  },
  {
    title: 'Mapa abierto de cuidados',
    category: 'Alineado al plan nacional',
    activities: [
      { text: 'Directorio único', post: 'Coordinación de Cuidados', due: '2026-12-18' },
      { text: 'Versión móvil e impresa', post: 'Unidad de Informática', due: '2027-02-26' },
      { text: 'Consulta a 300 personas', post: 'Universidad Estatal', due: '2027-04-30' },
      { text: 'Propuesta de dos horarios extendidos con costo', post: 'Coordinación de Cuidados', due: '2027-06-30' },
      { text: 'Respuesta razonada', post: 'Dirección General', due: '2027-08-31' },
    ],
  },
  {
    title: 'Barrancas sin basura',
    category: 'Problema local',
    activities: [
      { text: 'Censo georreferenciado', post: 'Jefatura de Limpia', due: '2026-10-30' },
      { text: 'Ruta piloto en 3 colonias', post: 'Jefatura de Limpia', due: '2027-01-15' },
      { text: 'Comités vecinales', post: 'Participación Ciudadana', due: '2027-01-29' },
      { text: 'Cierre y señalización de 9 tiraderos', post: 'Dirección de Servicios Públicos', due: '2027-06-30' },
      { text: 'Reporte anual de toneladas', post: 'Jefatura de Limpia', due: '2027-07-15' },
    ],
  },
  {
    title: 'Secundarias en paz',
    category: 'Problema local',
    activities: [
      { text: 'Formato único de registro', post: 'Dirección de Secundarias', due: '2026-11-13' },
      { text: 'Diagnóstico en 12 planteles', post: 'Dirección de Secundarias', due: '2027-01-29' },
      { text: 'Comité por plantel', post: 'Supervisión Escolar', due: '2027-02-26' },
      { text: 'Taller a 120 docentes', post: 'Formación Docente', due: '2027-04-30' },
      { text: 'Cifras agregadas comparadas con 2024-25', post: 'Unidad de Planeación', due: '2027-07-15' },
    ],
  },
];

async function changePhase(facilitator: Person, name: string): Promise<void> {
  await go(facilitator.page, 'Conducir');
  await facilitator.page.locator('.phase').filter({ hasText: name }).click();
  await facilitator.page.getByRole('button', { name: 'Sí, pasar' }).click();
  await expect(facilitator.page.locator('.phase').filter({ hasText: name })).toHaveAttribute('aria-current', 'step');
}

async function addProblem(page: Page, title: string): Promise<void> {
  await go(page, 'Problemas');
  await page.getByRole('button', { name: 'Agregar problema' }).click();
  await write(page, 'El problema, en una frase', title);
  await leaveEditor(page);
  await expectState(page, 'El problema, en una frase', 'guardado');
}

async function contribute(page: Page, about: string, text: string): Promise<void> {
  await go(page, 'Problemas');
  await page.getByRole('link', { name: new RegExp(about) }).click();
  await page.getByRole('link', { name: 'Aportar' }).click();
  await page.getByRole('radio', { name: /^Aportación/ }).check();
  await page.getByLabel('Escríbelo con tus palabras').fill(text);
  await page.getByRole('button', { name: 'Enviar' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: text })).toContainText('guardado');
}

async function addCommitment(page: Page, title: string, problem: number): Promise<void> {
  await go(page, 'Compromisos');
  await page.getByRole('button', { name: 'Agregar compromiso' }).click();
  await write(page, 'Nombre del compromiso', title);
  await leaveEditor(page);
  await expectState(page, 'Nombre del compromiso', 'guardado');
  await field(page, 'Problemas que atiende').locator('button.field-open').click();
  await field(page, 'Problemas que atiende').getByRole('checkbox').nth(problem).check();
  await expectState(page, 'Problemas que atiende', 'guardado');
}

async function setCategory(page: Page, name: string): Promise<void> {
  const list = await openField(page, 'Categoría');
  await list.selectOption({ label: name });
  await expectState(page, 'Categoría', 'guardado');
}

async function addActivity(page: Page, { text, post, due }: (typeof commitments)[0]['activities'][0]): Promise<void> {
  const commitment = page.url();
  await page.getByRole('button', { name: 'Agregar actividad' }).click();
  await expect(page).toHaveURL(/actividad/);
  await write(page, 'Qué se hará', text);
  await leaveEditor(page);
  const whose = await openField(page, 'Puesto responsable');
  await whose.fill(post);
  await whose.press('Enter');
  const when = await openField(page, 'Fecha límite');
  await when.fill(due);
  await when.press('Tab');
  await expectState(page, 'Fecha límite', 'guardado');
  await expectState(page, 'Qué se hará', 'guardado');
  await page.goto(commitment);
  await live(page);
}

test('from an empty exercise to an agreement that meets its quota', async ({ server, people }) => {
  const [facilitator, projector, follower] = await Promise.all([people.laptop(), people.projector(), people.laptop()]);
  const phones = await Promise.all([0, 1, 2, 3, 4].map(() => people.phone()));
  await enter(facilitator, server.demo.facilitator_url, 'Fabiola');
  await projector.visit(server.demo.projector_url);
  await follower.visit(server.demo.public_url);
  await Promise.all(phones.map((phone, index) => enter(phone, server.demo.seats[index].url, `Persona ${index + 1}`)));

  // Introduction: everyone sees the mesa's phase. Then the diagnosis.
  await changePhase(facilitator, 'Introducción');
  for (const person of [...phones, projector]) await expect(person.page.getByText('Introducción').first()).toBeVisible();
  await changePhase(facilitator, 'Análisis');
  await addProblem(facilitator.page, problems[0]);
  for (const first of [1, 5]) {
    await Promise.all(problems.slice(first, first + (first === 1 ? 4 : 3)).map((title, index) => addProblem(phones[index].page, title)));
  }
  await expect(follower.page.getByRole('main')).toContainText(problems[7]);

  await contribute(phones[4].page, problems[0], 'También faltan los zapatos escolares.');
  await go(facilitator.page, 'Problemas');
  await facilitator.page.getByRole('link', { name: new RegExp(problems[0]) }).click();
  const said = facilitator.page.getByRole('listitem').filter({ hasText: 'También faltan los zapatos' });
  await said.getByRole('button', { name: 'Responder' }).click();
  await said.getByRole('radio', { name: 'Incorporada en parte' }).check();
  await said.getByLabel('La razón').fill('Entran los contratos de 2026.');
  await said.getByRole('button', { name: 'Guardar la respuesta' }).click();
  await go(phones[4].page, 'Mi voz');
  await expect(phones[4].page.getByRole('main')).toContainText('Entran los contratos de 2026.');

  // Agreements: five phones write a commitment each; the server is killed in the middle.
  await changePhase(facilitator, 'Acuerdos');
  await Promise.all(phones.map((phone, index) => addCommitment(phone.page, commitments[index].title, index)));
  people.allow(networkComplaints);
  await server.kill9();
  await server.restart();
  await Promise.all(phones.slice(0, 4).map((phone, index) => setCategory(phone.page, commitments[index].category)));
  const boards = [facilitator, projector, follower].map((person) => person.page.locator('.quota-sentence').first());
  await go(facilitator.page, 'Conducir');
  for (const board of boards) await expect(board).toContainText('Falta 1 local', within(15_000));
  await setCategory(phones[4].page, commitments[4].category);
  for (const board of boards) await expect(board).toHaveText('Cuota completa');
  await Promise.all(
    phones.map(async (phone, index) => {
      for (const activity of commitments[index].activities) await addActivity(phone.page, activity);
    }),
  );

  // Reload every screen: the same text everywhere.
  for (const person of [facilitator, projector, follower, ...phones]) {
    await person.page.reload();
    await live(person.page);
  }
  await go(facilitator.page, 'Compromisos');
  for (const person of [facilitator, follower]) {
    for (const { title } of commitments) await expect(person.page.getByRole('main')).toContainText(title);
  }
  for (const [index, phone] of phones.entries()) {
    const { title, activities } = commitments[index];
    await expect(field(phone.page, 'Nombre del compromiso')).toContainText(title);
    for (const { text } of activities) {
      await expect(phone.page.getByRole('main')).toContainText(text);
      await expect(follower.page.getByRole('main')).toContainText(text);
    }
  }
  await expect(projector.page.getByRole('main')).toContainText(commitments[0].title);
  await go(facilitator.page, 'Conducir');
  await expect(facilitator.page.locator('.quota-sentence').first()).toHaveText('Cuota completa');
  // Nothing is in the way of the read-out any more.
  await changePhase(facilitator, 'Lectura');
  await expect(phones[0].page.getByRole('banner')).toContainText('Lectura');
});
