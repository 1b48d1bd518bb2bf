// A server of its own for each test: fresh data, a free port, the real binary.
import { execFile } from 'node:child_process';
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { freePort, hostName, Program, programs, site } from './process.ts';
import { Proxy } from './proxy.ts';

const execute = promisify(execFile);

/** How much the sample exercise contains: only seats, the eight problems too, the five commitments too, frozen for the read-out, signed. */
export type Stage = 'empty' | 'live' | 'agreed' | 'frozen' | 'signed';

/** What `mesa demo --json` prints. */
export interface Demo {
  facilitator_url: string;
  join_url: string;
  join_code: string;
  projector_url: string;
  public_url: string;
  mesa_id: string;
  exercise_id: string;
  /** One personal link for each seat. */
  seats: { organisation: string; url: string }[];
}

export interface ServerOptions {
  stage: Stage;
  /** Whether browsers connect through a proxy that the test controls. */
  throughProxy: boolean;
  /** The folder for logs. */
  logs: string;
  /** What else it finds in its environment. */
  environment?: Record<string, string>;
}

export class Server {
  private constructor(
    private readonly program: Program,
    /** The sample exercise's links. */
    readonly demo: Demo,
    /** `http://mesa.test:PORT`, as browsers see it. */
    readonly url: string,
    /** `http://127.0.0.1:PORT`, as the test itself reaches it, never through the proxy. */
    readonly directUrl: string,
    readonly data: string,
    private readonly viaProxy: Proxy | undefined,
  ) {}

  /** Loads the sample exercise into a new folder, starts the server (and proxy), waits until it responds. */
  static async start(options: ServerOptions): Promise<Server> {
    const data = await fs.mkdtemp(path.join(os.tmpdir(), 'mesa-abierta-e2e-'));
    const port = await freePort();
    const log = (name: string) => path.join(options.logs, `${name}.log`);
    const proxy = options.throughProxy ? await Proxy.start(port, log('proxy')) : undefined;
    try {
      const url = `http://${hostName}:${proxy?.port ?? port}`;
      const { stdout } = await mesa('demo', '--data', data, '--stage', options.stage, '--json', '--url', url);
      const program = new Program(programs.mesa, ['serve', '--data', data, '--addr', `127.0.0.1:${port}`], log('mesa'), options.environment);
      const server = new Server(program, JSON.parse(stdout) as Demo, url, `http://127.0.0.1:${port}`, data, proxy);
      await server.restart();
      return server;
    } catch (error) {
      await proxy?.stop();
      await fs.rm(data, { recursive: true, force: true });
      throw error;
    }
  }

  /** The proxy in front of it; only with `throughProxy`. */
  get proxy(): Proxy {
    if (!this.viaProxy) throw new Error('this test does not use throughProxy');
    return this.viaProxy;
  }

  get pid(): number {
    return this.program.pid;
  }

  /** Kills the process, as a power cut would. */
  async kill9(): Promise<void> {
    await this.program.end('SIGKILL');
  }

  /** Terminates it and expects a clean exit. */
  async stop(): Promise<void> {
    if (!this.program.running) return;
    const outcome = await this.program.end('SIGTERM');
    if (outcome !== 0) throw new Error(`mesa serve ended with ${outcome}, see ${this.program.log}`);
  }

  /** Starts it (again, after `kill9` or `stop`) on the same data and port, and waits until it responds. */
  async restart(): Promise<void> {
    await this.stop();
    this.program.start();
    await this.program.ready(() => fetch(`${this.directUrl}/healthz`, { signal: AbortSignal.timeout(2000) }).then((answer) => answer.ok, () => false));
  }

  /** Sets a logo while the server is running. */
  async logo(place: number, file: string, name: string): Promise<void> {
    await mesa('logo', '--data', this.data, '--place', String(place), '--file', file, '--name', name);
  }

  /** Opens another mesa of the sample's plan while the server is running. */
  async addMesa(theme: string): Promise<Demo> {
    const { stdout } = await mesa('add-mesa', '--data', this.data, '--exercise', this.demo.exercise_id, '--theme', theme, '--json', '--url', this.url);
    return JSON.parse(stdout) as Demo;
  }

  /** Runs `mesa verify` on its data; throws with its output unless chains and tables agree. */
  async verify(): Promise<string> {
    return (await mesa('verify', '--data', this.data)).stdout;
  }

  /** Stops everything and removes the data, whatever state the test left. */
  async remove(): Promise<void> {
    await this.program.end('SIGKILL');
    await this.viaProxy?.stop();
    await fs.rm(this.data, { recursive: true, force: true });
  }
}

/** Runs a command of the binary to its end; throws with its output when the exit code isn't 0. */
export async function mesa(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return execute(programs.mesa, args, { env: { ...process.env, MESA_SITE: site }, timeout: 30_000, maxBuffer: 16 << 20 });
}
