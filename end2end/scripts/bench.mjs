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
  ['max_ms', 'most, ms'],
  ['lost', 'lost'],
  ['doubled', 'doubled'],
  ['diverged', 'screens that differ'],
  ['bytes_per_edit_receiver', 'bytes per edit and receiver'],
  ['server_cpu_percent', 'CPU of the server, % of one core'],
  ['server_rss_kib', 'memory of the server, KiB'],
];
// Field, label, and the target; more is better where that begins with ≥.
const correct = [
  ['lost', 'lost', '0'],
  ['doubled', 'doubled', '0'],
  ['diverged', 'texts or screens that differ', '0'],
];
const others = {
  'join-storm': [
    '60 phones come within 10 s',
    ['usable_after_last_ms', 'all can write after the last one comes, ms', '≤ 5000'],
    ['usable_p50_ms', 'from coming to the first edit kept, p50, ms'],
    ['usable_max_ms', 'the same, most, ms'],
    ['page_kib', 'page and program, KiB per phone'],
  ],
  'offline-room': [
    'The whole room 30 s without network, writing',
    ['back_in_ms', 'all connected after the network is back, ms'],
    ['converged_ms', 'all show what was written without network, ms', '≤ 4000'],
    ['offline_edits', 'edits before the return'],
    ['p99_after_ms', 'p99 from 5 s after the return, ms'],
  ],
  'offline-return': [
    '60 come back with 200 edits each',
    ['back_in_ms', 'all connected after the network is back, ms'],
    ['converged_ms', 'all show what was written without network, ms'],
    ['offline_edits', 'edits without network'],
    ['commands', 'commands that carried them'],
  ],
  history: [
    'A history that grows',
    ['edits', 'earlier edits'],
    ['cost_ratio', 'CPU per edit, after all over after 100', '≤ 1.2'],
    ['cpu_few_us', 'CPU per edit after 100, µs'],
    ['cpu_many_us', 'CPU per edit after all, µs'],
    ['p50_few_ms', 'p50 after 100, ms'],
    ['p50_many_ms', 'p50 after all, ms'],
    ['late_join_ms', 'coming in after 5 000, hello to welcome, ms', '≤ 2'],
    ['late_join_whole_ms', 'coming in after 5 000, opening the connection included, ms', '≤ 2'],
    ['late_join_kib', 'coming in after 5 000, KiB uncompressed', '≤ 15'],
    ['very_late_join_kib', 'coming in after all, KiB uncompressed'],
  ],
  rendering: [
    'Ten editors, twenty followers, and documents set one after the other beside them',
    ['ratio', 'p99 beside documents over p99 without', '≤ 1.2'],
    ['p99_alone_ms', 'p99 without, ms'],
    ['p99_beside_ms', 'p99 beside them, ms'],
    ['p50_alone_ms', 'p50 without, ms'],
    ['p50_beside_ms', 'p50 beside them, ms'],
    ['documents', 'documents set meanwhile'],
    ['document_ms', 'one of them, ms'],
  ],
  kill: [
    'kill -9 while people write, four times a run',
    ['acknowledged', 'edits acknowledged'],
    ['unacknowledged', 'not acknowledged when all die'],
    ['listening_ms', 'the slowest start until it answers, ms', '≤ 1000'],
    ['back_in_ms', 'all back after the start, ms'],
  ],
  followers: [
    '20 editors and ever more followers',
    ['held', 'followers with p99 < 250 ms', '≥ 18000'],
    ['p99_held_ms', 'p99 with them, ms'],
    ['cpu_held_percent', 'CPU of the server with them, % of one core'],
    ['tried', 'followers in the last step'],
    ['p99_tried_ms', 'p99 in the last step, ms'],
    ['tool_tried_percent', 'CPU of the tool in it, % of one core'],
    ['kib_per_follower_1000', 'memory per follower with 1 000, KiB', '≤ 10'],
    ['kib_per_follower', 'memory per follower with the most, KiB', '≤ 10'],
  ],
  'slow-readers': [
    '60 + 200, and 20 who read 1 kB/s, 20 who stop reading, 20 who never end their request',
    ['p99_alone_ms', 'p99 of the others without them, ms'],
    ['p99_beside_ms', 'p99 of the others with them, ms'],
    ['wait_ratio', 'the second over the first', '≤ 1.5'],
    ['resynced', 'times that readers of 1 kB/s were brought up to date'],
    ['slow_gone', 'readers of 1 kB/s, let go'],
    ['stopped_gone', 'who stop reading, let go', '≥ 20'],
    ['stopped_gone_s', 'the last of them, after, s'],
    ['loris_gone', 'who never end their request, let go', '≥ 20'],
    ['loris_gone_s', 'the last of them, after, s'],
    ['kib_each', 'memory of the server for each, KiB'],
  ],
};

/** Modes in a browser, where nothing can be lost or doubled. */
// Measured by browsers, and by tests: nothing can get lost in them.
const browsers = {
  document: [
    'Eight commitments, forty activities, sixteen signers as PDF, by a process of its own',
    ['plan_ms', 'from asking for it until it is there, ms', '≤ 500'],
    ['blank_ms', 'a blank page by the same engine in the same way, ms'],
    ['ratio', 'the plan over the blank page'],
    ['process_ms', 'the plan in a process that has set others, ms'],
    ['pages', 'pages'],
  ],
  slow: [
    'Fresh Chromium, 1.6 Mbit/s, 150 ms, CPU at a quarter; http',
    ['door_text_ms', 'the door: first text, ms', '≤ 1500'],
    ['door_inside_ms', 'from asking for the door to writing inside, entering at once, ms'],
    ['phone_text_ms', 'a commitment: first text, ms', '≤ 1500'],
    ['phone_edit_ms', 'a commitment: a long text open for writing, ms', '≤ 5000'],
    ['follower_text_ms', 'public page: first text, ms', '≤ 1500'],
    ['follower_live_ms', 'public page: live, ms', '≤ 5000'],
  ],
  lighthouse: [
    'Lighthouse, phone, http',
    ['machine', 'how much this machine does, by Lighthouse (with other work beside it the rest does not count)', '≥ 1000'],
    ...[
      ['door', 'door'],
      ['public', 'public page'],
      ['now', '*Ahora*'],
    ].flatMap(([page, label]) => [
      [`${page}_performance`, `${label}: performance`, '≥ 95'],
      [`${page}_accessibility`, `${label}: accessibility`, '≥ 100'],
      [`${page}_best_practices`, `${label}: best practices`],
      [`${page}_without_http`, `${label}: best practices, without what only https can have`, '≥ 100'],
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
let commit = 'unknown';
try {
  commit = git('rev-parse', '--short', 'HEAD') + (git('status', '--porcelain') ? ' with changes' : '');
} catch {
  // A copy of the sources without its history has no commit to name.
}

const read = (name) => {
  const file = path.join(folder, `${name}.results`);
  // There is no file when no run had a result.
  const lines = fs.existsSync(file) ? fs.readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
  return lines.map((line) => JSON.parse(line));
};
const results = new Map([...sizes, ...modes.filter((mode) => mode !== 'steady'), ...(modes.includes('mesas') ? ['exercises'] : [])].map((name) => [name, read(name)]));
const cell = (name, field, target = '') => {
  const values = results.get(name).map((line) => line[field]).filter((value) => typeof value === 'number');
  const worst = target.startsWith('≥') ? Math.min(...values) : Math.max(...values);
  return values.length ? `${short(median(values))} (${short(worst)})` : '–';
};

const runs = Math.max(...[...results.values()].map((lines) => lines.length));
const cpu = os.cpus();
console.log(`${cpu[0].model.trim()}, ${cpu.length} cores, ${Math.round(os.totalmem() / 2 ** 30)} GiB, Linux ${os.release()}; commit ${commit}.`);
console.log(`Server on core 0, load on core 1; median (worst) of ${runs}.`);
if (sizes.length) {
  console.log(`\nEditors + followers, ${seconds} s at 2 edits per second and editor:\n`);
  console.log(`| | ${sizes.map((size) => `${size.replace(':', ' + ')}`).join(' | ')} |`);
  console.log(`|---|${sizes.map(() => '---:').join('|')}|`);
  for (const [field, label] of steady) {
    console.log(`| ${label} | ${sizes.map((size) => cell(size, field)).join(' | ')} |`);
  }
}
if (modes.includes('mesas')) {
  console.log(`\nThree times 60 + 200 at once, ${seconds} s at 1 edit per second and editor, of each of the three (one server for the mesas, three for the exercises):\n`);
  console.log('| | three mesas of one exercise | three exercises |\n|---|---:|---:|');
  for (const [field, label] of steady) {
    console.log(`| ${label} | ${cell('mesas', field)} | ${cell('exercises', field)} |`);
  }
}
for (const mode of modes.filter((one) => one !== 'steady' && one !== 'mesas')) {
  const [title, ...figures] = browsers[mode] ?? [...others[mode], ...correct];
  console.log(`\n| ${title} | median (worst) | target |`);
  console.log('|---|---:|---:|');
  for (const [field, label, target = ''] of figures) {
    console.log(`| ${label} | ${cell(mode, field, target)} | ${target} |`);
  }
}
