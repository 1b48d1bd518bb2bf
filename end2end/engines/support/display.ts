// A virtual screen, for browsers that need one.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';

export class Display {
  private focused = false;

  private constructor(
    private readonly child: ChildProcess,
    /** The value of `DISPLAY`. */
    readonly name: string,
  ) {}

  /** Opens the first free display number. */
  static async open(): Promise<Display> {
    const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const number = await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
      child.stdio[3]?.once('data', (said: Buffer) => resolve(said.toString().trim()));
    });
    return new Display(child, `:${number}`);
  }

  /** Keyboard keys, to the open window: those that no driver sends, such as dead keys. */
  keys(...names: string[]): void {
    if (!this.focused) {
      // There is no window manager to focus it. Once only: a window that gets the focus again forgets a dead key.
      const window = this.tool('search', '--onlyvisible', '--name', '.').trim().split('\n').at(-1) ?? '';
      this.tool('windowfocus', '--sync', window);
      this.focused = true;
    }
    this.tool('key', '--delay', '60', ...names);
  }

  private tool(...args: string[]): string {
    return execFileSync('xdotool', args, { env: { ...process.env, DISPLAY: this.name }, encoding: 'utf8', timeout: 20_000 });
  }

  close(): void {
    this.child.kill();
  }
}
