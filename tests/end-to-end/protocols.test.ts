import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uidFromSeed } from '../../src/formats/dicom/write/uid.ts';
import { CT_SERIES, madeCt, withoutTags, withTags, type Change } from '../quality/made-series.ts';
import { barriers, drop, loaded, picture, settled, SIZES, visit, type Visit } from './page.ts';

const folder = mkdtempSync(join(tmpdir(), 'kinetex-protocols-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const SERIES: Readonly<Record<string, readonly Change[]>> = {
  Same: [],
  Sharp: [withTags({ '00181210': ['SH', 'B70f'] })],
  Thick: [withTags({ '00180050': ['DS', '2.6'] })],
  Silent: [withoutTags('00180060')],
};

/** A folder of four series of one study, that differ in one setting each. */
async function study(): Promise<string> {
  const path = join(folder, 'study');
  mkdirSync(path, { recursive: true });
  for (const [name, changes] of Object.entries(SERIES)) {
    const named = withTags({ '0008103E': ['LO', name] });
    const series = { ...CT_SERIES, seriesUid: uidFromSeed(`protocols/${name}`) };
    for (const [at, { content }] of madeCt([named, ...changes], name, series).entries())
      writeFileSync(
        join(path, `${name}-${at}.dcm`),
        content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content,
      );
  }
  return path;
}

describe('a folder against a reference protocol', () => {
  let v: Visit;
  const open = async () => {
    await drop(v, await study());
    await v.page.locator('.card', { hasText: 'Silent' }).waitFor();
    await settled(v);
    await show('Same');
  };
  const show = async (name: string) => {
    await v.page.locator('.card', { hasText: name }).click();
    await v.page.locator('#stage-panel h3.title', { hasText: name }).waitFor();
    await settled(v);
  };
  const unfold = () => v.page.locator('details.protocol > summary').click();
  const cells = async () => {
    await v.page.getByRole('button', { name: 'All series against it' }).click();
    await v.page.locator('table.cohort tbody tr').nth(4).waitFor();
    const rows = await v.page
      .locator('table.cohort tbody tr')
      .evaluateAll((all) =>
        all.map((row) => [
          row.querySelector('bdi')!.textContent,
          ...[...row.querySelectorAll('td')].map((cell) => cell.className.split(' ')[0]),
        ]),
      );
    const heads = await v.page.locator('table.cohort thead th').allTextContents();
    return { heads, rows };
  };

  beforeAll(async () => {
    v = await visit('served');
    v.page.setDefaultTimeout(15_000);
    await open();
  });
  afterAll(() => v.leave());

  let file = '';
  it('takes the protocol of a series, keeps it, and saves it as a file', async () => {
    await unfold();
    await v.page.getByRole('button', { name: 'Use this series as the reference' }).click();
    await v.page.getByLabel('Name of the reference').fill('Chest');
    await v.page.keyboard.press('Tab');
    const [download] = await Promise.all([
      v.page.waitForEvent('download'),
      v.page.getByRole('button', { name: 'Save to a file' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('kinetex-protocol-chest.json');
    file = readFileSync(await download.path(), 'utf8');
    expect(JSON.parse(file)).toMatchObject({
      kind: 'kinetex reference protocol',
      name: 'Chest',
      modality: 'CT',
    });
  });

  it('colours every setting of every series by how it deviates', async () => {
    const { heads, rows } = await cells();
    const of = (name: string, head: string) =>
      rows.find((r) => r[0]?.includes(name))![heads.findIndex((h) => h === head)];
    expect([of('Same', 'Kernel'), of('Same', 'Slice thickness'), of('Same', 'Tube voltage')]).toEqual([
      'pass',
      'pass',
      'pass',
    ]);
    expect([of('Sharp', 'Kernel'), of('Thick', 'Slice thickness'), of('Silent', 'Tube voltage')]).toEqual([
      'fail',
      'warn',
      'na',
    ]);
    for (const size of ['wide', 'narrow'] as const) {
      await v.page.setViewportSize(SIZES[size]);
      await picture(v, `cohort-${size}`);
    }
    await v.page.setViewportSize(SIZES.wide);
    expect(await barriers(v)).toEqual([]);
    const [download] = await Promise.all([
      v.page.waitForEvent('download'),
      v.page.getByRole('button', { name: 'Save as CSV' }).click(),
    ]);
    const csv = readFileSync(await download.path(), 'utf8');
    expect(csv.split('\r\n')).toHaveLength(7);
    expect(csv).not.toMatch(/Sharp|Silent/);
    await v.page.keyboard.press('Escape');
  });

  it('judges by it when told to, and the light leads to the difference', async () => {
    await v.page.getByLabel('Compare with').selectOption({ label: 'Reference: Chest (CT)' });
    await v.page.getByLabel('Judge every CT series by it').check();
    await show('Sharp');
    const light = v.page.locator('[data-light=acquire]');
    await expect.poll(() => light.getAttribute('aria-label'), { timeout: 30_000 }).toContain('Acquire: Fail');
    await light.click();
    await v.page.locator('header').getByRole('dialog').getByRole('button', { name: /G-14/ }).click();
    const proof = v.page.locator('details[data-rule="G-14"] .evidence[open] table').first();
    await proof.waitFor();
    expect(await proof.textContent()).toMatch(/Kernel.*B70f/s);
  });

  it('is there after a reload, and comes from a file', async () => {
    await v.page.reload();
    await loaded(v.page);
    await open();
    await unfold();
    expect(await v.page.getByLabel('Name of the reference').inputValue()).toBe('Chest');
    await v.page.getByRole('button', { name: 'Forget' }).click();
    await v.page.getByLabel('Name of the reference').waitFor({ state: 'detached' });
    const put = (text: string) =>
      v.page
        .locator('[data-testid=protocol]')
        .setInputFiles({ name: 'p.json', mimeType: 'application/json', buffer: Buffer.from(text) });
    await put('{"kind": "something else"}');
    const alert = v.page.locator('details.protocol').getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('reference protocol');
    await put(file);
    await expect.poll(() => v.page.getByLabel('Name of the reference').inputValue()).toBe('Chest');
    expect((await cells()).rows).toHaveLength(5);
  });

  it('met no error', () => expect(v.errors).toEqual([]));
});
