// The same tests in two more engines: Firefox, and WebKit as on iPhones. Playwright only runs the tests; the browsers are Debian's, driven
// by their own protocols (support/firefox.ts, support/webkit.ts).
import { defineConfig } from '@playwright/test';
import type { EngineSettings } from './support/test.ts';

const report = process.env.MESA_E2E_REPORT;

export default defineConfig<EngineSettings>({
  testDir: 'tests',
  outputDir: '../test-results/engines',
  // The full keyboard and storage tests run in `make soak`.
  testMatch: process.env.MESA_SOAK ? /\.spec\.ts$/ : /(?<!long)\.spec\.ts$/,
  workers: Number(process.env.MESA_E2E_WORKERS ?? 2),
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: process.env.MESA_SOAK ? 0 : 1,
  timeout: 120_000,
  globalTimeout: 18 * 60_000,
  expect: { timeout: 15_000 },
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  projects: [
    { name: 'Firefox', use: { engineName: 'firefox' } },
    { name: 'WebKit', use: { engineName: 'webkit' } },
  ],
});
