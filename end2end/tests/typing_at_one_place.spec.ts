// Two and three people type at one place of one text, each behind a slow network: what each of them types stays together. MESA_SOAK=1 tries
// every network and every place with every number of people.
import type { Locator } from '@playwright/test';
import { enter, expectState, go, openField, openItem } from '../support/mesa.ts';
import { type People, type Person, expect, type Server, test } from '../support/test.ts';

const sentences = ['los vecinos del oriente piden agua', 'LA ESCUELA NUMERO DOCE TIENE GRIETAS', '7 0 5 3 9 1 1 8 2 4 6 0 9'];
const places = { start: () => 0, middle: (text: string) => text.indexOf(' ', text.length / 2), end: (text: string) => text.length };
type Place = keyof typeof places;

test.use({ throughProxy: true });

async function open(server: Server, people: People, count: number): Promise<[Person[], Locator[]]> {
  const writers: Person[] = [];
  const areas: Locator[] = [];
  for (let index = 0; index < count; index++) {
    const person = await people.laptop();
    await enter(person, server.demo.seats[index].url, ['Ana', 'Beto', 'Carla'][index]);
    await go(person.page, 'Compromisos');
    await openItem(person.page, /Sigue tu uniforme/);
    areas.push(await openField(person.page, 'Objetivo'));
    writers.push(person);
  }
  return [writers, areas];
}

/** All areas show the same and nothing waits. */
async function settled(writers: Person[], areas: Locator[]): Promise<string> {
  for (const writer of writers) await expectState(writer.page, 'Objetivo', 'guardado');
  const values = () => Promise.all(areas.map((area) => area.inputValue()));
  await expect.poll(async () => new Set(await values()).size, { timeout: 20_000 }).toBe(1);
  return (await values())[0];
}

async function round(writers: Person[], areas: Locator[], place: Place, key: number): Promise<void> {
  const at = places[place](await settled(writers, areas));
  for (const area of areas) {
    await area.evaluate((element, at) => (element as HTMLTextAreaElement).setSelectionRange(at, at), at);
  }
  await Promise.all(areas.map((area, index) => area.pressSequentially(sentences[index], { delay: key, timeout: 60_000 })));
  const text = await settled(writers, areas);
  for (const sentence of sentences.slice(0, areas.length)) {
    expect(text.split(sentence).length - 1, `«${sentence}» at the ${place}, ${areas.length} people, ${key} ms a key: ${text}`).toBe(1);
  }
  // Makes room for the next ones, and removes all that was typed.
  const [first] = areas;
  await first.fill(sentences.reduce((rest, sentence) => rest.replace(sentence, ''), text));
}

const names = Object.keys(places) as Place[];

const roundTrips = process.env.MESA_SOAK ? [0, 50, 150, 400] : [150];

for (const [number, roundTrip] of roundTrips.entries()) {
  test(`what each one types stays together with a round trip of ${roundTrip} ms`, async ({ server, people }) => {
    test.setTimeout(process.env.MESA_SOAK ? 600_000 : 180_000);
    const [writers, areas] = await open(server, people, 3);
    await server.proxy.delay(roundTrip / 2);
    for (const [turn, key] of [40, 120, 200].entries()) {
      const chosen = process.env.MESA_SOAK ? names : [names[(number + turn) % names.length]];
      for (const place of chosen) {
        for (const count of process.env.MESA_SOAK ? [2, 3] : [2 + ((number + turn) % 2)]) {
          await test.step(`${count} people at the ${place}, ${key} ms a key`, () => round(writers.slice(0, count), areas.slice(0, count), place, key));
        }
      }
    }
  });
}
