// Every kind of page that the server renders, checked by the Nu HTML checker: one run for all.
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { Server } from '../support/server.ts';
import { expect, test } from '../support/test.ts';
import { ask, signedIn } from './signed_in.ts';

const checker = path.resolve(import.meta.dirname, '../../node_modules/vnu-jar/build/dist/vnu.jar');
const logo = path.resolve(import.meta.dirname, '../../server/tests/logo.png');

/** A page, its expected status, who asks for it (nobody by default) and what is posted. */
interface Wanted {
  name: string;
  url: string;
  status?: number;
  cookie?: string;
  form?: string;
}

interface Message {
  type: 'error' | 'info' | 'non-document-error';
  subType?: string;
  url: string;
  lastLine?: number;
  message: string;
  extract?: string;
}

test('the HTML checker finds no error on any page', async ({ server }, testInfo) => {
  const folder = testInfo.outputPath('pages');
  await fs.mkdir(folder, { recursive: true });
  await server.logo(1, logo, 'Ayuntamiento');
  const empty = await Server.start({ stage: 'empty', throughProxy: false, logs: testInfo.outputPath() });
  try {
    await collect(server, 'agreed', folder);
    await collect(empty, 'empty', folder);
  } finally {
    await empty.remove();
  }
  const pages = (await fs.readdir(folder)).sort();
  const { stdout } = await promisify(execFile)(
    'java',
    ['-jar', checker, '--format', 'json', '--stdout', '--exit-zero-always', ...pages.map((name) => path.join(folder, name))],
    { maxBuffer: 2 ** 28 },
  );
  const { messages } = JSON.parse(stdout) as { messages: Message[] };
  const said = messages.map(({ type, subType, url, lastLine, message, extract }) => `${path.basename(url)}:${lastLine} ${subType ?? type}: ${message} «${extract ?? ''}»`);
  for (const line of new Set(said)) console.log(`      ${line}`);
  console.log(`      ${pages.length} páginas revisadas.`);
  expect(messages.filter(({ type }) => type !== 'info').length, 'errors').toBe(0);
});

/** Writes each page to a file in the folder. */
async function collect(server: Server, stage: string, folder: string): Promise<void> {
  const { demo } = server;
  const mesa = `/ejercicio/${demo.mesa_id}`;
  const actor = await signedIn(server, demo.seats[0].url, 'Ana Robles');
  const facilitator = await signedIn(server, demo.facilitator_url, 'Fabiola');
  const link = async (list: string, kind: string) => {
    const { text } = await ask(server, list, { cookie: actor });
    return text.match(new RegExp(`href="(${mesa}/${kind}/[0-9a-f-]{36}(?:/actividad/[0-9a-f-]{36})?)"`))?.[1];
  };
  const problem = await link(`${mesa}/problemas`, 'problema');
  const commitment = await link(`${mesa}/compromisos`, 'compromiso');
  const activity = commitment && (await link(commitment, 'compromiso/[0-9a-f-]{36}/actividad'));
  const wanted: Wanted[] = [
    { name: 'home', url: '/' },
    { name: 'sign-in', url: '/entrar/cuenta' },
    { name: 'sign-in-refused', url: '/entrar/cuenta', form: 'correo=x&frase=', status: 422 },
    ...['', '/datos', '/mesa/1', '/mesa/nueva', '/actores', '/actores/1', '/actores/nueva', '/actores/pegar', '/tarjetas', '/secciones', '/aviso', '/logotipos', '/personas', '/solicitudes', '/archivo'].map((part) => ({
      name: `prepare${part.replaceAll('/', '-')}`,
      url: `/ejercicio/${demo.exercise_id}/preparar${part}`,
      cookie: facilitator,
    })),
    {
      name: 'prepare-pasted',
      url: `/ejercicio/${demo.exercise_id}/preparar/actores/pegar`,
      cookie: facilitator,
      form: `mira=si&lista=${encodeURIComponent('Organización\tSector\tTitular\tCorreo\nComité de <agua>\tgovierno\tAna\tana@example\n')}`,
    },
    { name: 'home-unknown-code', url: '/entrar', form: 'codigo=zzz', status: 404 },
    { name: 'code', url: '/entrar' },
    { name: 'door', url: demo.join_url },
    { name: 'door-refused', url: demo.join_url, form: 'nombre=', status: 422 },
    { name: 'link', url: '/enlace' },
    { name: 'door-seat', url: demo.seats[1].url },
    { name: 'door-facilitation', url: demo.facilitator_url },
    { name: 'privacy', url: `/aviso/${demo.mesa_id}` },
    { name: 'public', url: demo.public_url },
    { name: 'projector', url: demo.projector_url },
    { name: 'not-found', url: '/nada', status: 404 },
    { name: 'unknown-link', url: '/enlace/nada', status: 404 },
    { name: 'sign-in-first', url: mesa, status: 403 },
    { name: 'not-for-you', url: `${mesa}/conducir`, cookie: actor, status: 403 },
    { name: 'now', url: mesa, cookie: actor },
    { name: 'problems', url: `${mesa}/problemas`, cookie: actor },
    { name: 'commitments', url: `${mesa}/compromisos`, cookie: actor },
    { name: 'contribute', url: `${mesa}/aportar`, cookie: actor },
    { name: 'voice', url: `${mesa}/mi-voz`, cookie: actor },
    { name: 'texts', url: `${mesa}/textos`, cookie: actor },
    { name: 'attendance', url: `${mesa}/asistencia`, cookie: actor },
    { name: 'asking', url: `${mesa}/asistencia/solicitud`, cookie: actor },
    { name: 'asking-refused', url: `${mesa}/asistencia/solicitud`, cookie: actor, form: 'texto=', status: 422 },
    { name: 'asking-sent', url: `${mesa}/asistencia/solicitud`, cookie: actor, form: 'texto=Mi+nombre' },
    { name: 'now-facilitation', url: mesa, cookie: facilitator },
    { name: 'desk', url: `${mesa}/conducir`, cookie: facilitator },
    { name: 'clicker', url: `${mesa}/control`, cookie: facilitator },
    { name: 'projector-facilitation', url: `/proyector/${demo.mesa_id}`, cookie: facilitator },
  ];
  if (stage === 'agreed' && !(problem && commitment && activity)) throw new Error(`no sheet is linked: ${problem}, ${commitment}, ${activity}`);
  if (problem) {
    wanted.push({ name: 'problem', url: problem, cookie: actor }, { name: 'problem-facilitation', url: problem, cookie: facilitator });
    wanted.push({ name: 'contribute-about', url: `${mesa}/aportar/${problem.split('/').at(-1)}`, cookie: actor });
  }
  if (commitment) {
    wanted.push({ name: 'commitment', url: commitment, cookie: actor }, { name: 'commitment-facilitation', url: commitment, cookie: facilitator });
    // The history of its title.
    wanted.push({ name: 'history', url: `${mesa}/historia/${commitment.split('/').at(-1)}/title`, cookie: actor });
  }
  if (activity) wanted.push({ name: 'activity', url: activity, cookie: actor });
  for (const { name, url, status, cookie, form } of wanted) {
    const answer = await ask(server, url, { cookie, form });
    expect(answer.status, name).toBe(status ?? 200);
    await fs.writeFile(path.join(folder, `${stage}-${name}.html`), answer.text);
  }
}
