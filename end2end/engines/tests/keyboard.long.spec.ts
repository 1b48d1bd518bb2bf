// Keys, caret and composition.
import type { Device } from '../support/driver.ts';
import { caret, control, enter, expectState, go, openField, openItem, reading, setCaret, write } from '../support/mesa.ts';
import type { Screen } from '../support/screen.ts';
import { type Devices, expect, test } from '../support/test.ts';
import type { Server } from '../../support/test.ts';

/** Joins and opens the text to write in. */
async function sit(screen: Screen, server: Server, seat: number): Promise<void> {
  await enter(screen, server.demo.seats[seat].url, ['Ana', 'Beto'][seat]);
  await go(screen, 'Compromisos');
  await openItem(screen, 'Agua limpia a la vista');
  await openField(screen, 'Objetivo');
}

/** Two people with the same text open, its content, and the first one's device. */
async function together(server: Server, devices: Devices, windowed = false): Promise<[Screen, Screen, string, Device]> {
  const [ana, device] = await devices.one({ windowed });
  const beto = await devices.screen();
  await Promise.all([sit(ana, server, 0), sit(beto, server, 1)]);
  return [ana, beto, (await ana.value(control('Objetivo'))) ?? '', device];
}

test('the keys take back one’s own words and nobody else’s, and do them again', async ({ server, devices }) => {
  const [ana, beto, before] = await together(server, devices);
  await write(ana, ' muy pronto');
  await beto.expectValue(control('Objetivo'), `${before} muy pronto`);
  await setCaret(beto, 0);
  await write(beto, 'Beto: ');
  await ana.expectValue(control('Objetivo'), `Beto: ${before} muy pronto`);
  await ana.tab.press('Control', 'z');
  await ana.expectValue(control('Objetivo'), `Beto: ${before} muy`);
  await ana.tab.press('Control', 'z');
  await ana.expectValue(control('Objetivo'), `Beto: ${before}`);
  // Nothing of hers is left to undo: the browser's own undo must not take Beto's words.
  await ana.tab.press('Control', 'z');
  await ana.expectValue(control('Objetivo'), `Beto: ${before}`);
  await ana.tab.press('Control', 'Shift', 'z');
  await ana.expectValue(control('Objetivo'), `Beto: ${before} muy`);
  await ana.tab.press('Control', 'y');
  await ana.expectValue(control('Objetivo'), `Beto: ${before} muy pronto`);
  await expectState(ana, 'Objetivo', 'guardado');
  await beto.expectValue(control('Objetivo'), `Beto: ${before} muy pronto`);
});

test('the caret stays with its word, and a selection with its words, while others write before it', async ({ server, devices }) => {
  const [ana, beto, before] = await together(server, devices);
  const at = before.indexOf(' ');
  await setCaret(ana, at);
  await setCaret(beto, 0);
  await write(beto, '👩🏽‍👧 ñ ');
  const now = `👩🏽‍👧 ñ ${before}`;
  await ana.expectValue(control('Objetivo'), now);
  expect(await caret(ana)).toBe(at + '👩🏽‍👧 ñ '.length);
  await write(ana, 'X');
  await beto.expectValue(control('Objetivo'), now.replace(before, `${before.slice(0, at)}X${before.slice(at)}`));
  await ana.tab.press('Backspace');
  await beto.expectValue(control('Objetivo'), now);
  await ana.ask((from, to) => (document.activeElement as HTMLTextAreaElement).setSelectionRange(from, to), now.length - 3, now.length);
  await write(beto, 'y ');
  await ana.expectValue(control('Objetivo'), `👩🏽‍👧 ñ y ${before}`);
  expect(
    await ana.ask(() => {
      const area = document.activeElement as HTMLTextAreaElement;
      return area.value.slice(area.selectionStart, area.selectionEnd);
    }),
  ).toBe(before.slice(-3));
});

test('a line is taken by Enter, and Escape leaves a text with what was written', async ({ server, devices }) => {
  const [ana, beto, before] = await together(server, devices);
  await write(ana, ' Y más.');
  await ana.tab.press('Escape');
  await ana.expectWords(reading('Objetivo'), `${before} Y más.`);
  await ana.tab.press('Enter');
  await expect.poll(() => ana.count(control('Objetivo'))).toBe(1);
  await ana.tab.press('Control', 'a');
  await write(ana, 'Uno\nDos');
  await expectState(ana, 'Objetivo', 'guardado');
  await beto.expectValue(control('Objetivo'), 'Uno\nDos');
});

test('what a keyboard composes is sent as it is composed, and stays whole while others write', async ({ server, devices, engineName }, info) => {
  const [ana, beto, before, { display }] = await together(server, devices, true);
  if (!display) throw new Error('a device without a window');
  await ana.ask(() => {
    const seen: string[] = [];
    Object.assign(window, { seen });
    for (const name of ['compositionstart', 'compositionupdate', 'compositionend', 'input']) {
      addEventListener(name, (event) => seen.push(`${name} ${'data' in event ? event.data : ''} ${'isComposing' in event ? event.isComposing : ''}`), true);
    }
  });
  // A dead accent and its letter, as on a Spanish keyboard, between plain keys.
  display.keys('space', 'dead_acute', 'a', 'dead_tilde', 'n', 'o');
  await ana.expectValue(control('Objetivo'), `${before} áño`);
  // The accent waits for its letter while another person writes.
  display.keys('dead_acute');
  await setCaret(beto, 0);
  await write(beto, 'Beto: ');
  await expectState(beto, 'Objetivo', 'guardado');
  display.keys('e', 'x');
  await ana.expectValue(control('Objetivo'), `Beto: ${before} áñoéx`);
  await beto.expectValue(control('Objetivo'), `Beto: ${before} áñoéx`);
  const seen = await ana.ask(() => (window as unknown as { seen: string[] }).seen);
  console.log(`${engineName}: ${seen.join(' · ')}`);
  info.annotations.push({ type: 'events', description: seen.join(' · ') });
});
