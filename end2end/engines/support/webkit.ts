// Debian's WebKit (webkit2gtk-driver and its MiniBrowser), by plain W3C WebDriver. A driver has one session, so each device has a driver of
// its own. Its sessions are private ones and end with a page that dies: what a killed browser has kept can't be tested here.
import { type ChildProcess, spawn } from 'node:child_process';
import { freePort, pause } from '../../support/process.ts';
import type { Device, DeviceSettings, Driver, Engine } from './driver.ts';
import { Display } from './display.ts';
import { Names } from './names.ts';

const program = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
/** WebDriver's codes of keys that write nothing. */
const keys: Record<string, string> = {
  '\n': '\uE007', Control: '\uE009', Shift: '\uE008', Alt: '\uE00A', Enter: '\uE007', Backspace: '\uE003', Delete: '\uE017', Home: '\uE011', End: '\uE010', ArrowLeft: '\uE012', ArrowRight: '\uE014', Escape: '\uE00C', Tab: '\uE004',
};

export class WebKit implements Engine {
  device(settings: DeviceSettings = {}): Promise<Device> {
    return WebKitDevice.open(settings);
  }
}

class WebKitDevice implements Device {
  private constructor(
    readonly display: Display,
    private readonly driver: ChildProcess,
    private readonly names: Names,
    private readonly session: Session,
    public tab: Tab,
  ) {}

  static async open(settings: DeviceSettings): Promise<WebKitDevice> {
    // One display each: a window in front of another one's would take its keys.
    const display = await Display.open();
    const names = await Names.open(settings.before);
    const port = await freePort();
    const driver = spawn('WebKitWebDriver', [`--port=${port}`, '--host=127.0.0.1'], {
      stdio: 'ignore',
      env: {
        ...process.env,
        DISPLAY: display.name,
        LANG: 'C.UTF-8',
        NO_AT_BRIDGE: '1',
        WEBKIT_DISABLE_COMPOSITING_MODE: '1',
        WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
        LIBGL_ALWAYS_SOFTWARE: '1',
      },
    });
    const proxy = { proxyType: 'manual', httpProxy: `127.0.0.1:${names.port}`, sslProxy: `127.0.0.1:${names.port}` };
    const options = { binary: program, args: ['--automation'] };
    try {
      const session = await Session.open(port, { proxy, 'webkitgtk:browserOptions': options, unhandledPromptBehavior: 'accept' });
      const [first] = (await session.get('window/handles')) as string[];
      return new WebKitDevice(display, driver, names, session, new Tab(session, first));
    } catch (error) {
      driver.kill('SIGKILL');
      names.close();
      display.close();
      throw error;
    }
  }

  async leave(): Promise<void> {
    await this.session.end();
    this.driver.kill('SIGKILL');
    this.names.close();
    this.display.close();
  }
}

/** One session of a driver; one command at a time. */
class Session {
  private shown: string | undefined;
  private last: Promise<unknown> = Promise.resolve();

  private constructor(private readonly address: string) {}

  static async open(port: number, wanted: object): Promise<Session> {
    const driver = `http://127.0.0.1:${port}`;
    for (let attempt = 0; ; attempt += 1) {
      try {
        const { sessionId } = (await command('POST', `${driver}/session`, { capabilities: { alwaysMatch: wanted } })) as { sessionId: string };
        return new Session(`${driver}/session/${sessionId}`);
      } catch (error) {
        // Connection errors are expected until the driver listens.
        if (attempt > 200 || !(error instanceof TypeError)) throw error;
        await pause(50);
      }
    }
  }

  get(what: string): Promise<unknown> {
    return this.one(() => command('GET', `${this.address}/${what}`));
  }

  /** A command to a tab. */
  to(tab: string, what: string, body: object = {}, method: 'POST' | 'DELETE' = 'POST'): Promise<unknown> {
    return this.one(async () => {
      if (this.shown !== tab) await command('POST', `${this.address}/window`, { handle: tab });
      this.shown = method === 'DELETE' ? undefined : tab;
      return command(method, `${this.address}/${what}`, method === 'DELETE' ? undefined : body);
    });
  }

  async end(): Promise<void> {
    await this.one(() => command('DELETE', this.address)).catch(() => {});
  }

  private one<T>(act: () => Promise<T>): Promise<T> {
    const next = this.last.then(act, act);
    this.last = next.catch(() => {});
    return next;
  }
}

async function command(method: string, address: string, body?: object): Promise<unknown> {
  const answer = await fetch(address, { method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(60_000) });
  const { value } = (await answer.json()) as { value: unknown };
  if (!answer.ok) throw new Error(`${method} ${address.replace(/^.*\/session\/[^/]*/, '')}: ${JSON.stringify(value)}`);
  return value;
}

class Tab implements Driver {
  constructor(
    private readonly session: Session,
    private readonly handle: string,
  ) {}

  async go(url: string): Promise<void> {
    await this.session.to(this.handle, 'url', { url });
  }

  async reload(): Promise<void> {
    await this.session.to(this.handle, 'refresh');
  }

  async back(): Promise<void> {
    await this.session.to(this.handle, 'back');
  }

  async evaluate(expression: string): Promise<unknown> {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${expression})).then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    const { value, error } = (await this.session.to(this.handle, 'execute/async', { script, args: [] })) as { value?: unknown; error?: string };
    if (error) throw new Error(error);
    return value;
  }

  async click(x: number, y: number): Promise<void> {
    const move = { type: 'pointerMove', x: Math.round(x), y: Math.round(y), duration: 0 };
    await this.actions({ type: 'pointer', id: 'finger', actions: [move, { type: 'pointerDown', button: 0 }, { type: 'pointerUp', button: 0 }] });
  }

  async type(text: string, delay: number): Promise<void> {
    for (const key of text) {
      await this.press(key);
      if (delay) await pause(delay);
    }
  }

  async press(...names: string[]): Promise<void> {
    const values = names.map((name) => keys[name] ?? name);
    const down = values.map((value) => ({ type: 'keyDown', value }));
    const up = values.toReversed().map((value) => ({ type: 'keyUp', value }));
    await this.actions({ type: 'key', id: 'keyboard', actions: [...down, ...up] });
  }

  async newTab(): Promise<Driver> {
    const { handle } = (await this.session.to(this.handle, 'window/new', { type: 'tab' })) as { handle: string };
    const tab = new Tab(this.session, handle);
    await tab.show();
    return tab;
  }

  async show(): Promise<void> {
    await this.session.to(this.handle, 'window', { handle: this.handle });
  }

  async close(): Promise<void> {
    await this.session.to(this.handle, 'window', {}, 'DELETE');
  }

  private async actions(source: object): Promise<void> {
    await this.session.to(this.handle, 'actions', { actions: [source] });
  }
}
