// What the screenshots share: sizes, people who came in, and where an image goes.
import path from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from '@playwright/test';
import { live } from '../support/test.ts';

const folder = path.resolve(import.meta.dirname, '../../target/screenshots');

export const sizes = {
  'phone-390x844': { width: 390, height: 844 },
  'phone-320x640': { width: 320, height: 640 },
  'laptop-1280x800': { width: 1280, height: 800 },
  'projector-1920x1080': { width: 1920, height: 1080 },
};

/** Somebody who came in by this link. */
export async function signedIn(browser: Browser, settings: BrowserContextOptions, url: string, name: string): Promise<BrowserContext> {
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  await page.goto(url);
  await page.getByLabel('Tu nombre').fill(name);
  await page.getByRole('button', { name: 'Entrar' }).click();
  await page.waitForURL('**/mesa/**');
  await live(page);
  await page.close();
  return context;
}

/** The whole page as an image. */
export async function take(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: path.join(folder, `${name}.png`), fullPage: true, animations: 'disabled' });
}
