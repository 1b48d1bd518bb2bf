// A screen that nobody sees, for browsers that need one.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';

export class Display {
  private constructor(
    private readonly child: ChildProcess,
    /** As in `DISPLAY`. */
    readonly name: string,
  ) {}

  /** Takes the first number that is free. */
  static async open(): Promise<Display> {
    const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp'], { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] });
    const number = await new Promise<string>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', (code) => reject(new Error(`Xvfb ended with ${code}`)));
      child.stdio[3]?.once('data', (said: Buffer) => resolve(said.toString().trim()));
    });
    return new Display(child, `:${number}`);
  }

  close(): void {
    this.child.kill();
  }
}

/** Keys of a keyboard, to the window in front: what no driver sends, such as dead keys. */
export function keyboard(display: string, ...names: string[]): void {
  execFileSync('xdotool', ['key', '--delay', '60', ...names], { env: { ...process.env, DISPLAY: display } });
}
