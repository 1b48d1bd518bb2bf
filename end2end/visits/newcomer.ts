// A new device: a browser with an empty profile of its own, and the bytes on its wire.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { type BrowserContextOptions, type CDPSession, chromium, expect, type LaunchOptions, type Page } from '@playwright/test';
import { type Device, Person } from '../support/people.ts';

const sizes: Record<Device, BrowserContextOptions> = {
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true },
  projector: { viewport: { width: 1920, height: 1080 } },
  laptop: { viewport: { width: 1280, height: 800 } },
};

/** Passes a new device to `use`, and removes it afterwards. The profile is on disk, because phones have a disk cache. */
export async function newcomer<T>(device: Device, launchOptions: LaunchOptions, use: (person: Person) => Promise<T>): Promise<T> {
  const profile = await fs.mkdtemp(path.join(os.tmpdir(), 'mesa-abierta-newcomer-'));
  const context = await chromium.launchPersistentContext(profile, { ...launchOptions, ...sizes[device], locale: 'es-MX' });
  try {
    const person = new Person(device, context, context.pages()[0] ?? (await context.newPage()));
    const given = await use(person);
    person.expectNoComplaints();
    return given;
  } finally {
    await context.close();
    await fs.rm(profile, { recursive: true, force: true });
  }
}

/** A request of a page, or its socket. */
export interface Load {
  path: string;
  /** Bytes received over the wire, head included; 0 from the browser's own cache. */
  bytes: number;
  /** Its content encoding. */
  coding: string;
}

/** A page's traffic as Chromium itself counts it. */
export class Wire {
  private readonly loads = new Map<string, Load>();
  /** Requests that haven't finished. */
  private readonly open = new Set<string>();

  private constructor(private readonly session: CDPSession) {
    session.on('Network.requestWillBeSent', ({ requestId, request, redirectResponse }) => {
      // A redirect continues under the same id.
      if (redirectResponse) this.add(`${requestId} ${redirectResponse.url}`, redirectResponse.url, redirectResponse.encodedDataLength);
      if (!request.url.startsWith('http')) return;
      this.open.add(requestId);
      this.loads.set(requestId, { path: new URL(request.url).pathname, bytes: 0, coding: '' });
    });
    session.on('Network.responseReceived', ({ requestId, response }) => {
      const load = this.loads.get(requestId);
      if (load) load.coding = Object.entries(response.headers).find(([name]) => name.toLowerCase() === 'content-encoding')?.[1] ?? '';
    });
    session.on('Network.dataReceived', ({ requestId, encodedDataLength }) => {
      const load = this.loads.get(requestId);
      if (load) load.bytes += encodedDataLength;
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
      this.open.delete(requestId);
      const load = this.loads.get(requestId);
      if (load) load.bytes = encodedDataLength;
    });
    // A cancelled request counts with what it received.
    session.on('Network.loadingFailed', ({ requestId }) => this.open.delete(requestId));
    session.on('Network.webSocketFrameReceived', ({ requestId, response }) => {
      this.add(requestId, 'http://socket/ws', response.opcode === 1 ? response.payloadData.length : Buffer.byteLength(response.payloadData, 'base64'));
    });
  }

  static async of(page: Page): Promise<Wire> {
    const wire = new Wire(await page.context().newCDPSession(page));
    await wire.session.send('Network.enable');
    return wire;
  }

  /** Waits until all requests have been finished for a quarter of a second. */
  async quiet(): Promise<void> {
    let since = Date.now();
    const quietFor = () => {
      if (this.open.size > 0) since = Date.now();
      return Date.now() - since;
    };
    await expect.poll(quietFor, { timeout: 60_000, intervals: [25] }).toBeGreaterThan(250);
  }

  /** Everything loaded so far, in the order of the requests. */
  all(): Load[] {
    return [...this.loads.values()];
  }

  private add(key: string, url: string, bytes: number): void {
    const load = this.loads.get(key) ?? { path: new URL(url).pathname, bytes: 0, coding: '' };
    load.bytes += bytes;
    this.loads.set(key, load);
  }
}
