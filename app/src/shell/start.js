const [js, wasm, ...parts] = document.querySelector('meta[name=mesa-program]').content.split(' ');
const pause = (ms) => new Promise((next) => setTimeout(next, ms));
const shown = new Promise((next) => requestAnimationFrame(() => setTimeout(next)));
if (!document.hidden) await Promise.race([pause(1000), shown]);
for (const href of [wasm, ...parts]) {
  document.head.append(Object.assign(document.createElement('link'), { rel: 'preload', as: 'fetch', crossOrigin: 'anonymous', href }));
}
const failure = document.getElementById('fallo');
let program;
for (let tries = 0; !program; tries += 1) {
  try {
    const loaded = await import(tries ? `${js}?${tries}` : js);
    await loaded.default({ module_or_path: wasm });
    program = loaded;
    failure.hidden = true;
  } catch {
    if (failure.hidden) failure.textContent = failure.dataset.missing;
    failure.hidden = false;
    await pause(5000);
  }
}
await pause(0);
program.start();
navigator.serviceWorker?.register('/sw.js');
