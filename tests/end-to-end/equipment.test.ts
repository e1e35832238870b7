import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { booksToJson } from '../../src/quality/constancy/file.ts';
import { madeBook } from '../../src/quality/constancy/made-runs.testing.ts';
import { phantomFiles } from '../../src/quality/phantoms/phantom-files.ts';
import { barriers, drop, loaded, picture, SIZES, visit, type Visit } from './page.ts';

// Stage S0 as a physicist uses it: a phantom found, measured and kept; a device that drifts.

const folder = mkdtempSync(join(tmpdir(), 'kinetex-equipment-'));
const images = join(folder, 'acr-ct-twin/images');
const drifted = join(folder, 'drifted.json');

beforeAll(() => {
  const files = phantomFiles('acr-ct-twin', { noise: 5, turn: 20, 'shift-x': 8, slice: 5, spacing: 1.5 });
  for (const { path, bytes } of files.filter((f) => f.path.endsWith('.dcm'))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  writeFileSync(
    drifted,
    booksToJson([madeBook(3, { baseline: 8, since: 10, drift: 0.5, label: 'CT drifting' })], '0'),
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the equipment stage', () => {
  let guest: Visit;
  beforeAll(async () => {
    guest = await visit('served');
  });
  afterAll(() => guest.leave());

  it('finds a phantom, measures it, and keeps the run over a reload', async () => {
    const { page } = guest;
    await drop(guest, images);
    await page.getByText('Digital twin: ACR CT', { exact: false }).first().waitFor({ timeout: 60_000 });
    await page.getByRole('tab', { name: /^Equipment/ }).click();
    await page.getByRole('button', { name: 'Find the phantom' }).click();
    await page.getByText(/Found by its inserts/).waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'Measure', exact: true }).click();
    const bone = page.getByRole('row', { name: /^Bone/ });
    await bone.waitFor();
    const mean = Number(await bone.getByRole('cell').nth(2).textContent());
    expect(Math.abs(mean - 910)).toBeLessThan(4);
    await picture(guest, 'equipment-measured');
    await page.getByLabel('Device', { exact: true }).first().fill('CT room 1');
    await page.getByRole('button', { name: 'Save the run' }).click();
    await page.getByText(/Saved: run of/).waitFor();
    await page.reload();
    await loaded(page);
    await page.getByRole('tab', { name: /^Equipment/ }).click();
    await page.getByRole('combobox', { name: 'Device' }).waitFor();
    expect(await page.getByRole('combobox', { name: 'Device' }).textContent()).toContain('CT room 1');
    await page.getByText('1 run', { exact: true }).waitFor();
  });

  it('shows the alarm of a device that drifts, from a file; signs a run, which then stays', async () => {
    const { page } = guest;
    await page.getByLabel('Import runs').setInputFiles(drifted);
    await page.getByText('New runs: 18', { exact: false }).waitFor();
    await page.getByRole('combobox', { name: 'Device' }).selectOption({ label: 'CT drifting · CT' });
    const alarms = page.getByRole('list', { name: 'Alarms' });
    await alarms.waitFor();
    expect(await alarms.textContent()).toMatch(/beyond|one side/);
    await picture(guest, 'equipment-drift');
    await page.getByText('18 runs', { exact: true }).click();
    await page.getByRole('button', { name: /2026-01-22/ }).click();
    await page.getByRole('button', { name: 'Sign', exact: true }).click();
    await page.getByText(/It cannot be changed/).waitFor();
    expect(await page.getByRole('button', { name: 'Remove' }).count()).toBe(0);
    expect(await barriers(guest)).toEqual([]);
  });

  it('refuses a file that is cut, in one sentence, and keeps what is there', async () => {
    const { page } = guest;
    const cut = join(folder, 'cut.json');
    writeFileSync(cut, booksToJson([madeBook(3)], '0').slice(0, 900));
    await page.getByLabel('Import runs').setInputFiles(cut);
    await page.getByText(/no whole JSON text/).waitFor();
    await page.getByText('18 runs', { exact: true }).waitFor();
  });

  it('fits the page in three languages at two sizes', async () => {
    const { page } = guest;
    await drop(guest, images);
    await page.getByRole('button', { name: 'Find the phantom' }).waitFor({ timeout: 60_000 });
    for (const size of ['wide', 'narrow'] as const) {
      await page.setViewportSize(SIZES[size]);
      for (const language of ['English', '中文', 'Русский']) {
        await page.getByRole('group').getByRole('button', { name: language }).click();
        await picture(guest, `equipment-${size}-${language}`);
        const over = await page.evaluate(() => {
          const header = document.querySelector('header')!;
          const right = (e: Element) => e.getBoundingClientRect().right;
          const tabs = Math.max(...[...header.querySelectorAll('[role=tab]')].map(right));
          const tools = header.querySelector('.tools')!.getBoundingClientRect().left;
          return [Math.max(0, tabs - tools), document.documentElement.scrollWidth - innerWidth];
        });
        expect(over, `${size} ${language}`).toEqual([0, 0]);
      }
    }
    expect(guest.errors).toEqual([]);
  });
});
