// The tables of make bench: node bench.mjs FOLDER SECONDS "MODE…" "SIZE…"; FOLDER/<mode or size>.results has one JSON line for
// each run.
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const [folder, seconds, ...lists] = process.argv.slice(2);
const [modes, allSizes] = lists.map((list) => list.split(' ').filter(Boolean));
const sizes = modes.includes('steady') ? allSizes : [];
const steady = [
  ['p50_ms', 'p50, ms'],
  ['p95_ms', 'p95, ms'],
  ['p99_ms', 'p99, ms'],
  ['max_ms', 'máximo, ms'],
  ['lost', 'perdidas'],
  ['doubled', 'dobles'],
  ['diverged', 'pantallas distintas'],
  ['bytes_per_edit_receiver', 'bytes por edición y receptor'],
  ['server_cpu_percent', 'CPU del servidor, % de un núcleo'],
  ['server_rss_kib', 'memoria del servidor, KiB'],
];
// Field, label, and what it should come to; more is better where that begins with ≥.
const correct = [
  ['lost', 'perdidas', '0'],
  ['doubled', 'dobles', '0'],
  ['diverged', 'textos o pantallas distintos', '0'],
];
const others = {
  'join-storm': [
    '60 teléfonos llegan en 10 s',
    ['usable_after_last_ms', 'todos pueden escribir tras llegar el último, ms', '≤ 5000'],
    ['usable_p50_ms', 'de llegar a la primera edición guardada, p50, ms'],
    ['usable_max_ms', 'lo mismo, máximo, ms'],
    ['page_kib', 'página y programa, KiB por teléfono'],
  ],
  'offline-room': [
    'Toda la sala 30 s sin red, escribiendo',
    ['back_in_ms', 'todos conectados tras volver la red, ms'],
    ['converged_ms', 'todos muestran lo escrito sin red, ms', '≤ 4000'],
    ['offline_edits', 'ediciones antes de volver'],
    ['p99_after_ms', 'p99 pasados 5 s de volver, ms'],
  ],
  'offline-return': [
    '60 vuelven con 200 ediciones cada quien',
    ['back_in_ms', 'todos conectados tras volver la red, ms'],
    ['converged_ms', 'todos muestran lo escrito sin red, ms'],
    ['offline_edits', 'ediciones sin red'],
    ['commands', 'órdenes en que viajaron'],
  ],
  history: [
    'Historia que crece',
    ['edits', 'ediciones previas'],
    ['cost_ratio', 'CPU por edición, tras todas entre tras 100', '≤ 1.2'],
    ['cpu_few_us', 'CPU por edición tras 100, µs'],
    ['cpu_many_us', 'CPU por edición tras todas, µs'],
    ['p50_few_ms', 'p50 tras 100, ms'],
    ['p50_many_ms', 'p50 tras todas, ms'],
    ['late_join_ms', 'llegar tras 5 000, de saludo a bienvenida, ms', '≤ 2'],
    ['late_join_whole_ms', 'llegar tras 5 000, con abrir la conexión, ms', '≤ 2'],
    ['late_join_kib', 'llegar tras 5 000, KiB sin comprimir', '≤ 15'],
    ['very_late_join_kib', 'llegar tras todas, KiB sin comprimir'],
  ],
  kill: [
    'kill -9 a media escritura, cuatro veces cada corrida',
    ['acknowledged', 'ediciones confirmadas'],
    ['unacknowledged', 'sin confirmar al morir todos'],
    ['listening_ms', 'el arranque más lento, hasta contestar, ms', '≤ 1000'],
    ['back_in_ms', 'todos de vuelta tras el arranque, ms'],
  ],
  followers: [
    '20 editores y cada vez más seguidores',
    ['held', 'seguidores con p99 < 250 ms', '≥ 18000'],
    ['p99_held_ms', 'p99 con ellos, ms'],
    ['cpu_held_percent', 'CPU del servidor con ellos, % de un núcleo'],
    ['tried', 'seguidores en la última prueba'],
    ['p99_tried_ms', 'p99 en la última prueba, ms'],
    ['tool_tried_percent', 'CPU de la herramienta en ella, % de un núcleo'],
    ['kib_per_follower_1000', 'memoria por seguidor con 1 000, KiB', '≤ 10'],
    ['kib_per_follower', 'memoria por seguidor con los más, KiB', '≤ 10'],
  ],
  'slow-readers': [
    '60 + 200, y 20 que leen 1 kB/s, 20 que dejan de leer, 20 que no acaban de pedir',
    ['p99_alone_ms', 'p99 de los demás sin ellos, ms'],
    ['p99_beside_ms', 'p99 de los demás con ellos, ms'],
    ['wait_ratio', 'lo segundo entre lo primero', '≤ 1.5'],
    ['resynced', 'veces que se puso al día a quien lee 1 kB/s'],
    ['slow_gone', 'de 1 kB/s, despedidos'],
    ['stopped_gone', 'que dejan de leer, despedidos', '≥ 20'],
    ['stopped_gone_s', 'el último, a los, s'],
    ['loris_gone', 'que no acaban de pedir, despedidos', '≥ 20'],
    ['loris_gone_s', 'el último, a los, s'],
    ['kib_each', 'memoria del servidor por cada uno, KiB'],
  ],
};

/** Modes in a browser, where nothing can be lost or doubled. */
const browsers = {
  slow: [
    'Chromium nuevo, 1.6 Mbit/s, 150 ms, CPU a un cuarto; http',
    ['door_text_ms', 'la puerta: primer texto, ms', '≤ 1500'],
    ['door_inside_ms', 'de pedir la puerta a poder escribir adentro, entrando en seguida, ms'],
    ['phone_text_ms', 'un compromiso: primer texto, ms', '≤ 1500'],
    ['phone_edit_ms', 'un compromiso: un texto largo abierto para escribir, ms', '≤ 5000'],
    ['follower_text_ms', 'página pública: primer texto, ms', '≤ 1500'],
    ['follower_live_ms', 'página pública: en vivo, ms', '≤ 5000'],
  ],
  lighthouse: [
    'Lighthouse, teléfono, http',
    ['machine', 'cuánto hace esta máquina, según Lighthouse (con otro trabajo al lado no vale lo demás)', '≥ 1000'],
    ...[
      ['door', 'la puerta'],
      ['public', 'página pública'],
      ['now', 'Ahora'],
    ].flatMap(([page, label]) => [
      [`${page}_performance`, `${label}: rendimiento`, '≥ 95'],
      [`${page}_accessibility`, `${label}: accesibilidad`, '≥ 100'],
      [`${page}_best_practices`, `${label}: buenas prácticas`],
      [`${page}_without_http`, `${label}: buenas prácticas, sin contar lo que pide https`, '≥ 100'],
    ]),
  ],
};

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

const read = (name) => {
  const file = path.join(folder, `${name}.results`);
  // Where no run came to a result there is none.
  const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  return lines.map((line) => JSON.parse(line));
};
const results = new Map([...sizes, ...modes.filter((mode) => mode !== 'steady')].map((name) => [name, read(name)]));
const cell = (name, field, target = '') => {
  const values = results.get(name).map((line) => line[field]).filter((value) => typeof value === 'number');
  const worst = target.startsWith('≥') ? Math.min(...values) : Math.max(...values);
  return values.length ? `${short(median(values))} (${short(worst)})` : '–';
};

const runs = Math.max(...[...results.values()].map((lines) => lines.length));
const cpu = os.cpus();
console.log(`${cpu[0].model.trim()}, ${cpu.length} núcleos, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Linux ${os.release()}; commit ${commit}.`);
console.log(`Servidor en el núcleo 0, carga en el 1; mediana (peor) de ${runs}.`);
if (sizes.length) {
  console.log(`\nEditores + seguidores, ${seconds} s a 2 ediciones por segundo y editor:\n`);
  console.log(`| | ${sizes.map((size) => `${size.replace(':', ' + ')}`).join(' | ')} |`);
  console.log(`|---|${sizes.map(() => '---:').join('|')}|`);
  for (const [field, label] of steady) {
    console.log(`| ${label} | ${sizes.map((size) => cell(size, field)).join(' | ')} |`);
  }
}
for (const mode of modes.filter((one) => one !== 'steady')) {
  const [title, ...figures] = browsers[mode] ?? [...others[mode], ...correct];
  console.log(`\n| ${title} | mediana (peor) | meta |`);
  console.log('|---|---:|---:|');
  for (const [field, label, target = ''] of figures) {
    console.log(`| ${label} | ${cell(mode, field, target)} | ${target} |`);
  }
}
