// Figures of a measurement: a line of JSON for make bench, or only printed when nobody collects them.
import fs from 'node:fs/promises';

export async function note(figures: Record<string, number>): Promise<void> {
  const line = JSON.stringify(figures);
  console.log(`      ${line}`);
  if (process.env.MESA_BENCH_RESULT) await fs.appendFile(process.env.MESA_BENCH_RESULT, `${line}\n`);
}
