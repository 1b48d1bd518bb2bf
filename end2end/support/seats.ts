// People in the seats of the sample's organisations, pasted as a secretariat has them, and letters to them.
import { expect, type Page } from '@playwright/test';
import type { Server } from './server.ts';

/** The organisations that sign, with their sectors as they are written in a list. */
export const organisations: [string, string][] = [
  ['Instituto de Transparencia de Sierra Clara', 'garante'],
  ['Contraloría del Estado', 'institución pública'],
  ['Secretaría de Desarrollo Social', 'institución pública'],
  ['Ayuntamiento de Valle Hondo', 'institución pública'],
  ['Colectivo de Madres y Padres', 'sociedad civil'],
  ['Consejo Empresarial', 'privado'],
  ['Universidad Estatal', 'academia'],
  ['Colegio de Arquitectos', 'facilitación'],
];

/** Pastes a titular for each of the eight organisations, t1@example.org and so on; with two each a suplente besides, s1@example.org. */
export async function seat(page: Page, server: Server, each: 1 | 2): Promise<void> {
  const cells = each === 2 ? ['Organización', 'Sector', 'Titular', 'Correo titular', 'Suplente', 'Correo suplente'] : ['Organización', 'Sector', 'Titular', 'Correo titular'];
  const rows = organisations.map(([name, sector], index) => {
    const all = [name, sector, `Titular ${index + 1} Núñez`, `t${index + 1}@example.org`, `Suplente ${index + 1} Ruiz`, `s${index + 1}@example.org`];
    return all.slice(0, cells.length).join('\t');
  });
  await page.goto(`/ejercicio/${server.demo.exercise_id}/preparar/actores`);
  await page.getByRole('link', { name: 'Pegar de una hoja de cálculo' }).click();
  await page.getByLabel('Copia tus celdas y pégalas aquí').fill([cells.join('\t'), ...rows].join('\n'));
  await page.getByRole('button', { name: 'Ver qué se agregaría' }).click();
  await page.getByRole('button', { name: /^(Agregar|Cambiar) \d+ lugares/ }).click();
  await expect(page.getByRole('status')).toContainText(/lugares agregados|cambiados/);
}

/** Loads a page about letters until it says something. */
export async function untilSaid(page: Page, text: string): Promise<void> {
  await expect(async () => {
    await page.getByRole('link', { name: 'Actualizar' }).click();
    await expect(page.getByText(text).first()).toBeVisible({ timeout: 500 });
  }).toPass({ timeout: 20_000 });
}
