// What people do at a mesa, by the words that they see.
import { expect, type Locator, type Page } from '@playwright/test';
import type { Person } from './people.ts';

/** Joins by a link or the code, as the form asks. */
export async function enter(person: Person, url: string, name: string, organisation?: string): Promise<void> {
  await person.visit(url);
  await person.page.getByLabel('Tu nombre').fill(name);
  if (organisation) await person.page.getByLabel('Tu organización').fill(organisation);
  await person.page.getByRole('button', { name: 'Entrar' }).click();
  await person.page.waitForURL('**/mesa/**');
  await person.page.locator('html[data-live]').waitFor({ state: 'attached' });
  await expect(person.page.getByRole('navigation')).toBeVisible();
}

/** Waits until a page of the table has loaded the parts of its other screens: from here on it works without a network. */
export async function allThere(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const parts = document.querySelector<HTMLMetaElement>('meta[name="mesa-parts"]')?.content.split(' ') ?? [];
    const came = new Set(performance.getEntriesByType('resource').map(({ name }) => new URL(name).pathname));
    return parts.every((part) => came.has(part));
  });
}

export type Section = 'Ahora' | 'Problemas' | 'Compromisos' | 'Mi voz' | 'Textos' | 'Conducir';

/** Goes to one of the sections below the screen; the tray is behind the save state above it. */
export async function go(page: Page, section: Section): Promise<void> {
  await leaveEditor(page);
  if (section === 'Textos') {
    await page.getByRole('banner').getByRole('link', { name: /Estado de tus cambios/i }).click();
  } else {
    await page.getByRole('navigation').getByRole('link', { name: section }).click();
  }
  if (section !== 'Ahora') {
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(new RegExp(section, 'i'));
  }
}

/** Changes the phase on the desk. */
export async function changePhase(desk: Page, name: string): Promise<void> {
  await desk.locator('.phase').filter({ hasText: name }).click();
  await desk.getByRole('button', { name: 'Sí, pasar' }).click();
  await expect(desk.locator('.phase[aria-current]')).toContainText(name);
}

/** Closes the editor of a long text where it covers the screen, as it does on a phone. */
export async function leaveEditor(page: Page): Promise<void> {
  const editor = page.locator('.field[data-open][data-kind="text"]').filter({ has: page.locator('textarea') });
  if ((page.viewportSize()?.width ?? 0) <= 720 && (await editor.count()) > 0) {
    await editor.first().getByRole('button', { name: 'Listo' }).click();
  }
}

/** Opens an item of the list by its title. */
export async function openItem(page: Page, title: string | RegExp): Promise<void> {
  await page.getByRole('listitem').getByRole('link', { name: title }).click();
  await expect(page.locator('.field').first()).toBeVisible();
}

/** The box of a field, by its label. */
export function field(page: Page, label: string): Locator {
  return page.locator('.field').filter({ has: page.locator('.field-label', { hasText: new RegExp(`^${escape(label)}$`) }) });
}

/** Opens a field's control; a long text's editor is a text box. */
export async function openField(page: Page, label: string): Promise<Locator> {
  await leaveEditor(page);
  const box = field(page, label);
  await box.locator('button.field-open').click();
  const control = box.locator('.field-control').first();
  await expect(control).toBeVisible();
  return control;
}

/** Types at the end of a long text, key by key, and leaves the editor open. */
export async function write(page: Page, label: string, text: string): Promise<Locator> {
  const control = await openField(page, label);
  await control.press('Control+End');
  await control.pressSequentially(text);
  return control;
}

/** Fails unless the field's save state says this. */
export async function expectState(page: Page, label: string, state: string): Promise<void> {
  await expect(field(page, label).locator('.field-status')).toHaveText(state);
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** The places of a scrawl, in shares of the box's width and height. */
const scrawl: [number, number][] = Array.from({ length: 30 }, (_, step) => [0.2 + step * 0.02, 0.5 + 0.3 * Math.sin(step / 2)]);

/** The box in which initials or a signature are drawn, in the middle of the screen. */
export async function pad(page: Page, what: 'rúbrica' | 'firma'): Promise<Locator> {
  const box = page.getByRole('img', { name: `Recuadro para dibujar tu ${what}` });
  await box.evaluate((element) => element.scrollIntoView({ block: 'center' }));
  return box;
}

/** Draws a stroke in such a box with a mouse; by default a scrawl. */
export async function draw(page: Page, what: 'rúbrica' | 'firma', places = scrawl): Promise<void> {
  const box = await (await pad(page, what)).boundingBox();
  if (!box) throw new Error(`there is no box for the ${what}`);
  const [first, ...rest] = places.map(([x, y]) => [box.x + box.width * x, box.y + box.height * y] as const);
  await page.mouse.move(...first);
  await page.mouse.down();
  for (const place of rest) await page.mouse.move(...place);
  await page.mouse.up();
}

/** What an address of the server gives to this browser: Node doesn't know the name `mesa.test`. */
export async function fetched(page: Page, path: string): Promise<{ status: number; body: Buffer }> {
  const { status, text } = await page.evaluate(async (path) => {
    const answer = await fetch(path);
    const bytes = new Uint8Array(await answer.arrayBuffer());
    let text = '';
    for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return { status: answer.status, text: btoa(text) };
  }, path);
  return { status, body: Buffer.from(text, 'base64') };
}
