import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { IDENTIFYING, plantedStudy, REGION_NAMES } from '../privacy/planted-study.ts';
import { leaksIn, type Leaving } from '../privacy/search.ts';
import { drop, picture, visit, type Visit } from './page.ts';

// The study full of identifying values of tests/privacy, dropped on the page as a person does; everything that can be saved
// there is saved and searched, with the names of the files, and what the page shows to the browser around it.

describe('everything that the page saves of a study full of identifying values', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kinetex-planted-'));
  const files: Leaving[] = [];
  const said: string[] = [];
  let v: Visit;
  let page: Page;
  beforeAll(async () => {
    for (const { path, bytes } of plantedStudy()) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), bytes);
    }
    v = await visit('served');
    page = v.page;
    page.on('console', (m) => said.push(m.text()));
    page.on('pageerror', (e) => said.push(e.message));
    await drop(v, join(folder, 'Belianis-of-Greece'), join(folder, 'Sansonetto'));
    await page.getByText(REGION_NAMES[1], { exact: true }).first().waitFor({ timeout: 60_000 });
    await page.getByText('Merlin_of_Gaul', { exact: true }).first().waitFor({ timeout: 60_000 });
  });
  afterAll(async () => {
    await v.leave();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Saves by a button of the panel that is open; a SEG comes with its report. */
  async function save(button: string | RegExp, more = 0): Promise<void> {
    const keep = async (d: { suggestedFilename(): string; path(): Promise<string> }) => {
      files.push({ name: d.suggestedFilename(), bytes: readFileSync(await d.path()) });
    };
    const all: Parameters<typeof keep>[0][] = [];
    const listen = (d: Parameters<typeof keep>[0]) => all.push(d);
    page.on('download', listen);
    await page.getByRole('tabpanel').getByRole('button', { name: button, exact: true }).click();
    // Under a failed rule the page asks why; a person in a hurry writes what comes to mind.
    const dialog = page.getByRole('dialog', { name: 'Export under a failed rule' });
    const asked = dialog.waitFor({ timeout: 1500 }).then(
      () => true,
      () => false,
    );
    if (all.length === 0 && (await asked)) {
      await dialog.getByLabel('Reason').fill('Quixote was rescanned on 2019-02-04');
      await dialog.getByLabel('Your role').fill('reader Panza');
      await dialog.getByRole('button', { name: /^Export/ }).click();
    }
    await expect.poll(() => all.length, { timeout: 30_000 }).toBe(1 + more);
    page.off('download', listen);
    for (const download of all) await keep(download);
  }

  it('features: CSV and JSON; the panel says that names are numbered', async () => {
    await page.getByRole('tab', { name: /Features/ }).click();
    const extract = page.getByRole('button', { name: /^Extract/ }).first();
    await expect.poll(() => extract.isEnabled(), { timeout: 60_000 }).toBe(true);
    for (const name of REGION_NAMES.slice(1))
      await page.getByRole('tabpanel').getByText(name, { exact: true }).first().click();
    await extract.click();
    await picture(v, 'privacy-features');
    await page
      .getByText('Some names of regions tell of somebody: they leave as numbers.')
      .waitFor({ timeout: 60_000 });
    for (const kind of ['CSV', 'JSON']) await save(kind);
  });

  it('regions: SEG, RTSTRUCT, NIfTI, NRRD', async () => {
    await page.getByRole('tab', { name: /Regions/ }).click();
    for (const kind of ['SEG', 'RTSTRUCT', 'NRRD']) await save(`Save regions as ${kind}`);
    // They overlap: a file each, in one archive.
    await save('Save regions as NIfTI');
  });

  it('kinetics: NIfTI, DICOM, CSV, JSON', async () => {
    await page.getByRole('tab', { name: /Kinetics/ }).click();
    await page.getByLabel('Region to fit').selectOption({ label: REGION_NAMES[1] });
    await page.getByRole('button', { name: 'Fit the maps' }).click();
    await page.getByRole('button', { name: /NIfTI/ }).waitFor({ timeout: 90_000 });
    await picture(v, 'privacy-kinetics');
    // A JSON file beside the map says what it is and what the rules say of it.
    await save('NIfTI', 1);
    for (const kind of ['DICOM', 'CSV', 'JSON']) await save(kind);
  });

  it('report: HTML, JSON, SR with SEG; Print prints once, and what it prints', async () => {
    await page.getByRole('tab', { name: /^Report/ }).click();
    await page.getByRole('button', { name: 'Make the report' }).click();
    await page.getByRole('button', { name: 'HTML', exact: true }).waitFor({ timeout: 90_000 });
    for (const kind of ['HTML', 'JSON']) await save(kind);
    await save('SR + SEG', 1);
    // The report prints in a frame of its own; what it would print is taken down instead.
    await page.evaluate(() => {
      const w = globalThis as unknown as { printed: string[] };
      w.printed = [];
      new MutationObserver((changes) => {
        for (const node of changes.flatMap((c) => [...c.addedNodes]))
          if (node instanceof HTMLIFrameElement)
            node.addEventListener(
              'load',
              () => {
                const inner = node.contentWindow!;
                inner.print = () => {
                  const { fontSize } = inner.getComputedStyle(inner.document.querySelector('h1')!);
                  w.printed.push(`${fontSize} ${new XMLSerializer().serializeToString(inner.document)}`);
                };
              },
              { capture: true },
            );
      }).observe(document.body, { childList: true });
    });
    await page.getByRole('button', { name: 'Print', exact: true }).click();
    const printed = () => page.evaluate(() => (globalThis as unknown as { printed: string[] }).printed);
    await expect.poll(async () => (await printed()).length, { timeout: 20_000 }).toBe(1);
    expect(v.violations).toEqual([]);
    // With its own style: 18 points.
    expect((await printed())[0]).toMatch(/^24px <(!DOCTYPE )?html/i);
    files.push({ name: 'printed.html', bytes: Buffer.from((await printed())[0]) });
    await page.waitForTimeout(500);
    expect(await printed()).toHaveLength(1);
  });

  it('none of it holds an identifying value, and neither do title, address, console and storage of names', async () => {
    const around = await page.evaluate(() => ({
      title: document.title,
      address: location.href,
      local: { ...localStorage },
      session: { ...sessionStorage },
    }));
    files.push({ name: 'around.json', bytes: Buffer.from(JSON.stringify({ ...around, said })) });
    expect(files.map((f) => f.name)).toEqual([
      ...['kinetex-features.csv', 'kinetex-features.json'],
      ...['segmentation.dcm', 'structures.dcm', 'regions.seg.nrrd', 'regions.zip'],
      ...['kinetex-Ktrans.nii.gz', 'kinetex-Ktrans.json', 'kinetex-Ktrans.dcm'],
      ...['kinetex-kinetics.csv', 'kinetex-kinetics.json'],
      ...[
        'kinetex-report.html',
        'kinetex-report.json',
        'kinetex-segmentation.dcm',
        'kinetex-measurements.dcm',
      ],
      ...['printed.html', 'around.json'],
    ]);
    expect(leaksIn(files, IDENTIFYING)).toEqual([]);
    // The search sees what there is: the harmless name is in the tables and the objects.
    const seen = leaksIn(files, ['Lesion']).map((l) => l.file);
    expect(seen).toEqual(
      expect.arrayContaining(['kinetex-features.csv', 'segmentation.dcm', 'kinetex-report.html']),
    );
  });
});
