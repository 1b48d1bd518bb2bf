// What every engine test imports: `test` with a server of its own (as in the Chromium tests) and an engine.
import { test as base } from '../../support/test.ts';
import type { Device, DeviceSettings, Engine } from './driver.ts';
import { Firefox } from './firefox.ts';
import { Screen } from './screen.ts';
import { WebKit } from './webkit.ts';

export interface EngineSettings {
  engineName: 'firefox' | 'webkit';
}

/** Hands out devices; each is new, with one tab. */
export class Devices {
  private readonly all: Device[] = [];

  constructor(readonly engine: Engine) {}

  async screen(settings?: DeviceSettings): Promise<Screen> {
    return (await this.one(settings))[0];
  }

  /** A device and its first tab. */
  async one(settings?: DeviceSettings): Promise<[Screen, Device]> {
    const device = await this.engine.device(settings);
    this.all.push(device);
    return [new Screen(device.tab), device];
  }

  async leave(): Promise<void> {
    await Promise.all(this.all.map((device) => device.leave()));
  }
}

export const test = base.extend<{ devices: Devices }, EngineSettings & { engine: Engine }>({
  engineName: ['firefox', { option: true, scope: 'worker' }],

  engine: [
    async ({ engineName }, use) => {
      const engine = engineName === 'webkit' ? new WebKit() : new Firefox();
      await use(engine);
    },
    { scope: 'worker' },
  ],

  // After `server`, so that all devices close before it stops.
  devices: async ({ engine, server: _ }, use) => {
    const devices = new Devices(engine);
    try {
      await use(devices);
    } finally {
      await devices.leave();
    }
  },
});

export { expect } from '@playwright/test';
