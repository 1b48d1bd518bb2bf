// Walks a phone's first visit as a browser does, and says what came over the wire: node first-visit.mjs MESA SITE [LIMIT]
//
// From the code on the wall to the first screen at a table with the whole sample: the door, the page, style, script and
// module, as the server sends them to who takes brotli. The letter (font) is told apart: the page reads without it. With a
// limit, in KiB, it ends with 1 when the sum is larger.
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const [mesa, site, limit] = process.argv.slice(2);
const data = fs.mkdtempSync(path.join(os.tmpdir(), 'mesa-abierta-visit-'));
const port = await new Promise((resolve) => {
  const probe = net.createServer().listen(0, '127.0.0.1', () => {
    const { port } = probe.address();
    probe.close(() => resolve(port));
  });
});
const base = `http://127.0.0.1:${port}`;

/** One request; the body as it came over the wire. */
const ask = (address, { form, cookie } = {}) =>
  new Promise((resolve, reject) => {
    const headers = { 'accept-encoding': 'br', ...(cookie ? { cookie } : {}) };
    if (form) Object.assign(headers, { 'content-type': 'application/x-www-form-urlencoded', origin: base });
    const request = http.request(new URL(address, base), { method: form ? 'POST' : 'GET', headers }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part));
      response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(parts) }));
    });
    request.on('error', reject);
    request.end(form);
  });

const { brotliDecompressSync } = await import('node:zlib');
const text = ({ headers, body }) => (headers['content-encoding'] === 'br' ? brotliDecompressSync(body) : body).toString();
const expectStatus = (answer, wanted, what) => {
  if (answer.status !== wanted) throw new Error(`${what}: ${answer.status} en vez de ${wanted}`);
  return answer;
};

let server;
try {
  const demo = JSON.parse(execFileSync(mesa, ['demo', '--data', data, '--stage', 'agreed', '--json', '--url', base], { encoding: 'utf8' }));
  server = spawn(mesa, ['serve', '--data', data, '--addr', `127.0.0.1:${port}`], { env: { ...process.env, MESA_SITE: site }, stdio: 'ignore' });
  for (let attempt = 0; ; attempt += 1) {
    if (await ask('/healthz').then(({ status }) => status === 200, () => false)) break;
    if (attempt > 400) throw new Error('el servidor no contesta');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }

  const door = expectStatus(await ask(demo.join_url), 200, 'la puerta');
  const entered = expectStatus(await ask(demo.join_url, { form: 'nombre=Ana&organizacion=Vecinas' }), 303, 'entrar');
  const cookie = entered.headers['set-cookie'].map((one) => one.split(';')[0]).join('; ');
  const page = expectStatus(await ask(entered.headers.location, { cookie }), 200, 'la página');
  const html = text(page);
  const found = (pattern, what) => {
    const match = pattern.exec(html);
    if (!match) throw new Error(`la página no nombra ${what}`);
    return match[1];
  };
  const names = {
    estilo: found(/rel="stylesheet" href="([^"]+)"/, 'el estilo'),
    script: found(/rel="modulepreload" href="([^"]+)"/, 'el script'),
    módulo: found(/href="([^"]+\.wasm)"/, 'el módulo'),
  };
  const rows = [
    ['puerta', door.body.length],
    ['página', page.body.length],
  ];
  for (const [what, name] of Object.entries(names)) rows.push([what, expectStatus(await ask(name), 200, name).body.length]);
  const font = expectStatus(await ask(found(/href="([^"]+\.woff2)"/, 'la letra')), 200, 'la letra').body.length;

  const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
  const total = rows.reduce((sum, [, bytes]) => sum + bytes, 0);
  for (const [what, bytes] of [...rows, ['total', total]]) console.log(`  ${what.padEnd(8)}${kib(bytes).padStart(12)}`);
  console.log(`Primera visita de un teléfono: ${kib(total)} con brotli (y ${kib(font)} de letra).`);
  if (limit !== undefined && total > Number(limit) * 1024) {
    console.error(`Error: el límite son ${limit} KiB.`);
    process.exitCode = 1;
  }
} finally {
  server?.kill('SIGKILL');
  fs.rmSync(data, { recursive: true, force: true });
}
