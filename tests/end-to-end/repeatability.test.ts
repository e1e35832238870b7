import { readFileSync } from 'node:fs';
import type { Download } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, openSample, picture, settled, SIZES, visit, type Visit } from './page.ts';

const TABLE = `subject,replicate,morph_volume,stat_mean,cm_contrast_3D_avg
a,1,100,5,3
a,2,101,9,4
b,1,200,7,9
b,2,199,2,8
c,1,300,6,17
c,2,302,8,18
d,1,420,4,26
d,2,419,9,25
`;

interface Saved {
  readonly hash: string;
  readonly report: {
    readonly subjects: readonly string[];
    readonly features: readonly { readonly name: string; readonly verdict: string }[];
    readonly robust: { readonly features: readonly string[] };
  };
}

describe('repeatability in the page', () => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served');
    await openSample(v);
    await settled(v);
    v.forget();
    await v.page.getByRole('tab', { name: /Repeat/ }).click();
  });
  afterAll(() => v.leave());

  const saved = async (name: string): Promise<string> => {
    const [download] = await Promise.all([
      v.page.waitForEvent('download'),
      v.page.getByRole('button', { name, exact: true }).click(),
    ]);
    return readFileSync(await (download as Download).path(), 'utf8');
  };

  it('measures regions of the sample again after small changes, and judges each feature', async () => {
    await v.page.getByRole('textbox', { name: 'Runs' }).fill('6');
    await v.page.getByRole('textbox', { name: 'Runs' }).press('Enter');
    await v.page.getByRole('button', { name: 'Measure', exact: true }).click();
    await v.page.getByRole('button', { name: 'Verdicts' }).waitFor({ timeout: 120_000 });
    const { report } = JSON.parse(await saved('Verdicts')) as Saved;
    expect(report.subjects).toEqual(['Lesion', 'Ring', 'Reference insert']);
    expect(report.features.length).toBeGreaterThan(150);
    expect(report.robust.features).toContain('morph_area_mesh');
    expect(report.features.some((f) => f.verdict === 'not robust')).toBe(true);
    const table = await saved('All measurements');
    expect(table.trim().split('\n')).toHaveLength(1 + 3 * 6);
    await picture(v, 'repeatability-wide');
    await v.page.setViewportSize(SIZES.narrow);
    await picture(v, 'repeatability-narrow');
    await v.page.getByRole('button', { name: 'RU, Русский', exact: true }).click();
    await picture(v, 'repeatability-narrow-ru');
    expect(
      await v.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth),
    ).toBeLessThanOrEqual(0);
    await v.page.getByRole('button', { name: 'EN', exact: false }).first().click();
    await v.page.setViewportSize(SIZES.wide);
    expect(await barriers(v)).toEqual([]);
  });

  it('keeps the robust features alone in later tables and exports, until told otherwise', async () => {
    const list = JSON.parse(await saved('Save the list')) as { features: string[] };
    await v.page.getByRole('button', { name: 'Show and export only these' }).click();
    await v.page.getByRole('tab', { name: /Features/ }).click();
    const extract = v.page.getByRole('button', { name: /^Extract/ }).first();
    await expect.poll(() => extract.isEnabled(), { timeout: 60_000 }).toBe(true);
    await extract.click();
    await v.page.getByRole('button', { name: 'CSV' }).waitFor({ timeout: 90_000 });
    const json = JSON.parse(await saved('JSON')) as {
      results: { features: { column: string }[] }[];
    };
    const text = JSON.stringify(json);
    for (const name of list.features.slice(0, 5)) expect(text).toContain(`"${name}"`);
    await v.page
      .getByText(/Only the \d+ robust features/)
      .first()
      .waitFor();
    await v.page.getByRole('button', { name: 'Show all' }).click();
    const whole = await saved('JSON');
    expect(whole.length).toBeGreaterThan(text.length);
  });

  it('judges a table that the person brings, by the limit that the person sets, and says what is wrong with others', async () => {
    await v.page.getByRole('tab', { name: /Repeat/ }).click();
    await v.page.getByText('A table', { exact: true }).click();
    const give = (text: string) =>
      v.page.getByTestId('repeat-table').setInputFiles({
        name: 'readers.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(text),
      });
    await give(TABLE);
    await v.page.getByText('stat_mean').first().waitFor();
    const verdicts = async () =>
      Object.fromEntries(
        (JSON.parse(await saved('Verdicts')) as Saved).report.features.map((f) => [f.name, f.verdict]),
      );
    const before = await verdicts();
    expect(before['morph_volume']).toBe('robust');
    expect(before['stat_mean']).toBe('not robust');
    const limit = v.page.getByRole('textbox', { name: 'Limit of CoV and bias' });
    await limit.fill('0.1');
    await limit.press('Enter');
    await expect.poll(async () => (await verdicts())['morph_volume']).toBe('not robust');
    await v.page.getByRole('row', { name: /Lower limit/ }).waitFor();
    const plot = v.page.getByRole('application', { name: /difference of two repeats/ });
    await plot.focus();
    await v.page.keyboard.press('Home');
    await v.page.getByText(/a · 1 − 2: 100\.5, [-−]1/).waitFor();
    for (const [name, size] of Object.entries(SIZES)) {
      await v.page.setViewportSize(size);
      await plot.scrollIntoViewIfNeeded();
      await picture(v, `agreement-${name}`);
    }
    await v.page.setViewportSize(SIZES.wide);
    await v.page.getByText('% of the mean', { exact: true }).click();
    await v.page.getByText(/a · 1 − 2: 100\.5, [-−]0\.995 %/).waitFor();
    await give('feature;value\na;1\n');
    await v.page.getByText('There is no column "subject"').waitFor();
    await v.page.getByTestId('robust-list').setInputFiles({
      name: 'other.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"features": 5}'),
    });
    await v.page.getByText('other.json is no list of robust features').waitFor();
  });

  it('asked nobody for anything and met no error', () => {
    expect({ requests: v.requests, violations: v.violations, errors: v.errors }).toEqual({
      requests: [],
      violations: [],
      errors: [],
    });
  });
});
