// Resolves the mesa's host name for browsers without a flag for that: an HTTP proxy for which every name is this machine. The machine's own
// hosts file isn't changed.
import http from 'node:http';
import net from 'node:net';
import { freePort } from '../../support/process.ts';

export class Names {
  private constructor(
    private readonly server: http.Server,
    readonly port: number,
  ) {}

  /** Only plain HTTP and tunnels (WebSockets). `before` is inserted into each page, which then has no content security policy. */
  static async open(before?: string): Promise<Names> {
    const server = http.createServer((request, answer) => pass(request, answer, before));
    server.on('connect', (request: http.IncomingMessage, client: net.Socket, head: Buffer) => {
      const upstream = net.connect(Number(request.url?.split(':').at(-1)), '127.0.0.1', () => {
        client.write('HTTP/1.1 200 OK\r\n\r\n');
        upstream.write(head);
        client.pipe(upstream).pipe(client);
      });
      for (const [one, other] of [[upstream, client], [client, upstream]]) {
        one.on('error', () => other.destroy());
        one.on('close', () => other.destroy());
      }
    });
    const port = await freePort();
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    return new Names(server, port);
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

function pass(request: http.IncomingMessage, answer: http.ServerResponse, before: string | undefined): void {
  const url = new URL(request.url ?? '');
  const headers = { ...request.headers };
  if (before) delete headers['accept-encoding'];
  const upstream = http.request(
    { host: '127.0.0.1', port: url.port || 80, method: request.method, path: `${url.pathname}${url.search}`, headers, agent: false },
    (said) => {
      if (!before || !said.headers['content-type']?.startsWith('text/html')) {
        answer.writeHead(said.statusCode ?? 502, said.headers);
        said.pipe(answer);
        // A truncated response must not look complete.
        said.on('aborted', () => answer.destroy());
        return;
      }
      const parts: Buffer[] = [];
      said.on('data', (part: Buffer) => parts.push(part));
      said.on('aborted', () => answer.destroy());
      said.on('end', () => {
        const { 'content-security-policy': _, 'content-length': __, ...rest } = said.headers;
        answer.writeHead(said.statusCode ?? 502, rest);
        answer.end(Buffer.concat(parts).toString().replace('<head>', `<head><script>${before}</script>`));
      });
    },
  );
  upstream.on('error', () => answer.destroy());
  answer.on('close', () => upstream.destroy());
  request.pipe(upstream);
}
