// The browser tests: Debian's Chromium against servers that the fixtures of support/ start. Those tagged @alone hold the program to a time:
// `make test` runs them by themselves, because anything beside them would be measured too.
import { defineConfig } from '@playwright/test';

const report = process.env.MESA_E2E_REPORT;

export default defineConfig({
  testDir: 'tests',
  outputDir: 'test-results',
  // One browser with several people in it keeps a core busy.
  workers: Number(process.env.MESA_E2E_WORKERS ?? 2),
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // A test that passes only when retried has found a fault: `make test` names it at its end.
  retries: 1,
  timeout: 120_000,
  globalTimeout: process.env.MESA_SOAK ? 0 : 32 * 60_000,
  expect: { timeout: 15_000 },
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
  use: {
    browserName: 'chromium',
    actionTimeout: 20_000,
    navigationTimeout: 30_000,
    locale: 'es-MX',
    timezoneId: 'America/Mexico_City',
    screenshot: 'only-on-failure',
    trace: 'retain-on-failure',
    launchOptions: {
      executablePath: process.env.MESA_CHROMIUM ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
        '--no-first-run',
        // A name that isn't localhost: as in a venue, the page is no secure context.
        '--host-resolver-rules=MAP mesa.test 127.0.0.1',
      ],
    },
  },
});
