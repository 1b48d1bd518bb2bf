// The operations of every engine's driver. Everything else is built on them (screen.ts), so that all engines do the same.

import type { Display } from './display.ts';

/** A tab. */
export interface Driver {
  go(url: string): Promise<void>;
  reload(): Promise<void>;
  back(): Promise<void>;
  /** The JSON value of an expression or promise in the page. */
  evaluate(expression: string): Promise<unknown>;
  /** A tap of mouse or finger, in CSS pixels of the viewport. */
  click(x: number, y: number): Promise<void>;
  /** Presses one key after another in the focused element, with a wait in ms after each. */
  type(text: string, delay: number): Promise<void>;
  /** Presses the last of these keys while the others are held: `Control`, `Shift` or a single character. */
  press(...keys: string[]): Promise<void>;
  /** Opens another tab of the same device, in front. */
  newTab(): Promise<Driver>;
  /** Brings the tab to the front. */
  show(): Promise<void>;
  /** Closes the tab as its button does, without asking the page. */
  close(): Promise<void>;
}

/** How a device is opened. */
export interface DeviceSettings {
  /** Runs in each page before its own scripts. */
  before?: string;
  /** Whether it has a window that keyboard keys reach. */
  windowed?: boolean;
}

/** Somebody's device: a browser that shares nothing with others. */
export interface Device {
  readonly tab: Driver;
  /** The display of its window, if it has one. */
  readonly display: Display | undefined;
  /** The browser is killed, and opened again with what it has kept; only where the engine's driver allows it. */
  dieAndComeBack?(): Promise<void>;
  leave(): Promise<void>;
}

/** A browser engine. */
export interface Engine {
  device(settings?: DeviceSettings): Promise<Device>;
}
