// Calculates the SHA-256 (FIPS 180-4) of the chosen file, piece by piece so that the page stays alive, and goes to its answer. The file stays here.
const K = new Uint32Array(64), H = new Uint32Array(8);
for (let n = 2, i = 0; i < 64; n += 1) {
  let prime = true;
  for (let d = 2; d * d <= n; d += 1) if (n % d === 0) prime = false;
  if (!prime) continue;
  const fraction = (root) => ((root - Math.floor(root)) * 2 ** 32) >>> 0;
  if (i < 8) H[i] = fraction(Math.sqrt(n));
  K[i] = fraction(Math.cbrt(n));
  i += 1;
}
const w = new Uint32Array(64);
const turn = (x, n) => (x >>> n) | (x << (32 - n));
const block = (state, view, at) => {
  for (let i = 0; i < 16; i += 1) w[i] = view.getUint32(at + 4 * i);
  for (let i = 16; i < 64; i += 1) {
    const a = w[i - 15], b = w[i - 2];
    w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
  }
  let [a, b, c, d, e, f, g, h] = state;
  for (let i = 0; i < 64; i += 1) {
    const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + K[i] + w[i]) | 0;
    const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
  }
  [a, b, c, d, e, f, g, h].forEach((part, i) => { state[i] += part; });
};
const STEP = 1 << 20;
const hash = async (file) => {
  const state = H.slice();
  for (let from = 0; ; from += STEP) {
    let bytes = new Uint8Array(await file.slice(from, from + STEP).arrayBuffer());
    const last = from + STEP > file.size;
    if (last) {
      const padded = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
      padded.set(bytes);
      padded[bytes.length] = 128;
      const end = new DataView(padded.buffer), bits = file.size * 8;
      end.setUint32(padded.length - 8, Math.floor(bits / 2 ** 32));
      end.setUint32(padded.length - 4, bits >>> 0);
      bytes = padded;
    }
    const view = new DataView(bytes.buffer);
    for (let at = 0; at < bytes.length; at += 64) block(state, view, at);
    if (last) return Array.from(state, (part) => part.toString(16).padStart(8, '0')).join('');
  }
};
const field = document.getElementById('archivo'), said = document.getElementById('leyendo');
const { to } = document.getElementById('sumar').dataset;
document.getElementById('elegir').hidden = false;
field.addEventListener('change', async () => {
  const file = field.files[0];
  if (!file) return;
  said.textContent = said.dataset.reading;
  try {
    const digest = await hash(file);
    if (file === field.files[0]) location.assign(`${to}?sha256=${digest}`);
  } catch {
    said.textContent = said.dataset.unreadable;
  }
});
addEventListener('pageshow', () => { said.textContent = ''; });
