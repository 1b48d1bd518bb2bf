// The table of make bench: node bench.mjs FOLDER SECONDS SIZE…; FOLDER/<size>.results has one JSON line for each run.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const [folder, seconds, ...sizes] = process.argv.slice(2);
const figures = [
  ['p50_ms', 'p50, ms'],
  ['p95_ms', 'p95, ms'],
  ['p99_ms', 'p99, ms'],
  ['max_ms', 'máximo, ms'],
  ['lost', 'perdidas'],
  ['doubled', 'dobles'],
  ['bytes_per_edit_receiver', 'bytes por edición y receptor'],
  ['server_cpu_percent', 'CPU del servidor, % de un núcleo'],
  ['server_rss_kib', 'memoria del servidor, KiB'],
];

const git = (...args) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
const short = (value) => (Number.isInteger(value) ? String(value) : value.toFixed(value < 10 ? 2 : 1));
const median = (values) => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};
let commit = 'sin commit';
try {
  commit = git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain') ? ' con cambios' : '');
} catch {
  // A copy of the sources without its history has no commit to name.
}

const results = new Map(
  sizes.map((size) => {
    const lines = fs.readFileSync(path.join(folder, `${size}.results`), 'utf8').trim().split('\n');
    return [size, lines.map((line) => JSON.parse(line))];
  }),
);
const runs = Math.max(...[...results.values()].map((lines) => lines.length));
const cpu = os.cpus();
console.log(`${cpu[0].model.trim()}, ${cpu.length} núcleos, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Linux ${os.release()}; commit ${commit}.`);
console.log(`Servidor en el núcleo 0, carga en el 1; ${seconds} s a 2 ediciones por segundo y editor; mediana (peor) de ${runs}.\n`);
console.log(`| | ${sizes.map((size) => `${size.replace(':', ' + ')}`).join(' | ')} |`);
console.log(`|---|${sizes.map(() => '---:').join('|')}|`);
for (const [field, label] of figures) {
  const cells = sizes.map((size) => {
    const values = results.get(size).map((line) => line[field]).filter((value) => typeof value === 'number');
    return values.length ? `${short(median(values))} (${short(Math.max(...values))})` : '–';
  });
  console.log(`| ${label} | ${cells.join(' | ')} |`);
}
