// Not a test: a screenshot of every screen, to be looked at. `make screenshots` writes them to target/screenshots.
import path from 'node:path';
import type { BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import { openField } from '../support/mesa.ts';
import { expect, live, type Server, test } from '../support/test.ts';
import { signedIn, sizes, take } from './support.ts';

/** The viewer of a screen, and its address. `{…}` stands for an id or a whole address of the sample exercise. */
interface Screen {
  name: string;
  as: 'nobody' | 'actor' | 'facilitator';
  address: string;
  /** What is done there before the screenshot. */
  first?: (page: Page) => Promise<unknown>;
}

const screens: Screen[] = [
  { name: 'home', as: 'nobody', address: '/' },
  { name: 'door', as: 'nobody', address: '{join}' },
  { name: 'privacy', as: 'nobody', address: '/aviso/{mesa}' },
  { name: 'public', as: 'nobody', address: '{public}' },
  { name: 'projector', as: 'nobody', address: '{projector}' },
  { name: 'now', as: 'actor', address: '/ejercicio/{mesa}' },
  { name: 'problems', as: 'actor', address: '/ejercicio/{mesa}/problemas' },
  { name: 'problem', as: 'actor', address: '{first problem}' },
  { name: 'problem-about', as: 'actor', address: '{about}' },
  { name: 'commitments', as: 'actor', address: '/ejercicio/{mesa}/compromisos' },
  { name: 'commitment', as: 'actor', address: '{first commitment}' },
  { name: 'commitment-editor', as: 'actor', address: '{first commitment}', first: (page) => openField(page, 'Objetivo') },
  { name: 'activity', as: 'actor', address: '{first activity}' },
  { name: 'activity-date', as: 'actor', address: '{first activity}', first: (page) => openField(page, 'Fecha límite') },
  { name: 'contribute', as: 'actor', address: '/ejercicio/{mesa}/aportar' },
  { name: 'voice', as: 'actor', address: '/ejercicio/{mesa}/mi-voz' },
  { name: 'attendance', as: 'actor', address: '/ejercicio/{mesa}/asistencia' },
  { name: 'asking', as: 'actor', address: '/ejercicio/{mesa}/asistencia/solicitud' },
  { name: 'tray', as: 'actor', address: '/ejercicio/{mesa}/textos' },
  { name: 'clicker', as: 'facilitator', address: '/ejercicio/{mesa}/control' },
  { name: 'desk', as: 'facilitator', address: '/ejercicio/{mesa}/conducir' },
  {
    name: 'desk-question',
    as: 'facilitator',
    address: '/ejercicio/{mesa}/conducir',
    first: (page) => page.getByRole('button', { name: 'Pasar a: Lectura' }).or(page.getByRole('button', { name: /Lectura/ })).first().click(),
  },
  { name: 'nowhere', as: 'nobody', address: '/ejercicio/{mesa}' },
];

/** Screens that are also taken without a connection. */
const offline = ['now', 'commitment', 'projector'];

test.use({ throughProxy: true });
test.setTimeout(10 * 60_000);

for (const [size, viewport] of Object.entries(sizes)) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test(`${size} ${colorScheme}`, async ({ server, browser, locale, timezoneId }) => {
      const settings: BrowserContextOptions = { baseURL: server.url, locale, timezoneId, viewport, colorScheme };
      const contexts = {
        nobody: await browser.newContext(settings),
        actor: await signedIn(browser, settings, server.demo.seats[3].url, 'Ana Robles'),
        facilitator: await signedIn(browser, settings, server.demo.facilitator_url, 'Fabiola Ruiz'),
      };
      await server.logo(1, path.resolve(import.meta.dirname, '../../server/tests/logo.png'), 'Municipio de Valle Hondo');
      const ids = await addresses(contexts.actor, server);
      for (const screen of screens) {
        const page = await contexts[screen.as].newPage();
        await page.goto(screen.address.replace(/\{([^}]+)\}/g, (_, name: string) => ids[name]));
        await live(page);
        await screen.first?.(page);
        await take(page, `${screen.name}-${size}-${colorScheme}`);
        if (offline.includes(screen.name)) {
          await server.proxy.cut();
          await page.waitForTimeout(4_500);
          await take(page, `${screen.name}-${size}-${colorScheme}-offline`);
          await server.proxy.pass();
        }
        await page.close();
      }
      await Promise.all(Object.values(contexts).map((context) => context.close()));
    });
  }
}

/** Addresses and ids in the sample exercise. */
async function addresses(context: BrowserContext, server: Server): Promise<Record<string, string>> {
  const mesa = server.demo.mesa_id;
  const first = async (list: string) => {
    const page = await context.newPage();
    await page.goto(list);
    const link = page.locator('ol.rows a').first();
    await expect(link).toBeVisible();
    const href = await link.getAttribute('href');
    await page.close();
    return href ?? '/';
  };
  const [problem, commitment] = [await first(`/ejercicio/${mesa}/problemas`), await first(`/ejercicio/${mesa}/compromisos`)];
  return {
    mesa,
    join: server.demo.join_url,
    public: server.demo.public_url,
    projector: server.demo.projector_url,
    about: problem.replace('/problema/', '/aportar/'),
    'first problem': problem,
    'first commitment': commitment,
    'first activity': await first(commitment),
  };
}
