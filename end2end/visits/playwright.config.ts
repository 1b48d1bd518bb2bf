// The size, speed and validity of pages, for browsers with empty profiles.
import config from '../playwright.config.ts';

const report = process.env.MESA_E2E_REPORT;

export default {
  ...config,
  testDir: '.',
  outputDir: '../test-results/visits',
  // One at a time, without retries: a figure must not depend on what runs beside it, nor on luck.
  workers: 1,
  retries: 0,
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
};
