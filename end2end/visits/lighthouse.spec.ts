// Not a test: Lighthouse on a phone, for make bench. Over plain http, as in a venue; the effect of that alone is reported separately.
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chromium } from '@playwright/test';
import lighthouse, { type Result } from 'lighthouse';
import * as constants from 'lighthouse/core/config/constants.js';
import { freePort, Program } from '../support/process.ts';
import { test } from '../support/test.ts';
import { note } from './result.ts';
import { signedIn } from './signed_in.ts';

const categories = ['performance', 'accessibility', 'best-practices'];
/** What no page can have in a room without internet. */
const ofPlainHttp = ['is-on-https', 'redirects-http'];

/**
 * How many times slower than this machine Lighthouse's phone is, by the speed that Lighthouse measures: as its own calculator has it
 * (googlechrome.github.io/lighthouse/throttling-calculator), and at most 4, which is what it takes of a machine of 1 533.
 */
function slowdown(machine: number): number {
  if (machine >= 1300) return Math.min(4, 3 + (machine - 1300) / 233);
  return machine >= 800 ? 2 + (machine - 800) / 500 : Math.max(1, 1 + (machine - 150) / 650);
}

test('Lighthouse', async ({ server, launchOptions }, testInfo) => {
  test.setTimeout(300_000);
  const cookie = await signedIn(server, server.demo.seats[0].url, 'Ana Robles');
  const pages = { door: server.demo.join_url, public: server.demo.public_url, now: `${server.url}/ejercicio/${server.demo.mesa_id}` };
  const warm = await measured(pages.door, undefined, 4, launchOptions, testInfo.outputPath('warm.log'));
  const slower = slowdown(warm.environment.benchmarkIndex);
  const figures: Record<string, number> = { machine: warm.environment.benchmarkIndex, slower };
  for (const [page, url] of Object.entries(pages)) {
    const result = await measured(url, page === 'now' ? cookie : undefined, slower, launchOptions, testInfo.outputPath(`${page}.log`));
    await fs.writeFile(testInfo.outputPath(`${page}.json`), JSON.stringify(result, null, 1));
    for (const category of categories) figures[`${page}_${category.replace('-', '_')}`] = 100 * (result.categories[category].score ?? 0);
    figures[`${page}_without_http`] = 100 * scoreWithout(result, 'best-practices', ofPlainHttp);
    for (const line of faults(result)) console.log(`      ${page}: ${line}`);
  }
  await note(figures);
});

/** One run in a browser with an empty profile. */
async function measured(url: string, cookie: string | undefined, slower: number, launchOptions: { executablePath?: string; args?: string[] }, log: string): Promise<Result> {
  const profile = await fs.mkdtemp(path.join(os.tmpdir(), 'mesa-abierta-lighthouse-'));
  const port = await freePort();
  const args = [...(launchOptions.args ?? []), '--headless=new', `--user-data-dir=${profile}`, `--remote-debugging-port=${port}`, 'about:blank'];
  const browser = new Program(launchOptions.executablePath ?? 'chromium', args, log);
  const control = `http://127.0.0.1:${port}`;
  try {
    browser.start();
    await browser.ready(() => fetch(`${control}/json/version`).then((answer) => answer.ok, () => false));
    if (cookie) {
      const [name, value] = cookie.split('=');
      const driver = await chromium.connectOverCDP(control);
      await driver.contexts()[0].addCookies([{ name, value, url: new URL(url).origin }]);
      await driver.close();
    }
    // The profile is new: nothing has to be cleared, and the cookie stays.
    const throttling = { ...constants.throttling.mobileSlow4G, cpuSlowdownMultiplier: slower };
    const run = await lighthouse(url, { port, onlyCategories: categories, disableStorageReset: true, logLevel: 'error', throttling });
    if (!run || run.lhr.runtimeError) throw new Error(`Lighthouse: ${run?.lhr.runtimeError?.message}`);
    return run.lhr;
  } finally {
    await browser.end('SIGKILL').catch(() => {});
    await fs.rm(profile, { recursive: true, force: true, maxRetries: 10 });
  }
}

/** A category's score as Lighthouse computes it, without some of its audits. */
function scoreWithout({ categories, audits }: Result, category: string, left: string[]): number {
  const counted = categories[category].auditRefs.filter(({ id, weight }) => weight > 0 && !left.includes(id) && audits[id].score !== null);
  const weights = counted.reduce((sum, { weight }) => sum + weight, 0);
  return counted.reduce((sum, { id, weight }) => sum + weight * (audits[id].score ?? 0), 0) / weights;
}

/** The audits that cost points, in Lighthouse's words. */
function faults({ categories, audits }: Result): string[] {
  const refs = Object.entries(categories).flatMap(([category, { auditRefs }]) => auditRefs.map((ref) => ({ ...ref, category })));
  return refs
    .filter(({ id, weight }) => weight > 0 && audits[id].score !== null && (audits[id].score ?? 0) < 0.995)
    .map(({ id, category, weight }) => `${category} ${id} ${Math.round(100 * (audits[id].score ?? 0))} de 100, peso ${weight}: ${audits[id].displayValue ?? audits[id].title}`);
}
