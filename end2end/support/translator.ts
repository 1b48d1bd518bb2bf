// Imitates a browser that translates a page: each text in the page, or inserted into it, is removed, and elements of its own have it in
// capitals instead. Text with translate="no" keeps its words.
import type { BrowserContext, Page } from '@playwright/test';

/** How a text node is replaced: in one step, the new before the old is removed, after that, or wrapped by the new. */
export type Manner = 'replaced' | 'before' | 'after' | 'wrapped';

interface Settings {
  manner: Manner;
  /** Text with translate="no" is replaced as well, with its words unchanged. */
  everything: boolean;
}

/** This device translates every page from the next one on. */
export async function translate(context: BrowserContext, settings: Partial<Settings> = {}): Promise<void> {
  await context.addInitScript(begin, { manner: 'replaced', everything: false, ...settings });
}

function begin({ manner, everything }: Settings): void {
  const never = 'font, script, style, noscript, textarea, title';
  const swap = (text: Text) => {
    const parent = text.parentElement;
    const kept = parent?.closest('[translate="no"]');
    if (!parent || !text.data.trim() || parent.closest(never) || (kept && !everything)) return;
    const outer = document.createElement('font');
    const inner = outer.appendChild(document.createElement('font'));
    const words = kept ? text.data : text.data.toUpperCase();
    if (manner === 'wrapped') {
      text.replaceWith(outer);
      inner.append(text);
      text.data = words;
      return;
    }
    inner.textContent = words;
    const next = text.nextSibling;
    if (manner === 'replaced') parent.replaceChild(outer, text);
    else if (manner === 'before') parent.insertBefore(outer, text);
    if (manner !== 'replaced') parent.removeChild(text);
    if (manner === 'after') parent.insertBefore(outer, next);
  };
  const walk = (node: Node) => {
    if (node instanceof Text) swap(node);
    else for (const child of [...node.childNodes]) walk(child);
  };
  const observer = new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      for (const node of type === 'characterData' ? [target] : addedNodes) if (node.isConnected) walk(node);
    }
  });
  document.addEventListener('DOMContentLoaded', () => {
    walk(document.body);
    observer.observe(document.body, { childList: true, characterData: true, subtree: true });
  });
}

/** All text of a page, split at element boundaries. With `translated`, as the imitation above would render it. */
export function saidBy(page: Page, translated: boolean): Promise<string[]> {
  return page.evaluate((translated) => {
    const said: string[] = [];
    const walk = (node: Node, words: string[], kept: boolean) => {
      for (const child of node.childNodes) {
        if (child instanceof Text) words.push(translated && !kept ? child.data.toUpperCase() : child.data);
        if (!(child instanceof Element) || /^(script|style|noscript|textarea)$/i.test(child.tagName)) continue;
        const inside = kept || child.getAttribute('translate') === 'no';
        if (child.tagName === 'FONT' || (child.tagName === 'SPAN' && child.parentElement?.tagName === 'FONT')) walk(child, words, inside);
        else {
          const own: string[] = [];
          walk(child, own, inside);
          said.push(own.join('').replace(/\s+/g, ' ').trim());
        }
      }
    };
    walk(document.body, [], false);
    return said.filter(Boolean);
  }, translated);
}
