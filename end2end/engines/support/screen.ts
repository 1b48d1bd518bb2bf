// A page as a person sees and uses it, in any engine: elements are found by their words, tapped, typed into, waited for.
import { expect } from '@playwright/test';
import type { Driver } from './driver.ts';

/** Selects the first visible element of this kind, with these words in it or as its label, inside of that one. */
export interface Where {
  css: string;
  words?: string;
  /** It contains such an element with exactly these words. */
  has?: { css: string; words: string };
  within?: Where;
}

export class Screen {
  constructor(readonly tab: Driver) {}

  /** Opens an address and waits until the page responds to taps. */
  async visit(url: string): Promise<void> {
    await this.tab.go(url);
    await this.live();
  }

  async live(): Promise<void> {
    await expect.poll(() => this.ask(() => document.documentElement?.hasAttribute('data-live') ?? false), 'the page is live').toBe(true);
  }

  /** The result of a function that runs in the page; arguments and result are JSON. */
  async ask<Given extends unknown[], Answer>(question: (...given: Given) => Answer, ...given: Given): Promise<Awaited<Answer>> {
    return (await this.tab.evaluate(`(${question})(...${JSON.stringify(given)})`)) as Awaited<Answer>;
  }

  /** Waits for an element and taps it. */
  async tap(where: Where): Promise<void> {
    let place: { x: number; y: number } | undefined;
    await expect
      .poll(async () => {
        place = (await this.look(where, 'place')) as typeof place;
        return Boolean(place);
      }, `${told(where)} can be tapped`)
      .toBe(true);
    if (place) await this.tab.click(place.x, place.y);
  }

  /** The visible text of an element; undefined while there is none. */
  async words(where: Where): Promise<string | undefined> {
    return (await this.look(where, 'words')) as string | undefined;
  }

  /** The value of a control. */
  async value(where: Where): Promise<string | undefined> {
    return (await this.look(where, 'value')) as string | undefined;
  }

  /** The number of visible elements. */
  async count(where: Where): Promise<number> {
    return (await this.look(where, 'count')) as number;
  }

  async expectWords(where: Where, words: string | RegExp): Promise<void> {
    await expect.poll(async () => (await this.words(where)) ?? '', told(where)).toMatch(typeof words === 'string' ? new RegExp(words.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')) : words);
  }

  async expectValue(where: Where, value: string): Promise<void> {
    await expect.poll(() => this.value(where), told(where)).toBe(value);
  }

  async expectGone(where: Where): Promise<void> {
    await expect.poll(() => this.count(where), told(where)).toBe(0);
  }

  private look(where: Where, what: 'place' | 'words' | 'value' | 'count'): Promise<unknown> {
    return this.ask(look, where, what);
  }
}

function told(where: Where): string {
  return [where.css, where.words, where.has?.words, where.within && `in ${told(where.within)}`].filter(Boolean).join(' ');
}

/** Runs in the page. */
function look(where: Where, what: 'place' | 'words' | 'value' | 'count'): unknown {
  const plain = (element: Element) => (element.textContent ?? '').replace(/\s+/g, ' ').trim();
  const all = ({ css, words, has, within }: Where): HTMLElement[] => {
    const root = within ? all(within)[0] : document;
    if (!root) return [];
    return [...root.querySelectorAll<HTMLElement>(css)].filter((element) => {
      const box = element.getBoundingClientRect();
      const said = `${element.getAttribute('aria-label') ?? ''} ${plain(element)}`;
      return (
        box.width > 0 &&
        box.height > 0 &&
        (words === undefined || said.includes(words)) &&
        (has === undefined || [...element.querySelectorAll(has.css)].some((inner) => plain(inner) === has.words))
      );
    });
  };
  const found = all(where);
  const [first] = found;
  switch (what) {
    case 'count':
      return found.length;
    case 'words':
      return first && (first.innerText || plain(first));
    case 'value':
      return first && 'value' in first ? first.value : undefined;
    case 'place': {
      if (!first || first.matches(':disabled')) return undefined;
      first.scrollIntoView({ block: 'center', behavior: 'instant' });
      const box = first.getBoundingClientRect();
      const place = { x: box.left + box.width / 2, y: box.top + box.height / 2 };
      // Something may cover it for a moment.
      const there = document.elementFromPoint(place.x, place.y);
      return there && (first.contains(there) || there.contains(first)) ? place : undefined;
    }
  }
}
