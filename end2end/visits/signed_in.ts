// Joins by a link as the door's form does, without a browser.
import http from 'node:http';
import type { Server } from '../support/test.ts';

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
}

/** One request to the server; with `form` it posts that. A link's secret, which a browser would take from the fragment, goes into the path. */
export function ask(server: Server, url: string, { form, cookie }: { form?: string; cookie?: string } = {}): Promise<Answer> {
  const { pathname } = new URL(url.replace('#', '/'), server.url);
  const headers: Record<string, string> = { host: new URL(server.url).host };
  if (cookie) headers.cookie = cookie;
  if (form !== undefined) Object.assign(headers, { 'content-type': 'application/x-www-form-urlencoded', origin: server.url });
  return new Promise((resolve, reject) => {
    const request = http.request(new URL(pathname, server.directUrl), { method: form === undefined ? 'GET' : 'POST', headers }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part) => (text += part));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.once('error', reject);
    request.end(form);
  });
}

/** The cookie of someone who joined by a link, as `name=value`. */
export async function signedIn(server: Server, url: string, name: string): Promise<string> {
  const { status, headers } = await ask(server, url, { form: new URLSearchParams({ nombre: name, organizacion: 'Vecinas' }).toString() });
  const cookie = headers['set-cookie']?.[0]?.split(';')[0];
  if (status !== 303 || !cookie) throw new Error(`the door answered ${status}`);
  return cookie;
}
