import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readDicom } from '../../src/formats/dicom/read.ts';
import { readZip } from '../../src/formats/zip/read.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';
import { barriers, drop, openSample, picture, ROOT, visit, type Visit } from './page.ts';

/** Keeps a picture for the documentation too, when the pictures there are made anew. */
async function show(v: Visit, name: string): Promise<void> {
  await v.page.mouse.move(0, 0);
  await picture(v, `kinetics-${name}`);
  if (!process.env.WRITE_DOCS) return;
  mkdirSync(join(ROOT, 'docs/pictures'), { recursive: true });
  await v.page.screenshot({ path: join(ROOT, `docs/pictures/kinetics-${name}.png`) });
}

async function saved({ page }: Visit, button: RegExp | string): Promise<Uint8Array<ArrayBuffer>> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: button }).click(),
  ]);
  return new Uint8Array(readFileSync(await download.path()));
}

async function toKinetics({ page }: Visit): Promise<void> {
  await page
    .getByRole('option', { name: /phases/ })
    .first()
    .click();
  await page.getByRole('tab', { name: /Kinetics/ }).click();
}

const fitted = ({ page }: Visit) => page.getByRole('button', { name: /NIfTI/ }).waitFor({ timeout: 120_000 });

describe('the tools of the kinetics stage on the sample', () => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served');
    await openSample(v);
    await toKinetics(v);
    await v.page.getByText('Tumour', { exact: true }).first().waitFor({ timeout: 60_000 });
    await v.page.getByLabel('Region to fit').selectOption({ label: 'Tumour' });
  });
  afterAll(() => v.leave());

  it('finds the artery by itself and shows its candidates on the image', async () => {
    const { page } = v;
    await page.getByText('Found', { exact: true }).click();
    await page.getByRole('button', { name: 'Fit the maps' }).click();
    await fitted(v);
    await page.getByRole('button', { name: 'Show it with its candidates' }).click();
    await page
      .getByRole('group', { name: 'Map over the image' })
      .getByText(/candidates/)
      .waitFor();
    await show(v, 'input');
  });

  it('measures motion, and says that the phantom lies still', async () => {
    const { page } = v;
    await page.getByText('Model, input and signal').click();
    await page.getByText('Signal, T1, delay and times').click();
    await page.getByText('Motion between frames').click();
    await page.getByRole('button', { name: 'Measure', exact: true }).click();
    await page.getByText(/No frame moved by more than a pixel/).waitFor({ timeout: 90_000 });
    await show(v, 'motion');
  });

  it('chooses the best model in every voxel', async () => {
    const { page } = v;
    await page.getByLabel('Model', { exact: true }).selectOption('best');
    await page.getByRole('button', { name: 'Fit the maps' }).click();
    await page.getByRole('button', { name: /model of the lowest AICc/ }).waitFor({ timeout: 120_000 });
    await show(v, 'best');
    expect(await barriers(v)).toEqual([]);
  });

  it('compares two models, and gives the region mean a bootstrap interval', async () => {
    const { page } = v;
    await page.getByText('Compare', { exact: true }).click();
    await page.getByRole('button', { name: 'Keep this fit as A' }).click();
    await page.getByText('Model, input and signal').click();
    await page.getByLabel('Model', { exact: true }).selectOption('tofts');
    await page.getByRole('button', { name: 'Fit the maps' }).click();
    const table = page.getByRole('table', { name: 'Two fits side by side' });
    await table.waitFor({ timeout: 90_000 });
    expect(await table.locator('tbody tr').count()).toBeGreaterThan(4);
    await show(v, 'compare');
    await page.getByText('Curve', { exact: true }).click();
    await page.getByText('Region mean', { exact: true }).first().click();
    await page.getByText(/95 % interval of 500 residual bootstrap draws/).waitFor();
    await show(v, 'curve');
    expect(await barriers(v)).toEqual([]);
  });

  it('saves a map as a DICOM Parametric Map without the patient', async () => {
    const { page } = v;
    await page.getByText('Maps', { exact: true }).click();
    await page.getByRole('button', { name: /^Ktrans/ }).click();
    const bytes = await saved(v, 'DICOM');
    const { kind } = readDicom(bytes, 'map.dcm');
    expect(kind).toBe('image');
    const text = new TextDecoder('latin1').decode(bytes);
    // Patient Identity Removed (0012,0062).
    expect(text).toContain('\x12\0\x62\0CS\x04\0YES ');
    expect(text).not.toContain('Sample^');
  });

  it('met no error', () => {
    expect({ violations: v.violations, errors: v.errors, strangers: v.strangers() }).toEqual({
      violations: [],
      errors: [],
      strangers: [],
    });
  });
});

describe('the digital reference object in the page', () => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served', 'narrow');
    await openSample(v);
    await toKinetics(v);
  });
  afterAll(() => v.leave());

  it('is made as DICOM, saved, opened and fitted', async () => {
    const { page } = v;
    await page.getByText('Signal, T1, delay and times').click();
    await page.getByText('Digital reference object').click();
    await page.getByLabel('Time between phases').fill('6');
    const files = readZip(await saved(v, 'Save as ZIP'));
    // Six slices at 71 phases.
    expect(files.length).toBe(6 * 71);
    expect(readDicom(Uint8Array.from(files[0].bytes), files[0].path).kind).toBe('image');
    await page.getByRole('button', { name: 'Open in place of this study' }).click();
    await page.getByText('Tofts, Ktrans x ve, noise by slice').first().waitFor({ timeout: 60_000 });
    await toKinetics(v);
    await page.getByLabel('Model', { exact: true }).selectOption('tofts');
    await page.getByRole('button', { name: 'Fit the maps' }).click();
    await fitted(v);
    await show(v, 'reference-object');
    expect(v.errors).toEqual([]);
  });
});

describe.skipIf(!HAS_SHARED)('the dynamic breast study in the page', () => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served');
    await drop(v, join(SHARED, 'samples/dce_breast_ucsf_br_06/image_dce_3dfgre_orig'));
    await v.page
      .getByRole('option', { name: /3 phases/ })
      .first()
      .waitFor({ timeout: 90_000 });
    await toKinetics(v);
  });
  afterAll(() => v.leave());

  it('offers curve shape first, and makes percent enhancement and SER', async () => {
    const { page } = v;
    await page.getByRole('button', { name: 'Make the maps' }).click();
    await page.getByRole('button', { name: /percent enhancement/ }).waitFor({ timeout: 120_000 });
    await page.getByRole('button', { name: /signal enhancement ratio/ }).click();
    await show(v, 'breast');
    expect(await barriers(v)).toEqual([]);
  });

  it('says why three phases cannot give Ktrans', async () => {
    const { page } = v;
    await page.getByText('Model, input and signal').click();
    await page.getByLabel('Model', { exact: true }).selectOption('tofts');
    await page.getByRole('button', { name: 'Fit the maps' }).click();
    await page.getByText(/at least 5 phases/).waitFor({ timeout: 60_000 });
    await show(v, 'breast-refusal');
    expect(v.errors).toEqual([]);
  });
});
