// Bytes on the wire for a new device, as in a venue: plain http, where browsers accept gzip and no brotli.
import fs from 'node:fs';
import path from 'node:path';
import type { LaunchOptions } from '@playwright/test';
import { enter } from '../support/mesa.ts';
import type { Device, Person } from '../support/people.ts';
import { site } from '../support/process.ts';
import { expect, type Server, test } from '../support/test.ts';
import { type Load, newcomer, Wire } from './newcomer.ts';

/** A visit: what the person does until their screen is live, and the most that it may weigh, in KiB. */
interface Visit {
  name: string;
  device: Device;
  limit?: number;
  come: (person: Person, address: (url: string) => string, wire: Wire, server: Server) => Promise<void>;
}

/** Through the door, as slowly as a name is typed: what the door prefetches is there by then. */
const throughTheDoor = (link: (server: Server) => string): Visit['come'] => async (person, address, wire, server) => {
  await person.visit(address(link(server)));
  await expect.poll(() => wire.all().some((load) => kind(load) === 'módulo')).toBe(true);
  await wire.quiet();
  await enter(person, person.page.url(), 'Ana Robles', 'Vecinas de El Dorado');
};

const visits: Visit[] = [
  { name: 'teléfono, de la puerta a Ahora', device: 'phone', limit: 492, come: throughTheDoor((server) => server.demo.join_url) },
  { name: 'seguidor, página pública', device: 'phone', limit: 568, come: (person, address, _, server) => person.visit(address(server.demo.public_url)) },
  { name: 'proyector', device: 'projector', come: (person, address, _, server) => person.visit(address(server.demo.projector_url)) },
  { name: 'facilitación, de la puerta a Conducir', device: 'laptop', limit: 757, come: throughTheDoor((server) => server.demo.facilitator_url) },
];

const kib = (bytes: number) => `${(bytes / 1024).toFixed(1)} KiB`;

/** Its kind, by its name. */
function kind({ path: name }: Load): string {
  if (name === '/ws') return 'conexión';
  const ending = path.extname(name).slice(1);
  return { wasm: 'módulo', js: 'script', css: 'estilo', woff2: 'letra' }[ending] ?? (ending ? 'otros' : 'páginas');
}

/** One visit at this host name; prints what was loaded, and returns it. */
async function weigh(visit: Visit, host: string, server: Server, launchOptions: LaunchOptions): Promise<Load[]> {
  return newcomer(visit.device, launchOptions, async (person) => {
    const wire = await Wire.of(person.page);
    const socket = person.page.waitForEvent('websocket').then((opened) => opened.waitForEvent('framereceived'));
    await visit.come(person, (url) => url.replace('mesa.test', host), wire, server);
    await socket;
    await wire.quiet();
    // What only the page's other screens need is requested once this one is live.
    const later = await person.page.evaluate(() => {
      const named = (what: string) => document.querySelector<HTMLMetaElement>(`meta[name="mesa-${what}"]`)?.content.split(' ') ?? [];
      return named('parts').filter((file) => !named('program').includes(file));
    });
    const loads = wire.all().filter((load) => !later.includes(load.path));
    const sums = new Map<string, number>();
    for (const load of loads) sums.set(kind(load), (sums.get(kind(load)) ?? 0) + load.bytes);
    const bytes = loads.reduce((sum, load) => sum + load.bytes, 0);
    const parts = [...sums].map(([what, bytes]) => `${what} ${kib(bytes)}`).join(', ');
    const limit = visit.limit && host === 'mesa.test' ? `, hasta ${visit.limit}` : '';
    console.log(`      ${visit.name}, http://${host}: ${kib(bytes)} (${bytes} bytes${limit}): ${parts}`);
    return loads;
  });
}

for (const visit of visits) {
  test(`${visit.name}: ${visit.limit ? `hasta ${visit.limit} KiB` : 'cuánto pesa'}`, async ({ server, launchOptions }) => {
    const loads = await weigh(visit, 'mesa.test', server, launchOptions);
    const came = loads.filter(({ bytes }) => bytes > 0);
    const modules = came.filter((load) => kind(load) === 'módulo');
    // Precompressed; otherwise what is counted here isn't what a phone gets.
    expect(modules.length).toBeGreaterThan(0);
    for (const { path: name, coding, bytes } of modules) {
      expect(coding, name).toBe('gzip');
      const kept = fs.statSync(path.join(site, `${name}.gz`)).size;
      expect(bytes, name).toBeGreaterThan(kept);
      expect(bytes, name).toBeLessThan(kept + 1024);
    }
    const plain = came.filter((load) => /\.(js|css|svg)$/.test(load.path) && load.coding !== 'gzip');
    expect(plain, 'what came as it is').toEqual([]);
    // Nothing is loaded twice.
    const files = came.filter(({ path }) => path.startsWith('/pkg/')).map(({ path }) => path);
    expect(files).toEqual([...new Set(files)]);
    const total = loads.reduce((sum, { bytes }) => sum + bytes, 0);
    if (visit.limit) expect(total, `bytes of ${visit.name}`).toBeLessThanOrEqual(visit.limit * 1024);
  });
}

// Over https browsers accept brotli; for localhost they do the same.
test('lo mismo donde el navegador acepta brotli', async ({ server, launchOptions }) => {
  for (const visit of visits) {
    const loads = await weigh(visit, 'localhost', server, launchOptions);
    const codings = loads.filter((load) => kind(load) === 'módulo' && load.bytes > 0).map(({ coding }) => coding);
    expect([...new Set(codings)]).toEqual(['br']);
  }
});
