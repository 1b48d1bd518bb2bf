// A mail server on 127.0.0.1 that takes letters, and refuses the addresses that a test names.
import { createHash } from 'node:crypto';
import net from 'node:net';

/** A part of a letter that isn't made of parts itself. */
export interface Part {
  /** Its headers, in one line each, by their names in small letters. */
  headers: Map<string, string>;
  body: Buffer;
}

export interface Letter {
  to: string;
  /** The letter's own headers. */
  headers: Map<string, string>;
  parts: Part[];
}

export class Mailbox {
  readonly letters: Letter[] = [];
  private readonly refused = new Map<string, string>();
  private readonly open = new Set<net.Socket>();

  private constructor(private readonly server: net.Server) {}

  static async start(): Promise<Mailbox> {
    const server = net.createServer();
    const mailbox = new Mailbox(server);
    server.on('connection', (socket) => mailbox.talk(socket));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return mailbox;
  }

  get port(): number {
    return (this.server.address() as net.AddressInfo).port;
  }

  /** What the server under test is told of it. */
  get environment(): Record<string, string> {
    return {
      MESA_SMTP_HOST: '127.0.0.1',
      MESA_SMTP_PORT: String(this.port),
      MESA_SMTP_SECURITY: 'none',
      MESA_SMTP_FROM: 'Mesa Abierta <mesa@mesa.test>',
    };
  }

  /** From now on it answers so to this recipient. */
  refuse(address: string, answer: string): void {
    this.refused.set(address, answer);
  }

  /** The letters that it took for somebody. */
  of(address: string): Letter[] {
    return this.letters.filter(({ to }) => to === address);
  }

  async stop(): Promise<void> {
    for (const socket of this.open) socket.destroy();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private talk(socket: net.Socket): void {
    this.open.add(socket);
    socket.once('close', () => this.open.delete(socket));
    // The server under test may be killed in the middle.
    socket.on('error', () => {});
    let [rest, to, text]: [string, string, string[] | undefined] = ['', '', undefined];
    const say = (line: string) => socket.write(`${line}\r\n`);
    const hear = (line: string) => {
      if (text) {
        if (line !== '.') return text.push(line.replace(/^\./, ''));
        this.letters.push({ to, ...read(text.join('\r\n')) });
        text = undefined;
        return say('250 2.0.0 taken');
      }
      const [verb = ''] = line.toUpperCase().split(/[ :]/);
      if (verb === 'RCPT') {
        to = /<([^>]*)>/.exec(line)?.[1] ?? '';
        return say(this.refused.get(to) ?? '250 2.1.5 fine');
      }
      if (verb === 'DATA') {
        text = [];
        return say('354 go on');
      }
      if (verb === 'QUIT') return socket.end('221 bye\r\n');
      return say(verb === 'EHLO' ? '250-mesa.test\r\n250 8BITMIME' : '250 fine');
    };
    socket.setEncoding('latin1').on('data', (data) => {
      const lines = (rest + data).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) hear(line);
    });
    say('220 mesa.test ESMTP');
  }
}

/** The SHA-256 of a part, as people compare it. */
export const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

/** A text of a letter, in lines that end with a line feed. */
export const said = (part: Part | undefined) => part?.body.toString('utf8').replaceAll('\r\n', '\n') ?? '';

function read(message: string): { headers: Map<string, string>; parts: Part[] } {
  const end = message.indexOf('\r\n\r\n');
  const lines = message.slice(0, end).replace(/\r\n[ \t]+/g, ' ').split('\r\n');
  const headers = new Map(lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]));
  const body = message.slice(end + 4);
  const boundary = /boundary="([^"]+)"/.exec(headers.get('content-type') ?? '')?.[1];
  if (!boundary) return { headers, parts: [{ headers, body: decoded(headers.get('content-transfer-encoding'), body) }] };
  const pieces = `\r\n${body}`.split(`\r\n--${boundary}`).slice(1, -1);
  return { headers, parts: pieces.flatMap((piece) => read(piece.replace(/^\r\n/, '')).parts) };
}

function decoded(encoding: string | undefined, body: string): Buffer {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1');
  const text = body.replaceAll('=\r\n', '').replace(/=([0-9A-F]{2})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
  return Buffer.from(text, 'latin1');
}
