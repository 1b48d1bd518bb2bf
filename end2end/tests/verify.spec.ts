// Verifying a file: it stays in the browser, over plain http too, and the answer is one of a few plain sentences.
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { expect, test } from '../support/test.ts';

const KEY = '8a88e3dd7409f195fd52db2d3cba5d72ca6709bf1d94121bf3748801b40f6f5c';
const root = path.resolve(import.meta.dirname, '../..');

test.describe('a frozen plan', () => {
  test.use({ stage: 'frozen' });

  test('whoever has a file learns what it is, and the file is not sent', async ({ server, people }, info) => {
    const neighbour = await people.phone();
    const { page } = neighbour;
    await neighbour.read(`${server.url}/plan/${server.demo.exercise_id}`);
    const downloading = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Descargar el plan (PDF)' }).click();
    const plan = await (await downloading).path();
    await page.getByRole('link', { name: 'Verificar un documento de este plan' }).click();
    await expect(page.getByRole('heading', { name: 'Verificar un documento' })).toBeVisible();
    await neighbour.expectAccessible();
    const sent: number[] = [];
    page.on('request', (request) => sent.push(request.postDataBuffer()?.length ?? 0));
    await page.getByLabel('El PDF').setInputFiles(plan);
    await expect(page.getByRole('heading', { name: 'Es la versión pública' })).toBeVisible();
    await neighbour.expectAccessible();
    const bytes = await readFile(plan);
    bytes[1000] ^= 1;
    const changed = info.outputPath('changed.pdf');
    await writeFile(changed, bytes);
    await page.getByLabel('El PDF').setInputFiles(changed);
    await expect(page.getByRole('heading', { name: 'No es un archivo de este plan' })).toBeVisible();
    expect(Math.max(...sent), 'bytes that were sent').toBe(0);
    await page.getByLabel('SHA-256, 64 letras y números').fill('ABCD');
    await page.getByRole('button', { name: 'Preguntar' }).click();
    await expect(page.getByText('Eso no es un SHA-256')).toBeVisible();
  });
});

test('the page that works alone verifies a sealed file from a disk', async ({ browser }, info) => {
  const sealed = path.join(root, 'app/seal/tests/seal/sealed.pdf');
  const page = await (await browser.newContext({ offline: true })).newPage();
  await page.goto(pathToFileURL(path.join(root, 'docs/verificar.html')).href);
  const verify = async (file: string, key: string) => {
    await page.getByLabel('El PDF').setInputFiles(file);
    await page.getByLabel(/Llave pública/).fill(key);
    await page.getByRole('button', { name: 'Verificar' }).click();
  };
  await verify(sealed, KEY);
  await expect(page.getByRole('heading', { name: 'Es el plan firmado' })).toBeVisible();
  await expect(page.getByText('Folio PAL-2026-K7M4QX, versión 2, 2 páginas.')).toBeVisible();
  await verify(sealed, '0a'.repeat(32));
  await expect(page.getByText('Lo selló otro servidor')).toBeVisible();
  const bytes = await readFile(sealed);
  bytes[100] ^= 1;
  const changed = info.outputPath('changed.pdf');
  await writeFile(changed, bytes);
  await verify(changed, KEY);
  await expect(page.getByRole('heading', { name: 'No es lo que se selló' })).toBeVisible();
});
