// Not a test: seconds on a slow network with a slow phone, for make bench. Lighthouse's slow 4G, and a CPU at a quarter of this machine's
// speed.
import { enter } from '../support/mesa.ts';
import { expect, test } from '../support/test.ts';
import { newcomer } from './newcomer.ts';
import { note } from './result.ts';
import { ask, signedIn } from './signed_in.ts';
import type { Page } from '@playwright/test';

const network = { offline: false, latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8, connectionType: 'cellular4g' } as const;
const slower = 4;

/** Milliseconds since the navigation started, by the page's own clock. */
interface Times {
  text: number;
  live: number;
  editing: number;
}

async function slow(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', network);
  await session.send('Emulation.setCPUThrottlingRate', { rate: slower });
  // Notes when the program runs, taps the first editable text, and notes when its editor is there.
  await page.addInitScript(() => {
    const times = ((window as unknown as { times: Partial<Times> }).times = {} as Partial<Times>);
    const look = () => {
      if (times.live === undefined && document.documentElement.hasAttribute('data-live')) {
        times.live = performance.now();
        document.querySelector<HTMLElement>('.field[data-kind="text"] button.field-open')?.click();
      }
      if (times.live !== undefined && times.editing === undefined && document.querySelector('textarea')) times.editing = performance.now();
    };
    new MutationObserver(look).observe(document, { attributes: true, childList: true, subtree: true });
  });
}

/** The times, once the one asked for has been noted. */
async function times(page: Page, what: keyof Times): Promise<Times> {
  await expect(page.locator('html[data-live]')).toBeAttached({ timeout: 60_000 });
  const noted = () =>
    page.evaluate(() => ({
      ...(window as unknown as { times: Times }).times,
      text: performance.getEntriesByName('first-contentful-paint')[0]?.startTime,
    }));
  await expect.poll(async () => (await noted())[what], { timeout: 60_000 }).toBeDefined();
  await expect.poll(async () => (await noted()).text).toBeDefined();
  return noted();
}

test('slow 4G and a slow phone', async ({ server, launchOptions }) => {
  test.setTimeout(240_000);
  const cookie = await signedIn(server, server.demo.seats[0].url, 'Ana Robles');
  const list = await ask(server, `/ejercicio/${server.demo.mesa_id}/compromisos`, { cookie });
  const sheet = list.text.match(/href="(\/ejercicio\/[^"]+\/compromiso\/[0-9a-f-]{36})"/)?.[1];
  if (!sheet) throw new Error('no commitment is linked');
  const [name, value] = cookie.split('=');

  const door = await newcomer('phone', launchOptions, async (person) => {
    await slow(person.page);
    const asked = Date.now();
    await person.page.goto(server.demo.join_url);
    const { text } = await times(person.page, 'live');
    // At once, faster than any person: what the door prefetches has hardly begun.
    await enter(person, person.page.url(), 'Beto Luna', 'Vecinas');
    const { live } = await times(person.page, 'live');
    const began = await person.page.evaluate(() => performance.timeOrigin);
    return { text, inside: began + live - asked };
  });
  const phone = await newcomer('phone', launchOptions, async (person) => {
    await person.context.addCookies([{ name, value, url: server.url }]);
    await slow(person.page);
    await person.page.goto(`${server.url}${sheet}`);
    return times(person.page, 'editing');
  });
  const follower = await newcomer('phone', launchOptions, async (person) => {
    await slow(person.page);
    await person.page.goto(server.demo.public_url);
    return times(person.page, 'live');
  });
  await note({
    door_text_ms: door.text,
    door_inside_ms: door.inside,
    phone_text_ms: phone.text,
    phone_edit_ms: phone.editing,
    follower_text_ms: follower.text,
    follower_live_ms: follower.live,
  });
});
