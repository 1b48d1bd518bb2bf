// What people do at a mesa, in any engine.
import { expect } from '@playwright/test';
import { Screen, type Where } from './screen.ts';

export type Section = 'Ahora' | 'Problemas' | 'Compromisos' | 'Mi voz' | 'Conducir';

/** Joins by a link. */
export async function enter(screen: Screen, url: string, name: string): Promise<void> {
  await screen.tab.go(url);
  await screen.tap({ css: '#nombre' });
  await screen.tab.type(name, 0);
  await screen.expectValue({ css: '#nombre' }, name);
  await screen.tap({ css: 'button', words: 'Entrar' });
  await expect.poll(() => screen.ask(() => location.pathname)).toMatch(/^\/ejercicio\//);
  await screen.live();
}

export async function go(screen: Screen, section: Section): Promise<void> {
  await screen.tap({ css: 'nav a', words: section });
  if (section !== 'Ahora') await screen.expectWords({ css: 'h1' }, section);
}

/** Opens an item of the list, by part of its title. */
export async function openItem(screen: Screen, title: string): Promise<void> {
  await screen.tap({ css: 'li a', words: title });
  await expect.poll(() => screen.count({ css: '.field' })).toBeGreaterThan(0);
}

/** A field, by its label. */
export const field = (label: string): Where => ({ css: '.field', has: { css: '.field-label', words: label } });
/** Its value, as shown while it isn't being edited. */
export const reading = (label: string): Where => ({ css: '.field-value', within: field(label) });
/** Its control, while it is being edited. */
export const control = (label: string): Where => ({ css: '.field-control', within: field(label) });
/** Its save state. */
export const state = (label: string): Where => ({ css: '.field-status', within: field(label) });

/** Opens a field's control, with the caret at its end. */
export async function openField(screen: Screen, label: string): Promise<void> {
  await screen.tap({ css: 'button.field-open', within: field(label) });
  await expect.poll(() => screen.count(control(label))).toBe(1);
  await expect.poll(() => screen.ask(() => document.activeElement?.className)).toContain('field-control');
}

/** Types into the open field, key by key, at its caret. */
export async function write(screen: Screen, text: string, delay = 20): Promise<void> {
  await screen.tab.type(text, delay);
}

export async function expectState(screen: Screen, label: string, words: string): Promise<void> {
  await expect.poll(() => screen.words(state(label)), `where ${label} stands`).toBe(words);
}

/** Sets the caret of the focused control, in UTF-16 units. */
export async function setCaret(screen: Screen, at: number): Promise<void> {
  await screen.ask((at) => (document.activeElement as HTMLTextAreaElement).setSelectionRange(at, at), at);
}

export function caret(screen: Screen): Promise<number> {
  return screen.ask(() => (document.activeElement as HTMLTextAreaElement).selectionStart);
}

/** Everything that the browser keeps for the page. */
export function kept(screen: Screen): Promise<{ local: Record<string, string>; database: Record<string, string> }> {
  return screen.ask(async () => {
    const opening = indexedDB.open('mesa', 1);
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      opening.onsuccess = () => resolve(opening.result);
      opening.onerror = () => reject(opening.error);
    });
    const store = database.transaction('kept').objectStore('kept');
    const read = (request: IDBRequest) => new Promise<string[]>((resolve) => (request.onsuccess = () => resolve(request.result)));
    const [keys, values] = await Promise.all([read(store.getAllKeys()), read(store.getAll())]);
    database.close();
    return { local: { ...localStorage }, database: Object.fromEntries(keys.map((key, index) => [key, values[index]])) };
  });
}
