// Turns the compiled frontend, style and style/assets into a site whose files carry a hash of their content,
// each beside its gzip and brotli forms, and a manifest that names them. Not for assets that people upload.
//
//   node site.mjs FRONTEND.wasm SITE
//
// SITE/pkg/mesa.<hash>.{js,wasm}, SITE/pkg/<part>.<hash>.wasm, SITE/pkg/{main,phone,prepare,public}.<hash>.css, SITE/pkg/<font>.<hash>.woff2,
// SITE/pkg/manifest.json; files of style/assets outside fonts/ also land in SITE under their own name. What was already built from
// the same input isn't built again.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import { bundle } from 'lightningcss';
import { glue, shortened } from './shrink.mjs';

const [wasmPath, site] = process.argv.slice(2);
const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const pkg = path.join(site, 'pkg');
const assets = path.join(root, 'style/assets');

// The oldest browsers that can run the site: they support cascade layers and WASM reference types.
const version = (major, minor = 0) => (major << 16) | (minor << 8);
const targets = { chrome: version(99), firefox: version(97), safari: version(15, 4), ios_saf: version(15, 4) };

const hashOf = (...parts) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest('hex').slice(0, 12);
};

const run = (program, args, options = { stdio: ['ignore', 'inherit', 'inherit'] }) => {
  const done = spawnSync(program, args, options);
  if (done.error) throw done.error;
  if (done.status !== 0) throw new Error(`${path.basename(program)} terminó con ${done.status ?? done.signal}`);
  return done.stdout;
};

/** The output of a program for an input. */
const output = (program, args, input) => run(program, args, { input, maxBuffer: 2 ** 28, stdio: ['pipe', 'pipe', 'inherit'] });

// Brotli is for https; over plain http browsers accept gzip, for which libdeflate saves 4 % more than zlib.
const brotli = (bytes) => zlib.brotliCompressSync(bytes, { params: { [zlib.constants.BROTLI_PARAM_QUALITY]: 11 } });
const gzip = (bytes) => output('libdeflate-gzip', ['-12', '-c'], bytes);
const forms = { '.br': brotli, '.gz': gzip };

const filesUnder = (folder) =>
  fs.existsSync(folder)
    ? fs
        .readdirSync(folder, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => path.relative(folder, path.join(entry.parentPath ?? entry.path, entry.name)))
        .sort()
    : [];

/** The module's name in its glue before files get names with a hash. */
const MODULE = 'mesa_bg.wasm';
const SPLITTER = '__wasm_split.js';

/** The JS glue, the WASM module and its parts; from the cache if the same input was packed before. */
const packFrontend = async () => {
  const input = fs.readFileSync(wasmPath);
  const read = (name) => fs.readFileSync(path.join(root, name));
  const tools = [process.env.WASM_BINDGEN, process.env.WASM_SPLIT, ...['end2end/scripts/site.mjs', 'end2end/scripts/shrink.mjs', 'package-lock.json'].map(read)];
  const store = path.join(process.env.CARGO_TARGET_DIR, 'site-cache');
  const folder = path.join(store, hashOf(...tools, input));
  if (!fs.existsSync(folder)) {
    const work = `${folder}.${process.pid}`;
    fs.mkdirSync(work, { recursive: true });
    run(process.env.WASM_SPLIT, ['--out-name', 'mesa', wasmPath, work]);
    const whole = path.join(work, 'mesa.wasm');
    run(process.env.WASM_BINDGEN, [
      ...['--target', 'web', '--no-typescript', '--keep-lld-exports', '--no-demangle', '--out-name', 'mesa', '--out-dir', work],
      ...['--remove-name-section', '--remove-producers-section'],
      whole,
    ]);
    fs.rmSync(whole);
    const module = path.join(work, MODULE);
    const script = path.join(work, 'mesa.js');
    fs.writeFileSync(path.join(work, 'parts.json'), JSON.stringify(partsIn(fs.readFileSync(path.join(work, SPLITTER), 'utf8'))));
    const { wasm, names } = shortened(fs.readFileSync(module));
    fs.writeFileSync(module, wasm);
    fs.writeFileSync(script, await glue(script, names));
    console.log('      Reduciendo el tamaño del WASM…');
    for (const file of filesUnder(work).filter((name) => name.endsWith('.wasm'))) {
      const built = path.join(work, file);
      optimize(built);
      for (const [suffix, compress] of Object.entries(forms)) fs.writeFileSync(`${built}${suffix}`, compress(fs.readFileSync(built)));
    }
    fs.renameSync(work, folder);
    forgetOld(store, 10);
  }
  const now = new Date();
  fs.utimesSync(folder, now, now);
  return folder;
};

/** Optimises a module for size. */
const optimize = (file) => {
  const done = spawnSync(process.execPath, [
    path.join(root, 'node_modules/binaryen/bin/wasm-opt'),
    // The features that rustc's wasm32-unknown-unknown enables by default.
    ...['bulk-memory', 'mutable-globals', 'sign-ext', 'nontrapping-float-to-int', 'reference-types', 'multivalue'].map((feature) => `--enable-${feature}`),
    // Nothing is stored in the first kilobyte: rustc puts the stack there, which ends long before.
    ...['-Oz', '--low-memory-unused', '--strip-debug', '--strip-producers', '--strip-target-features', file, '-o', file],
  ]);
  // It warns about each name that it removes.
  if (done.status !== 0) throw new Error(`wasm-opt: ${done.error ?? done.stderr}`);
};

/** The files that each part needs: its own, and those with code that several parts share. From the script that loads them. */
const partsIn = (script) => {
  const file = '\\.\\/([\\w-]+\\.wasm)';
  const shared = new Map();
  for (const [, name, of] of script.matchAll(new RegExp(`const (__chunk_\\d+) = makeLoad\\([^;]*?${file}`, 'g'))) shared.set(name, of);
  const parts = {};
  for (const [, name, loader, needs] of script.matchAll(/export const __wasm_split_load_(\w+) = wrapAsyncCb\(makeLoad\(([\s\S]*?), \[([^\]]*)\]\)\);/g)) {
    const own = loader.match(new RegExp(file));
    parts[name] = [...needs.split(', ').filter(Boolean).map((chunk) => shared.get(chunk)), ...(own ? [own[1]] : [])];
  }
  return parts;
};

/** Keeps only the newest folders of the cache. */
const forgetOld = (store, keep) => {
  const folders = fs.readdirSync(store).map((name) => path.join(store, name));
  folders.sort((a, b) => fs.statSync(b).mtimeMs - fs.statSync(a).mtimeMs);
  for (const folder of folders.slice(keep)) fs.rmSync(folder, { recursive: true });
};

const kept = new Set();

/** Writes a file of the site unless it is unchanged: an untouched file doesn't make cargo build the server again. */
const put = (name, bytes) => {
  const file = path.join(site, name);
  kept.add(path.normalize(name));
  if (fs.existsSync(file) && fs.readFileSync(file).equals(Buffer.from(bytes))) return;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(`${file}.new`, bytes);
  fs.renameSync(`${file}.new`, file);
};

/** Writes a file with its compressed forms; `packed` has those that were made before. */
const putCompressed = (name, bytes, packed) => {
  put(name, bytes);
  for (const [suffix, compress] of Object.entries(forms)) {
    const sibling = `${name}${suffix}`;
    if (packed) put(sibling, packed(suffix));
    // The name contains the hash of the content.
    else if (isHashed(name) && fs.existsSync(path.join(site, sibling))) kept.add(path.normalize(sibling));
    else put(sibling, compress(Buffer.from(bytes)));
  }
};

const isHashed = (name) => /\.[0-9a-f]{12}\.\w+$/.test(name);

const hashedName = (file, bytes) => {
  const { name, ext } = path.parse(file);
  return `${name}.${hashOf(bytes)}${ext}`;
};

// Assets: fonts and files that the style refers to get a hashed name in pkg; the rest keep their names.
const hashedAssets = new Map();
const putHashedAsset = (name) => {
  if (!hashedAssets.has(name)) {
    const bytes = fs.readFileSync(path.join(assets, name));
    hashedAssets.set(name, hashedName(name, bytes));
    put(`pkg/${hashedAssets.get(name)}`, bytes);
  }
  return hashedAssets.get(name);
};
const allAssets = filesUnder(assets);
for (const name of allAssets) {
  if (name.endsWith('.woff2')) putHashedAsset(name);
  else putCompressed(name.startsWith('fonts/') ? `pkg/${path.basename(name)}` : name, fs.readFileSync(path.join(assets, name)));
}

/** Writes a style sheet; returns its name. */
const putStyle = (name) => {
  let css;
  try {
    css = bundle({
      filename: path.join(root, `style/${name}.css`),
      minify: true,
      targets,
      visitor: {
        Url({ url, loc }) {
          if (/^(data:|https?:|#)/.test(url)) return { url, loc };
          const asset = allAssets.find((name) => url.replace(/[?#].*$/, '').replace(/^[./]*(assets\/)?/, '') === name);
          if (!asset) throw new Error(`style: url(${url}) no está en style/assets`);
          return { url: putHashedAsset(asset), loc };
        },
      },
    }).code;
  } catch (error) {
    const where = error.loc ? ` (${path.relative(root, error.fileName)}:${error.loc.line})` : '';
    console.error(`Error en el estilo${where}: ${error.message}`);
    process.exit(1);
  }
  const hashed = hashedName(`${name}.css`, css);
  putCompressed(`pkg/${hashed}`, css);
  return hashed;
};

/** Writes the program; returns its names. */
const putProgram = async () => {
  const frontend = await packFrontend();
  const built = (name) => fs.readFileSync(path.join(frontend, name));
  const names = new Map();
  for (const file of filesUnder(frontend).filter((name) => name.endsWith('.wasm'))) {
    const wasm = built(file);
    names.set(file, hashedName(file === MODULE ? 'mesa.wasm' : file, wasm));
    putCompressed(`pkg/${names.get(file)}`, wasm, (suffix) => built(`${file}${suffix}`));
  }
  // The glue fetches parts by name, and has the module's path for callers that don't pass it.
  const js = built('mesa.js').toString().replace(/[\w-]+\.wasm/g, (name) => names.get(name) ?? name);
  const jsName = hashedName('mesa.js', js);
  putCompressed(`pkg/${jsName}`, js);
  for (const snippet of filesUnder(path.join(frontend, 'snippets'))) putCompressed(`pkg/snippets/${snippet}`, built(`snippets/${snippet}`));
  const parts = Object.entries(JSON.parse(built('parts.json'))).map(([part, files]) => [part, files.map((file) => names.get(file))]);
  return { js: jsName, wasm: names.get(MODULE), parts: Object.fromEntries(parts) };
};

const manifest = {
  ...(await putProgram()),
  css: putStyle('main'),
  phone_css: putStyle('phone'),
  prepare_css: putStyle('prepare'),
  public_css: putStyle('public'),
  font: hashedAssets.get('fonts/atkinson.woff2'),
};
put('pkg/manifest.json', `${JSON.stringify(manifest, null, 2)}\n`);

// Open tabs load parts of the build that they came with: a release keeps the builds of the last week, at most three.
const generationsFile = path.join(site, 'pkg/generations.json');
const week = 7 * 24 * 60 * 60 * 1000;
const earlier = fs.existsSync(generationsFile) ? JSON.parse(fs.readFileSync(generationsFile, 'utf8')) : [];
// The previous build is replaced now; the others have the time at which they were replaced.
if (earlier.length > 0) earlier[0].until = Date.now();
const current = [...kept].filter((name) => /\.[0-9a-f]{12}\.(js|wasm|css)(\.(br|gz))?$/.test(name)).sort();
const isCurrent = (generation) => JSON.stringify(generation.files) === JSON.stringify(current);
const older = earlier.filter((generation) => !isCurrent(generation) && Date.now() - generation.until < week).slice(0, 2);
const generations = [{ until: Date.now(), files: current }, ...older];
for (const name of older.flatMap((generation) => generation.files)) kept.add(name);
// Written only when something changed, or cargo would build the server again.
if (earlier.length !== generations.length || !isCurrent(earlier[0] ?? {})) put('pkg/generations.json', `${JSON.stringify(generations)}\n`);
kept.add('pkg/generations.json');

// Only now, so that a server reading this folder always finds the files that the manifest names.
for (const name of filesUnder(site)) if (!kept.has(path.normalize(name))) fs.rmSync(path.join(site, name));
