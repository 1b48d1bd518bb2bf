// The project's own TCP proxy between browsers and server: a venue's bad network, on command.
import net from 'node:net';
import { freePort, Program, programs } from './process.ts';

export class Proxy {
  private constructor(
    private readonly program: Program,
    /** The port that browsers connect to. */
    readonly port: number,
    private readonly controlPort: number,
  ) {}

  /** Starts a proxy to `upstream`, a port of 127.0.0.1 that may not listen yet. */
  static async start(upstream: number, log: string, port?: number): Promise<Proxy> {
    const listen = port ?? (await freePort());
    const control = await freePort();
    const program = new Program(
      programs.proxy,
      ['--listen', `127.0.0.1:${listen}`, '--upstream', `127.0.0.1:${upstream}`, '--control', `127.0.0.1:${control}`],
      log,
    );
    program.start();
    const proxy = new Proxy(program, listen, control);
    await program.ready(() => proxy.command('pass').then(() => true, () => false));
    return proxy;
  }

  /** Passes everything again. */
  pass(): Promise<void> {
    return this.command('pass');
  }

  /** Closes every connection and refuses new ones. */
  cut(): Promise<void> {
    return this.command('cut');
  }

  /** Holds back the bytes of both directions until `pass`. */
  stall(): Promise<void> {
    return this.command('stall');
  }

  /** Delays every byte by so many milliseconds. */
  delay(milliseconds: number): Promise<void> {
    return this.command(`delay ${milliseconds}`);
  }

  /** Passes everything but WebSockets, like networks that block them. */
  noSockets(): Promise<void> {
    return this.command('nosockets');
  }

  /** Swallows the bytes of both directions while the connections look alive. */
  halfOpen(): Promise<void> {
    return this.command('halfopen');
  }

  async stop(): Promise<void> {
    await this.program.end('SIGKILL');
  }

  private command(line: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const socket = net.connect(this.controlPort, '127.0.0.1', () => socket.write(`${line}\n`));
      let answer = '';
      socket.setTimeout(5000, () => socket.destroy(new Error(`proxy: no answer to "${line}"`)));
      socket.setEncoding('utf8').on('data', (text) => {
        answer += text;
        if (!answer.includes('\n')) return;
        socket.destroy();
        if (answer.trim() === 'ok') resolve();
        else reject(new Error(`proxy: "${line}" answered "${answer.trim()}"`));
      });
      socket.once('error', reject);
      socket.once('close', () => reject(new Error(`proxy: closed before it answered "${line}"`)));
    });
  }
}
