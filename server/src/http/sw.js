// Lets a page of a mesa open without a network, where the browser allows it (https, or the machine itself): the built files, and
// each mesa's page as it was last loaded. What was typed isn't here: the page finds it where it kept it.
const FILES = 'files';
const PAGES = 'pages';
/** How long the network may take before what is kept is shown, in milliseconds. */
const PATIENCE = 4000;

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(begin()));
addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === 'navigate' && request.method === 'POST' && pathname === '/salir') {
    event.waitUntil(caches.delete(PAGES));
  } else if (request.mode === 'navigate' && request.method === 'GET' && nameOf(pathname)) {
    event.respondWith(page(event, nameOf(pathname)));
  } else if (request.method === 'GET' && isFile(pathname)) {
    event.respondWith(file(request));
  }
});

/** The page that was open when this came was loaded without it. */
async function begin() {
  await clients.claim();
  for (const { url } of await clients.matchAll()) {
    if (nameOf(new URL(url).pathname)) await keep(await fetch(url));
  }
}

/** What a mesa's page is kept as, whichever of its screens is asked for. */
function nameOf(pathname) {
  return pathname.match(/^\/(mesa|publica)\/[0-9a-f-]{36}(?=\/|$)/)?.[0];
}

function isFile(pathname) {
  return /^\/(pkg|fonts)\/|^\/favicon\.svg$/.test(pathname);
}

async function page(event, name) {
  const kept = await (await caches.open(PAGES)).match(name);
  const fetched = fetch(event.request);
  event.waitUntil(fetched.then((answer) => keep(answer.clone(), name)).catch(() => {}));
  if (!kept) return fetched;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  return Promise.race([fetched.catch(() => kept), late]);
}

/** Keeps a page, the files that kept pages name, and no others. */
async function keep(answer, name) {
  const pages = await caches.open(PAGES);
  const keptAs = answer.headers.get('x-kept-as');
  if (!keptAs) {
    // Nobody is let in any more.
    if (answer.status === 403) await pages.delete(name);
    return;
  }
  const files = await caches.open(FILES);
  const held = new Set((await files.keys()).map(({ url }) => url));
  await Promise.all(filesOf(await answer.clone().text()).filter((url) => !held.has(url)).map((url) => files.add(url)));
  await pages.put(keptAs, answer);
  const texts = await Promise.all((await pages.keys()).map(async (request) => (await pages.match(request)).text()));
  const named = new Set(texts.flatMap(filesOf));
  await Promise.all([...held].filter((url) => !named.has(url)).map((url) => files.delete(url)));
}

function filesOf(text) {
  const found = text.matchAll(/\/(?:pkg|fonts)\/[\w.-]+|\/favicon\.svg/g);
  return [...new Set([...found].map(([path]) => new URL(path, location.origin).href))];
}

async function file(request) {
  return (await (await caches.open(FILES)).match(request)) ?? fetch(request);
}
