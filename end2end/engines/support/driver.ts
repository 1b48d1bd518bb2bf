// What every engine's driver can do. Everything else is made of it (screen.ts), so that all engines do the same.

import type { Display } from './display.ts';

/** A tab. */
export interface Driver {
  go(url: string): Promise<void>;
  reload(): Promise<void>;
  back(): Promise<void>;
  /** The value of an expression or promise in the page, as JSON carries it. */
  evaluate(expression: string): Promise<unknown>;
  /** A tap of mouse or finger, in pixels of what the page shows. */
  click(x: number, y: number): Promise<void>;
  /** One key after another, to whatever has the focus, with a wait in ms after each. */
  type(text: string, delay: number): Promise<void>;
  /** The last of these keys while the others are held: `Control`, `Shift` or a single character. */
  press(...keys: string[]): Promise<void>;
  /** Another tab of the same device, in front. */
  newTab(): Promise<Driver>;
  /** In front of the other tabs. */
  show(): Promise<void>;
  /** Closes the tab as its button does: the page may ask, and isn't listened to. */
  close(): Promise<void>;
}

/** What a device is opened with. */
export interface DeviceSettings {
  /** Runs in each page before anything of its own. */
  before?: string;
  /** With a window that a keyboard's keys reach. */
  windowed?: boolean;
}

/** Somebody's device: a browser that shares nothing with others. */
export interface Device {
  readonly tab: Driver;
  /** Where its window is, if it has one. */
  readonly display: Display | undefined;
  /** The browser ends at once, and is opened again with what it has kept; only where the engine's driver lets it. */
  dieAndComeBack?(): Promise<void>;
  leave(): Promise<void>;
}

/** A browser engine. */
export interface Engine {
  device(settings?: DeviceSettings): Promise<Device>;
}
