// Says what a phone downloads on its first visit, without the page itself: node sizes.mjs SITE
import fs from 'node:fs';
import path from 'node:path';

const pkg = path.join(process.argv[2], 'pkg');
const manifestPath = path.join(pkg, 'manifest.json');
if (!fs.existsSync(manifestPath)) {
  console.log('Sin sitio de la versión final en este clon (se hace con make run): no hay tamaños que medir.');
  process.exit(0);
}
const manifest = JSON.parse(fs.readFileSync(manifestPath, 'utf8'));
const kib = (bytes) => `${(bytes / 1024).toFixed(1).padStart(8)} KiB`;
let total = 0;
for (const [kind, name] of Object.entries(manifest)) {
  const compressed = path.join(pkg, `${name}.br`);
  const bytes = fs.statSync(fs.existsSync(compressed) ? compressed : path.join(pkg, name)).size;
  total += bytes;
  console.log(`${kind.padEnd(6)}${kib(bytes)}   ${name}`);
}
console.log(`${'total'.padEnd(6)}${kib(total)}   con brotli, sin la página`);
