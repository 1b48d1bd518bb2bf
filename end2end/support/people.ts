// People in the room: each has a device of their own (a browser context), whose pages must log no error in the console.
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, type BrowserContext, type BrowserContextOptions, expect, type Page } from '@playwright/test';

const devices = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  projector: { viewport: { width: 1920, height: 1080 } },
  laptop: { viewport: { width: 1280, height: 800 } },
} satisfies Record<string, BrowserContextOptions>;

export type Device = keyof typeof devices;

/** What Chromium itself logs when a connection is refused, cut or reset. */
export const networkComplaints = /net::ERR_|WebSocket connection to '.*' failed|Failed to load resource: net|TypeError: (Failed to fetch|WebAssembly compilation aborted: Network error)/;

/** One device. `page` is its first tab. */
export class Person {
  /** Console messages at level error, and uncaught exceptions, with the page's address. */
  readonly complaints: string[] = [];
  private readonly allowed: RegExp[] = [];

  constructor(
    readonly device: Device,
    readonly context: BrowserContext,
    /** The tab that is looked at; another one after it was closed. */
    public page: Page,
  ) {
    context.on('console', (message) => {
      if (message.type() === 'error') this.complain(`console: ${message.text()} (${message.location().url})`);
    });
    context.on('weberror', (webError) => this.complain(`uncaught: ${webError.error().stack ?? webError.error()}`));
  }

  /** Opens an address and waits until the page responds to taps. */
  async visit(url: string): Promise<void> {
    await this.page.goto(url);
    await live(this.page);
  }

  /** Opens a page that doesn't become live, such as one without JavaScript. */
  async read(url: string): Promise<void> {
    await this.page.goto(url);
  }

  /** From here on the console may contain this; for tests that cut the network, with `networkComplaints`. */
  allow(expected: RegExp): void {
    this.allowed.push(expected);
  }

  /** Fails if the console contained something that wasn't allowed at that moment. */
  expectNoComplaints(): void {
    expect(this.complaints, `what the ${this.device}'s console said`).toEqual([]);
  }

  /** Fails on any accessibility rule of WCAG 2.2 AA that axe can check on the page as it is now. */
  async expectAccessible(): Promise<void> {
    // A phone is made as high as its page meanwhile: a sticky bar must not cover half a button during the check of sizes.
    const size = this.device === 'phone' ? this.page.viewportSize() : null;
    if (size) {
      const height = await this.page.evaluate(() => document.documentElement.scrollHeight);
      await this.page.setViewportSize({ width: size.width, height: Math.max(size.height, height + 400) });
    }
    const { violations } = await new AxeBuilder({ page: this.page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
      .analyze();
    if (size) await this.page.setViewportSize(size);
    const found = violations.map(({ id, help, nodes }) => ({ id, help, where: nodes.map((node) => node.target.join(' ')) }));
    expect(found, `what axe found on ${this.page.url()}`).toEqual([]);
  }

  private complain(what: string): void {
    if (!this.allowed.some((expected) => expected.test(what))) this.complaints.push(what);
  }
}

/** Hands out devices; each call opens a new one, without cookies or storage. */
export class People {
  private readonly all: Person[] = [];

  constructor(
    private readonly browser: Browser,
    private readonly settings: BrowserContextOptions,
  ) {}

  phone(settings: BrowserContextOptions = {}): Promise<Person> {
    return this.arrive('phone', settings);
  }

  projector(settings: BrowserContextOptions = {}): Promise<Person> {
    return this.arrive('projector', settings);
  }

  laptop(settings: BrowserContextOptions = {}): Promise<Person> {
    return this.arrive('laptop', settings);
  }

  /** From here on every device's console may contain this. */
  allow(expected: RegExp): void {
    for (const person of this.all) person.allow(expected);
  }

  expectNoComplaints(): void {
    for (const person of this.all) person.expectNoComplaints();
  }

  private async arrive(device: Device, settings: BrowserContextOptions): Promise<Person> {
    const context = await this.browser.newContext({ ...this.settings, ...devices[device], ...settings });
    const person = new Person(device, context, await context.newPage());
    this.all.push(person);
    return person;
  }

  /** Closes all devices. Pages are closed without asking them. */
  async leave(): Promise<void> {
    await Promise.all(this.all.map((person) => person.context.close()));
  }
}

/** Waits until the program has taken over the page. */
export async function live(page: Page): Promise<void> {
  await page.locator('html[data-live]').waitFor({ state: 'attached', timeout: 30_000 });
}
