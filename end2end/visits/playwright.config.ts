// What a page weighs, how long it takes and whether it is sound, seen by browsers that were never here before.
import config from '../playwright.config.ts';

const report = process.env.MESA_E2E_REPORT;

export default {
  ...config,
  testDir: '.',
  outputDir: '../test-results/visits',
  // One at a time, and each once: a figure is not to depend on what runs beside it, nor on luck.
  workers: 1,
  retries: 0,
  reporter: report ? [['list'], ['json', { outputFile: report }]] : [['list']],
};
