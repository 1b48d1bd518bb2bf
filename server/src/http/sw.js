// Lets a mesa's page open without a network, where the browser allows it (https, or the machine itself): it caches the built files, and
// each mesa's page as it was last loaded. What was typed isn't here: the page keeps that itself.
const FILES = 'files';
const PAGES = 'pages';
/** How long to wait for the network before the cached copy is used, in milliseconds. */
const PATIENCE = 4000;
/** How long a page is kept, in milliseconds: what was redacted meanwhile isn't to stay on devices for good. */
const AGE = 3 * 24 * 3600 * 1000;
/** Most cached pages. */
const MOST = 4;
/** Incremented when someone joins or leaves: responses to earlier requests aren't cached any more. */
let turn = 0;

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => {
  // Pages wait for this, so the rest is done beside it.
  event.waitUntil(clients.claim());
  keepOpenPages().catch(() => {});
});
addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (origin !== location.origin) return;
  if (request.mode === 'navigate' && request.method === 'POST') {
    // The cache may hold another person's pages.
    turn += 1;
    event.waitUntil(caches.delete(PAGES));
  } else if (request.mode === 'navigate' && nameOf(pathname)) {
    event.respondWith(page(event, nameOf(pathname)));
  } else if (request.method === 'GET' && isBuilt(pathname)) {
    event.respondWith(file(request));
  }
});

/** Caches the pages that were open when this worker was installed: they were loaded without it. */
async function keepOpenPages() {
  for (const { url } of await clients.matchAll({ includeUncontrolled: true })) {
    const now = turn;
    if (nameOf(new URL(url).pathname)) await keep(await fetch(url, { signal: AbortSignal.timeout(30_000) }), now);
  }
}

/** The cache key of a mesa's page, the same for all its screens, or of an exercise's public page; nothing for pages that only the server can render. */
function nameOf(pathname) {
  if (/\/(historia|asistencia)(\/|$)/.test(pathname)) return undefined;
  return pathname.match(/^\/(?:ejercicio\/[0-9a-f-]{36}\/mesa\/[0-9]+|publica\/[0-9a-f-]{36})(?=\/|$)/)?.[0];
}

/** A built file, whose name contains the hash of its content. */
function isBuilt(pathname) {
  return /^\/pkg\/[\w-]+\.[0-9a-f]{8,}\.\w+$/.test(pathname);
}

async function page(event, name) {
  const now = turn;
  const kept = await young(await (await caches.open(PAGES)).match(name));
  const fetched = fetch(event.request);
  event.waitUntil(fetched.then((answer) => keep(answer.clone(), now)).catch(() => {}));
  if (!kept) return fetched;
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
  // A server error, as while it starts, counts as no network.
  return Promise.race([fetched.then((answer) => (answer.status < 500 ? answer : kept), () => kept), late]);
}

function young(answer) {
  return answer && Date.now() - Date.parse(answer.headers.get('date')) < AGE ? answer : undefined;
}

/** Caches a page and the files that the cached pages name, and removes everything else. */
async function keep(answer, then) {
  const keptAs = answer.ok && answer.headers.get('x-kept-as');
  if (!keptAs) return;
  const files = await caches.open(FILES);
  const held = new Set((await files.keys()).map(({ url }) => url));
  // An address that fails isn't a file of ours: people write addresses too.
  const missing = filesOf(await answer.clone().text()).filter((url) => !held.has(url));
  await Promise.allSettled(missing.map((url) => files.add(url)));
  const pages = await caches.open(PAGES);
  if (then !== turn) return;
  await pages.put(keptAs, answer);
  await forgetOld(pages, new URL(keptAs, location.origin).href);
  const texts = await Promise.all((await pages.keys()).map(async (request) => (await pages.match(request))?.text()));
  const named = new Set(texts.flatMap((text) => filesOf(text ?? '')));
  await Promise.all([...held].filter((url) => !named.has(url)).map((url) => files.delete(url)));
  if (then !== turn) await caches.delete(PAGES);
}

async function forgetOld(pages, newest) {
  const others = (await pages.keys()).filter(({ url }) => url !== newest);
  const ages = await Promise.all(others.map(async (request) => [request, young(await pages.match(request))]));
  const old = ages.filter(([, answer]) => !answer).map(([request]) => request);
  const surplus = others.filter((request) => !old.includes(request)).slice(0, -(MOST - 1));
  await Promise.all([...old, ...surplus].map((request) => pages.delete(request)));
}

function filesOf(text) {
  const found = text.matchAll(/\/pkg\/[\w-]+\.[0-9a-f]{8,}\.\w+/g);
  return [...new Set([...found].map(([path]) => new URL(path, location.origin).href))];
}

async function file(request) {
  return (await (await caches.open(FILES)).match(request)) ?? fetch(request);
}
