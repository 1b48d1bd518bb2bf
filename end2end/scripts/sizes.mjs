// Says what a browser downloads on its first visit, without the page itself: node sizes.mjs SITE [LIMIT]
// With a limit, in KiB, it ends with 1 when what a phone at the table needs is larger.
import fs from 'node:fs';
import path from 'node:path';

const [site, limit] = process.argv.slice(2);
const pkg = path.join(site, 'pkg');
const manifest = JSON.parse(fs.readFileSync(path.join(pkg, 'manifest.json'), 'utf8'));
const kib = (bytes) => `${(bytes / 1024).toFixed(1).padStart(8)} KiB`;
const size = (name) => {
  const compressed = path.join(pkg, `${name}.br`);
  return fs.statSync(fs.existsSync(compressed) ? compressed : path.join(pkg, name)).size;
};

const say = (title, { js, wasm }) => {
  const files = { js, wasm, css: manifest.css };
  const total = Object.values(files).reduce((sum, name) => sum + size(name), 0);
  console.log(`${title}, con brotli, sin la página ni la letra (${kib(size(manifest.font)).trim()}):`);
  for (const [kind, name] of Object.entries(files)) console.log(`  ${kind.padEnd(6)}${kib(size(name))}   ${name}`);
  console.log(`  ${'total'.padEnd(6)}${kib(total)}`);
  return total;
};

say('Computadora, proyector y página pública', manifest);
const phone = say('Teléfono en la mesa', manifest.phone);
if (limit !== undefined && phone > Number(limit) * 1024) {
  console.error(`Error: un teléfono baja${kib(phone)} y el límite son ${limit} KiB.`);
  process.exit(1);
}
