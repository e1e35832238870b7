import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, openSample, picture, saving, settled, SIZES, visit, type Visit } from './page.ts';

const axial = (page: Page) => page.getByRole('application', { name: 'Axial' });
const rows = (page: Page) => page.getByRole('region', { name: 'Drawn regions' }).getByRole('listitem');

/** A new region of one stroke of the brush, so far from the middle of the axial plane. */
async function draw(page: Page, x: number, y: number, long: number): Promise<void> {
  const before = await rows(page).count();
  await page.getByRole('button', { name: 'New', exact: true }).click();
  await expect.poll(() => rows(page).count()).toBe(before + 1);
  const box = (await axial(page).boundingBox())!;
  const [u, v] = [box.x + box.width / 2 + x, box.y + box.height / 2 + y];
  await page.mouse.move(u, v);
  await page.mouse.down();
  await page.mouse.move(u + long, v + 4, { steps: 5 });
  await page.mouse.up();
}

const LESIONS = [
  [-60, -40, 12],
  [20, -50, 24],
  [0, 40, 40],
] as const;

interface Saved {
  readonly pairs: readonly { readonly subject: string; readonly agreement: { readonly dice: number } }[];
  readonly findings: readonly { readonly id: string }[];
  readonly report: {
    readonly condition: string;
    readonly subjects: readonly string[];
    readonly features: readonly {
      readonly name: string;
      readonly icc: { readonly value?: number; readonly noValue?: string };
      readonly difference: { readonly percent: number };
    }[];
  };
}

describe('two readers in the page', () => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served');
    await openSample(v);
    await settled(v);
    v.forget();
  });
  afterAll(() => v.leave());

  const saved = async (): Promise<Saved> => {
    const verdicts = v.page.getByRole('button', { name: 'Verdicts', exact: true });
    const download = await saving(v.page, () => verdicts.click());
    return JSON.parse(readFileSync(await download.path(), 'utf8')) as Saved;
  };
  const pairs = () => v.page.getByRole('list', { name: 'Pairs' }).getByRole('listitem');

  it('draw the same lesions, the second without seeing the first', async () => {
    const { page } = v;
    await page.getByRole('tab', { name: /Regions/ }).click();
    await page.getByRole('button', { name: 'New', exact: true }).waitFor();
    await page.keyboard.press('b');
    for (const [x, y, long] of LESIONS) await draw(page, x, y, long);
    await page.getByRole('button', { name: 'Compare', exact: true }).click();
    await page.getByRole('radio', { name: 'Second' }).check({ force: true });
    await expect.poll(() => rows(page).count()).toBe(0);
    for (const [x, y, long] of LESIONS) await draw(page, x + 2, y + 1, long + 3);
    await picture(v, 'readers-regions-wide');
  });

  it('are one click away from their features, paired', async () => {
    const { page } = v;
    await page.getByRole('button', { name: 'Features of both readers' }).click();
    await expect.poll(() => pairs().count()).toBe(3);
    await page.getByText('Without a counterpart: Lesion, Ring, Reference insert').waitFor();
    await page.getByRole('button', { name: 'Measure', exact: true }).click();
    await page.getByRole('button', { name: 'Verdicts' }).waitFor({ timeout: 120_000 });
    const { report, findings, pairs: measured } = await saved();
    expect(report.condition).toBe('reader');
    expect(report.subjects).toEqual(['Region 1', 'Region 2', 'Region 3']);
    expect(findings.map((f) => f.id)).toContain('R-readers-few');
    for (const p of measured) expect(p.agreement.dice).toBeGreaterThan(0.5);
    const volume = report.features.find((f) => f.name === 'morph_vol_approx')!;
    expect(volume.icc.value).toBeGreaterThan(0);
    // Longer strokes: the second reader's regions are larger.
    expect(volume.difference.percent).toBeGreaterThan(0);
    await page.getByText('ICC rests on 3 lesions only').waitFor();
    const top = () => page.getByRole('radiogroup', { name: 'Where the repeats come from' });
    await picture(v, 'readers-wide-plots');
    await top().scrollIntoViewIfNeeded();
    await picture(v, 'readers-wide');
    expect(await barriers(v)).toEqual([]);
    await page.setViewportSize(SIZES.narrow);
    await top().scrollIntoViewIfNeeded();
    await picture(v, 'readers-narrow');
    await page.getByRole('button', { name: 'RU, Русский', exact: true }).click();
    await picture(v, 'readers-narrow-ru');
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0);
    await page.getByRole('button', { name: 'EN', exact: false }).first().click();
    await page.setViewportSize(SIZES.wide);
  });

  it('have pairs that a person changes; one lesion has no ICC, but its differences', async () => {
    const { page } = v;
    await page.getByRole('button', { name: 'Remove the pair Region 3' }).click();
    await page.getByRole('button', { name: 'Remove the pair Region 2' }).click();
    await expect.poll(() => pairs().count()).toBe(1);
    await page.getByRole('combobox', { name: 'Reader 1: Region 1' }).selectOption({ label: 'Region 2' });
    await page.getByRole('combobox', { name: 'Reader 1: Region 2' }).waitFor();
    await page.getByRole('combobox', { name: 'Reader 2: Region 2' }).selectOption({ label: 'Region 5' });
    await page.getByRole('button', { name: 'Measure', exact: true }).click();
    await page.getByText('ICC cannot be computed from one lesion').waitFor({ timeout: 60_000 });
    const { report } = await saved();
    expect(report.subjects).toEqual(['Region 2']);
    const volume = report.features.find((f) => f.name === 'morph_vol_approx')!;
    expect(volume.icc.noValue).toBe('one_subject');
    expect(volume.difference.percent).toBeGreaterThan(0);
    await page.getByText('ICC cannot be computed from one lesion').scrollIntoViewIfNeeded();
    await picture(v, 'readers-one-wide');
    await page.getByRole('button', { name: 'Add a pair' }).click();
    await expect.poll(() => pairs().count()).toBe(2);
  });

  it('asked nobody for anything and met no error', () => {
    expect({ requests: v.requests, violations: v.violations, errors: v.errors }).toEqual({
      requests: [],
      violations: [],
      errors: [],
    });
  });
});
