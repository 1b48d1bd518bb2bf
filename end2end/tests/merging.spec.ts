// Rounds (fifty in the soak) in one paragraph: key by key and by an input method, with the caret in the middle of a word, while another
// person's frames arrive every 50 ms and the network is cut again and again.
import type { CDPSession, Locator } from '@playwright/test';
import { enter, expectState, go, openField, openItem } from '../support/mesa.ts';
import { within } from '../support/pace.ts';
import { expect, networkComplaints, test } from '../support/test.ts';

const rounds = process.env.MESA_SOAK ? 50 : 20;

test.use({ throughProxy: true });
test.setTimeout(240_000);

interface Area {
  value: string;
  caret: number;
}

const look = (area: Locator) => area.evaluate((element): Area => {
  const { value, selectionStart } = element as HTMLTextAreaElement;
  return { value, caret: selectionStart };
});

/** A syllable from an input method: letters under composition, and then the text itself. */
async function compose(input: CDPSession, letters: string, text: string): Promise<void> {
  for (let length = 1; length <= letters.length; length++) {
    const composed = letters.slice(0, length);
    await input.send('Input.imeSetComposition', { text: composed, selectionStart: length, selectionEnd: length });
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  await input.send('Input.insertText', { text });
}

test('in many rounds no character is lost, and nobody’s caret or composition is touched', async ({ server, people }) => {
  const [ana, beto] = [await people.phone(), await people.laptop()];
  const areas: Locator[] = [];
  for (const [index, person] of [ana, beto].entries()) {
    await enter(person, index ? server.demo.seats[index].url.replace(server.url, server.directUrl) : server.demo.seats[index].url, ['Ana', 'Beto'][index]);
    await go(person.page, 'Compromisos');
    await openItem(person.page, /Sigue tu uniforme/);
    areas.push(await openField(person.page, 'Objetivo'));
  }
  people.allow(networkComplaints);
  const [anas, betos] = areas;
  const before = await anas.inputValue();
  const middle = before.indexOf('programa') + 4;
  await anas.evaluate((element, at) => (element as HTMLTextAreaElement).setSelectionRange(at, at), middle);
  await betos.press('Control+End');

  let typing = true;
  const others = (async () => {
    // Ten letters and ten deletions, so that the text stays within its limit.
    for (let key = 0; typing; key++) {
      await betos.press(key % 20 < 10 ? 'abcdefghij'[key % 10] : 'Backspace');
      await beto.page.waitForTimeout(50);
    }
  })();
  const network = (async () => {
    while (typing) {
      await ana.page.waitForTimeout(700 + Math.random() * 600);
      await server.proxy.cut();
      await ana.page.waitForTimeout(100 + Math.random() * 500);
      await server.proxy.pass();
    }
  })();

  const input = await ana.context.newCDPSession(ana.page);
  let written = '';
  for (let round = 0; round < rounds; round++) {
    const at = (await look(anas)).caret;
    if (round % 2) {
      await compose(input, 'nyo', 'ñó');
      written += 'ñó';
    } else {
      const keys = ['piña ', 'e\u0301a', '👩🏽‍👧', 'שלום', 'agua'][(round / 2) % 5];
      await anas.pressSequentially(keys, { delay: 25 });
      // A combining accent that is typed after its letter becomes part of it.
      written += keys.normalize('NFC');
    }
    const now = await look(anas);
    // Others' changes may have come in before, and only then: what was written is complete and follows the place where it began.
    expect(now.value.slice(0, now.caret).endsWith(written), `round ${round}: ${JSON.stringify(now)} (it began at ${at})`).toBe(true);
    if (round % 10 === 9) {
      // After a pause others' changes are let in; the caret stays with its word.
      await ana.page.waitForTimeout(2_300);
      const paused = await look(anas);
      expect(paused.value.slice(0, paused.caret).endsWith(`prog${written}`), `after round ${round}: ${JSON.stringify(paused)}`).toBe(true);
    }
  }
  typing = false;
  await Promise.all([others, network]);
  await betos.press('Control+End');
  await betos.pressSequentially(' FIN');

  for (const person of [ana, beto]) await expectState(person.page, 'Objetivo', 'guardado');
  await expect(anas).toHaveValue(/ FIN$/, within(20_000));
  const merged = await anas.inputValue();
  expect(merged.startsWith(before.slice(0, middle) + written + before.slice(middle)), merged).toBe(true);
  await expect(betos).toHaveValue(merged, within(20_000));
});
