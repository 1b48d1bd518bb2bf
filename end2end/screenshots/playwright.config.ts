// Screenshots of every screen, with the same browser as the tests.
import config from '../playwright.config.ts';

export default { ...config, testDir: '.', outputDir: '../test-results/screenshots', globalTimeout: 30 * 60_000, reporter: [['list']] };
