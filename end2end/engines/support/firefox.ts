// Debian's Firefox (firefox-esr), by WebDriver BiDi. Each device is a separate browser with a profile of its own, because one that dies has
// to come back with what it kept.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import puppeteer, { type Browser, type KeyInput, type Page } from 'puppeteer-core';
import { hostName, pause } from '../../support/process.ts';
import type { Device, DeviceSettings, Driver, Engine } from './driver.ts';
import { Display } from './display.ts';

const program = process.env.MESA_FIREFOX ?? '/usr/bin/firefox-esr';

export class Firefox implements Engine {
  device(settings: DeviceSettings = {}): Promise<Device> {
    return FirefoxDevice.open(settings);
  }
}

class FirefoxDevice implements Device {
  private constructor(
    private readonly settings: DeviceSettings,
    readonly display: Display | undefined,
    private readonly profile: string,
    private browser: Browser,
    public tab: Tab,
  ) {}

  static async open(settings: DeviceSettings): Promise<FirefoxDevice> {
    const display = settings.windowed ? await Display.open() : undefined;
    const profile = await fs.mkdtemp(path.join(os.tmpdir(), 'mesa-abierta-firefox-'));
    const browser = await launch(settings, display, profile);
    return new FirefoxDevice(settings, display, profile, browser, await firstTab(browser, settings));
  }

  async dieAndComeBack(): Promise<void> {
    const gone = new Promise((resolve) => this.browser.process()?.once('exit', resolve));
    this.browser.process()?.kill('SIGKILL');
    await gone;
    // Its content processes end by themselves once they notice.
    await pause(500);
    this.browser = await launch(this.settings, this.display, this.profile);
    this.tab = await firstTab(this.browser, this.settings);
  }

  async leave(): Promise<void> {
    const process = this.browser.process();
    await Promise.race([this.browser.close().catch(() => {}), pause(5_000)]);
    process?.kill('SIGKILL');
    this.display?.close();
    await fs.rm(this.profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function launch(settings: DeviceSettings, display: Display | undefined, profile: string): Promise<Browser> {
  return puppeteer.launch({
    browser: 'firefox',
    executablePath: program,
    headless: !settings.windowed,
    userDataDir: profile,
    defaultViewport: null,
    args: ['--width=1100', '--height=900'],
    env: { ...process.env, ...(display && { DISPLAY: display.name }) },
    extraPrefsFirefox: {
      // As in a venue: a local name, and no secure context.
      'network.dns.localDomains': hostName,
      'dom.security.https_first': false,
      'intl.accept_languages': 'es-MX',
      // A profile that is reopened after a crash asks nothing.
      'toolkit.startup.max_resumed_crashes': -1,
      'browser.sessionstore.resume_from_crash': false,
    },
  });
}

async function firstTab(browser: Browser, settings: DeviceSettings): Promise<Tab> {
  const [page] = await browser.pages();
  return Tab.of(page ?? (await browser.newPage()), settings);
}

class Tab implements Driver {
  private constructor(
    private readonly page: Page,
    private readonly settings: DeviceSettings,
  ) {}

  static async of(page: Page, settings: DeviceSettings): Promise<Tab> {
    if (settings.before) await page.evaluateOnNewDocument(settings.before);
    return new Tab(page, settings);
  }

  async go(url: string): Promise<void> {
    await this.page.goto(url);
  }

  async reload(): Promise<void> {
    await this.page.reload();
  }

  async back(): Promise<void> {
    await this.page.goBack();
  }

  evaluate(expression: string): Promise<unknown> {
    return this.page.evaluate(expression);
  }

  async click(x: number, y: number): Promise<void> {
    await this.page.mouse.click(x, y);
  }

  async type(text: string, delay: number): Promise<void> {
    for (const key of text) {
      await this.page.keyboard.press(key as KeyInput);
      if (delay) await pause(delay);
    }
  }

  async press(...names: string[]): Promise<void> {
    const held = names.slice(0, -1) as KeyInput[];
    for (const name of held) await this.page.keyboard.down(name);
    await this.page.keyboard.press(names.at(-1) as KeyInput);
    for (const name of held.toReversed()) await this.page.keyboard.up(name);
  }

  async newTab(): Promise<Driver> {
    const page = await this.page.browser().newPage();
    await page.bringToFront();
    return Tab.of(page, this.settings);
  }

  async show(): Promise<void> {
    await this.page.bringToFront();
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}
