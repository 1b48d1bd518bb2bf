// A device that was never here: a browser profile of its own with nothing in it, and what comes over its wire.
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

/** Gives a new device to `use`, and takes it away afterwards. A profile on the disk: its cache is the one that phones have. */
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

/** Something that a page asked for, or its socket. */
export interface Load {
  path: string;
  /** What came over the wire, head and all, in bytes; 0 from the browser's own cache. */
  bytes: number;
  /** How it was written. */
  coding: string;
}

/** What Chromium itself counts of a page's traffic. */
export class Wire {
  private readonly loads = new Map<string, Load>();
  /** Asked for and not there yet. */
  private readonly open = new Set<string>();

  private constructor(private readonly session: CDPSession) {
    session.on('Network.requestWillBeSent', ({ requestId, request, redirectResponse }) => {
      // A redirection goes on under the same name.
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
    // What was broken off has come as far as it came.
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

  /** Waits until everything that was asked for is there, for a quarter of a second on end. */
  async quiet(): Promise<void> {
    let since = Date.now();
    const quietFor = () => {
      if (this.open.size > 0) since = Date.now();
      return Date.now() - since;
    };
    await expect.poll(quietFor, { timeout: 60_000, intervals: [25] }).toBeGreaterThan(250);
  }

  /** All that came so far, in the order in which it was asked for. */
  all(): Load[] {
    return [...this.loads.values()];
  }

  private add(key: string, url: string, bytes: number): void {
    const load = this.loads.get(key) ?? { path: new URL(url).pathname, bytes: 0, coding: '' };
    load.bytes += bytes;
    this.loads.set(key, load);
  }
}
