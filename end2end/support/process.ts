// Programs under test as child processes: where they are, how they are started, stopped and waited for.
import { type ChildProcess, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';

const cache = path.join(process.env.XDG_CACHE_HOME || path.join(os.homedir(), '.cache'), 'mesa-abierta');
const built = path.join(process.env.CARGO_TARGET_DIR || path.join(cache, 'target'), 'debug');

/** The binaries that the tests start; the environment may name others. */
export const programs = {
  mesa: process.env.MESA_BIN ?? path.join(built, 'mesa'),
  proxy: process.env.MESA_PROXY_BIN ?? path.join(built, 'proxy'),
  load: process.env.MESA_LOAD_BIN ?? path.join(built, 'load'),
};

/** The built site that the servers under test serve. */
export const site = process.env.MESA_SITE ?? path.resolve(import.meta.dirname, '../../target/site');

/** The host name under which browsers reach the machine; Node can't resolve it, so tests themselves use 127.0.0.1. */
export const hostName = 'mesa.test';

/** A program that runs until told otherwise, with its output in a file. */
export class Program {
  private child: ChildProcess | undefined;
  private ended: Promise<number | NodeJS.Signals> = Promise.resolve(0);

  constructor(
    private readonly program: string,
    private readonly args: string[],
    readonly log: string,
    private readonly environment: Record<string, string> = {},
  ) {}

  get running(): boolean {
    return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
  }

  get pid(): number {
    if (!this.running || this.child?.pid === undefined) throw new Error(`${this.program} is not running`);
    return this.child.pid;
  }

  start(): void {
    if (this.running) throw new Error(`${this.program} is running already`);
    const output = fs.openSync(this.log, 'a');
    const child = spawn(this.program, this.args, {
      env: { ...process.env, ...this.environment, MESA_SITE: site, RUST_BACKTRACE: '1' },
      stdio: ['ignore', output, output],
    });
    fs.closeSync(output);
    this.child = child;
    this.ended = new Promise((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code, signal) => resolve(code ?? signal ?? 'SIGKILL'));
    });
    // Whoever waits for it gets the error; an unhandled rejection must not end the test run.
    this.ended.catch(() => {});
  }

  /** Waits until `ready` returns true, at most `seconds`; throws with the log's end if the program ends before. */
  async ready(ready: () => Promise<boolean>, seconds = 40): Promise<void> {
    const deadline = Date.now() + seconds * 1000;
    while (!(await ready())) {
      if (!this.running || Date.now() > deadline) {
        throw new Error(`${path.basename(this.program)} is not ready:\n${this.tail()}`);
      }
      await pause(20);
    }
  }

  /** Sends the signal and waits for the end; after `seconds` it is killed and this throws. Returns exit code or signal. */
  async end(signal: NodeJS.Signals, seconds = 10): Promise<number | NodeJS.Signals> {
    if (!this.running) return this.ended;
    this.child?.kill(signal);
    const late = new AbortController();
    const outcome = await Promise.race([this.ended, pause(seconds * 1000, late.signal).then(() => undefined)]);
    late.abort();
    if (outcome !== undefined) return outcome;
    this.child?.kill('SIGKILL');
    await this.ended;
    throw new Error(`${path.basename(this.program)} did not end within ${seconds} s of ${signal}:\n${this.tail()}`);
  }

  private tail(): string {
    return fs.existsSync(this.log) ? fs.readFileSync(this.log, 'utf8').split('\n').slice(-30).join('\n') : '';
  }
}

export function pause(milliseconds: number, until?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, milliseconds);
    until?.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}

// Ports given out before: their owners may not listen on them yet, or may come back to them later.
const givenPorts = new Set<number>();

/**
 * A port of 127.0.0.1 that nothing listens on and that wasn't given out in this worker. Each worker has its own range, below the kernel's
 * ephemeral ports, so that a server that restarts finds its port still free.
 */
export async function freePort(): Promise<number> {
  const worker = Number(process.env.TEST_PARALLEL_INDEX ?? 0);
  for (let attempt = 0; attempt < 50; attempt += 1) {
    // From 11000 on: browsers and Node block port 10080.
    const port = 11_000 + (worker % 10) * 1000 + Math.floor(Math.random() * 1000);
    if (givenPorts.has(port) || !(await listens(port))) continue;
    givenPorts.add(port);
    return port;
  }
  throw new Error('no free port on 127.0.0.1');
}

function listens(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = net.createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
