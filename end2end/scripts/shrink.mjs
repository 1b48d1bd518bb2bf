// Removes from wasm-bindgen's output what isn't needed here: the long names by which the module and its glue refer to each other (each ends
// in sixteen digits that no compression shortens), and the exports of classes for streams, which leptos includes and this program doesn't
// use.
import path from 'node:path';
import { build } from 'esbuild';

/** Exports that only the glue's unused classes call. */
const unused = /^(__wbg_)?intounderlying/;
/** Exports whose names end in a hash. */
const hashed = /^wasm_bindgen__convert/;

const IMPORTS = 2;
const EXPORTS = 7;

/** Reads a module's bytes from an offset. */
class Reader {
  constructor(bytes, at) {
    this.bytes = bytes;
    this.at = at;
  }
  byte() {
    return this.bytes[this.at++];
  }
  /** An unsigned LEB128 number. */
  number() {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = this.byte();
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
  }
  name() {
    const length = this.number();
    this.at += length;
    return this.bytes.toString('utf8', this.at - length, this.at);
  }
  /** Skips an import; returns its bytes. */
  imported() {
    const from = this.at;
    const kind = this.byte();
    const limits = () => {
      const flags = this.number();
      this.number();
      if (flags & 1) this.number();
    };
    if (kind === 0) this.number();
    else if (kind === 1) (this.byte(), limits());
    else if (kind === 2) limits();
    else if (kind === 3) this.at += 2;
    else throw new Error(`an import of kind ${kind}`);
    return this.bytes.subarray(from, this.at);
  }
  /** Skips an export; returns its bytes. */
  exported() {
    const from = this.at;
    this.byte();
    this.number();
    return this.bytes.subarray(from, this.at);
  }
}

const number = (value) => {
  const bytes = [];
  do {
    bytes.push((value & 0x7f) | (value > 0x7f ? 0x80 : 0));
    value >>>= 7;
  } while (value > 0);
  return Buffer.from(bytes);
};
const named = (text) => Buffer.concat([number(Buffer.byteLength(text)), Buffer.from(text)]);
const section = (id, entries) => {
  const body = Buffer.concat([number(entries.length), ...entries]);
  return Buffer.concat([Buffer.from([id]), number(body.length), body]);
};

/** The module with short names, and the map from the long ones. */
export const shortened = (wasm) => {
  const names = new Map();
  const short = (long) => {
    if (!names.has(long)) names.set(long, `n${names.size.toString(36)}`);
    return names.get(long);
  };
  const parts = [wasm.subarray(0, 8)];
  const reader = new Reader(wasm, 8);
  while (reader.at < wasm.length) {
    const from = reader.at;
    const id = reader.byte();
    const size = reader.number();
    const end = reader.at + size;
    if (id === IMPORTS) {
      const imports = Array.from({ length: reader.number() }, () => Buffer.concat([named(reader.name()), named(short(reader.name())), reader.imported()]));
      parts.push(section(id, imports));
    } else if (id === EXPORTS) {
      const exports = Array.from({ length: reader.number() }, () => [reader.name(), reader.exported()]);
      const kept = exports.filter(([name]) => !unused.test(name));
      parts.push(section(id, kept.map(([name, what]) => Buffer.concat([named(hashed.test(name) ? short(name) : name), what]))));
    } else {
      parts.push(wasm.subarray(from, end));
    }
    reader.at = end;
  }
  return { wasm: Buffer.concat(parts), names };
};

/** The glue with the same short names, and only the exports that a page uses. */
export const glue = async (file, names) => {
  const rename = {
    name: 'names',
    setup: ({ onLoad }) =>
      onLoad({ filter: /\.js$/ }, async ({ path: from }) => {
        const { readFile } = await import('node:fs/promises');
        const text = await readFile(from, 'utf8');
        return { contents: text.replace(/[A-Za-z_$][\w$]*/g, (word) => names.get(word) ?? word), loader: 'js' };
      }),
  };
  const { outputFiles } = await build({
    stdin: { contents: `export { default, start } from './${path.basename(file)}';`, resolveDir: path.dirname(file) },
    bundle: true,
    format: 'esm',
    minify: true,
    target: ['chrome99', 'firefox97', 'safari15.4'],
    legalComments: 'none',
    // The splitter's script is imported once for each part.
    logOverride: { 'duplicate-object-key': 'silent' },
    plugins: [rename],
    write: false,
  });
  return outputFiles[0].text;
};
