// The bars below the first row of the table's screens (no connection, and the like) cover nothing, and the sticky row covers nothing that
// is sticky too.
import type { Page } from '@playwright/test';
import { enter, go, openItem } from '../support/mesa.ts';
import { expect, networkComplaints, test } from '../support/test.ts';

/** What a bar covers, and what covers the rail. */
function covered(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const boxOf = (element: Element) => element.getBoundingClientRect();
    const meet = (a: DOMRect, b: DOMRect) => a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
    const named = (element: Element) => `${element.tagName.toLowerCase()} ${element.textContent?.trim().slice(0, 30)}`;
    const shown = (element: Element) => element.checkVisibility() && boxOf(element).width > 1 && boxOf(element).height > 1;
    const others = [...document.querySelectorAll('a, button, input, select, h1, h2, h3, p, li, label, b')].filter(shown);
    const found: string[] = [];
    for (const bar of document.querySelectorAll('.offline')) {
      for (const other of others) {
        if (bar.contains(other) || other.contains(bar) || !meet(boxOf(bar), boxOf(other))) continue;
        // It may pass below sticky elements at the edge of the screen, but be on top of nothing.
        const [a, b] = [boxOf(bar), boxOf(other)];
        const x = (Math.max(a.left, b.left) + Math.min(a.right, b.right)) / 2;
        const y = (Math.max(a.top, b.top) + Math.min(a.bottom, b.bottom)) / 2;
        const top = document.elementFromPoint(x, y);
        if (!top || bar.contains(top)) found.push(`${named(bar)} over ${named(other)}`);
      }
    }
    const row = document.querySelector('.table-bar');
    for (const entry of document.querySelectorAll('.table-nav a')) {
      for (const bar of [row, ...document.querySelectorAll('.offline')]) {
        const onTop = bar && meet(boxOf(bar), boxOf(entry)) && bar.contains(document.elementFromPoint(boxOf(entry).left + 8, boxOf(entry).top + 2));
        if (onTop) found.push(`${named(bar)} over ${named(entry)} of the sections`);
      }
    }
    return found;
  });
}

const sizes = [
  { width: 1280, height: 800 },
  { width: 1024, height: 700 },
  { width: 390, height: 844 },
  { width: 320, height: 640 },
];

test.use({ throughProxy: true });

for (const facilitates of [false, true]) {
  test(`without a connection nothing is covered, ${facilitates ? 'on the desk' : 'on a sheet'}`, async ({ server, people }) => {
    const ana = await people.laptop();
    await enter(ana, facilitates ? server.demo.facilitator_url : server.demo.seats[0].url, 'Ana');
    if (facilitates) await go(ana.page, 'Conducir');
    else {
      await go(ana.page, 'Compromisos');
      await openItem(ana.page, /Mapa abierto de cuidados/);
    }
    ana.allow(networkComplaints);
    await server.proxy.cut();
    const bar = ana.page.getByText('Sin conexión. Puedes seguir escribiendo');
    await expect(bar).toBeVisible();
    for (const size of sizes) {
      await ana.page.setViewportSize(size);
      const end = await ana.page.evaluate(() => document.documentElement.scrollHeight - innerHeight);
      for (const down of [0, 15, 40, 80, 160, 400, end / 2, end]) {
        await ana.page.evaluate((down) => scrollTo(0, down), down);
        expect(await covered(ana.page), `${size.width} × ${size.height}, ${down} px down`).toEqual([]);
      }
      // When the bar has scrolled away the sticky row still says it.
      await expect(ana.page.getByRole('banner').getByRole('link', { name: 'sin conexión' })).toBeInViewport();
      await ana.page.evaluate(() => scrollTo(0, 0));
      await expect(bar).toBeInViewport({ ratio: 1 });
      const [first, box] = [await ana.page.locator('.table-nav a').first().boundingBox(), await bar.boundingBox()];
      if (!first || !box) throw new Error('the bar and the sections are drawn');
      const apart = first.y >= box.y + box.height || box.y >= first.y + first.height || first.x >= box.x + box.width || box.x >= first.x + first.width;
      expect(apart, `the bar and the first section at ${size.width} × ${size.height}`).toBe(true);
    }
  });
}
