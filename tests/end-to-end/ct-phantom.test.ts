import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agrees } from '../../src/quality/self-test/self-test.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';
import { saving, drop, loaded, picture, visit, type Visit } from './page.ts';

interface Exported {
  readonly features: readonly { tag: string; aggregation: string; value: number | null }[];
}

const phantom = join(SHARED, 'reference/ibsi1/images/ct_phantom/dicom');
const reference = join(SHARED, 'reference/ibsi1/ct_phantom_config_D.json');

/** The main job on real input: a CT series with its RTSTRUCT dropped on the page. */
describe.skipIf(!HAS_SHARED)('a person drops the CT phantom of IBSI 1 on the page', () => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served');
  });
  afterAll(() => v.leave());

  const extract = async (): Promise<void> => {
    const { page } = v;
    await page.getByRole('tab', { name: /Features/ }).click();
    await page.getByRole('combobox', { name: /^Preset/ }).selectOption({ label: 'IBSI configuration D' });
    const button = page.getByRole('button', { name: 'Extract', exact: false }).first();
    await expect.poll(() => button.isEnabled(), { timeout: 30_000 }).toBe(true);
    await button.click();
    await page.getByRole('button', { name: 'JSON' }).waitFor({ timeout: 60_000 });
  };

  const exported = async (): Promise<Exported> => {
    const download = await saving(v.page, () => v.page.getByRole('button', { name: 'JSON' }).click());
    expect(download.suggestedFilename()).toBe('kinetex-features.json');
    return JSON.parse(readFileSync((await download.path())!, 'utf8')) as Exported;
  };

  it('shows one CT series with its region, and asks nobody for anything', async () => {
    v.forget();
    await drop(v, phantom);
    await v.page.getByText('GTV-1').first().waitFor({ timeout: 30_000 });
    await picture(v, 'ct-phantom-opened');
    expect(v.requests).toEqual([]);
  });

  it('extracts features that agree with the published values of configuration D', async () => {
    await extract();
    await picture(v, 'ct-phantom-extracted');
    const got = new Map((await exported()).features.map((f) => [`${f.tag} ${f.aggregation}`, f.value]));
    const { features } = JSON.parse(readFileSync(reference, 'utf8')) as {
      features: readonly { tag: string; aggregation: string; value: number; tolerance: number }[];
    };
    const wrong = features.filter((f) => {
      const value = got.get(`${f.tag} ${f.aggregation}`);
      return value === null || value === undefined || !agrees(value, f.value, f.tolerance);
    });
    expect(wrong.map((f) => `${f.tag} ${f.aggregation}`)).toEqual([]);
  });

  it('takes the same table from the cache after a reload', async () => {
    const before = await exported();
    await v.page.reload();
    await loaded(v.page);
    v.forget();
    await drop(v, phantom);
    await v.page.getByText('GTV-1').first().waitFor({ timeout: 30_000 });
    await extract();
    await v.page.getByText('from cache').first().waitFor({ timeout: 10_000 });
    expect((await exported()).features).toEqual(before.features);
    expect(v.requests).toEqual([]);
  });

  it('broke no rule of its own policy, met no error and reached for no other address', () => {
    expect({ violations: v.violations, errors: v.errors, strangers: v.strangers() }).toEqual({
      violations: [],
      errors: [],
      strangers: [],
    });
  });
});
