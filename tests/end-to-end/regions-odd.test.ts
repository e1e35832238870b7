import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { oddRegions } from './odd-regions.ts';
import { barriers, drop, picture, visit, type Visit } from './page.ts';

describe('regions that are not as they should be', () => {
  const folder = oddRegions();
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served');
    await drop(v, folder);
    await v.page.getByText('Segment 100', { exact: true }).first().waitFor({ timeout: 60_000 });
    await v.page.getByRole('tab', { name: /Regions/ }).click();
    await v.page.getByRole('button', { name: 'New', exact: true }).waitFor();
  });
  afterAll(async () => {
    await v.leave();
    rmSync(folder, { recursive: true, force: true });
  });
  const said = (name: string) => v.page.getByRole('region', { name, exact: true });

  it.each([
    ['Crossing', /5 contours of Crossing cross themselves/],
    ['Off the slices', /5 contours of Off the slices lie between the slices of this image/],
    ['Segment 10', /Segment 10 holds no voxel of this image/],
  ])('%s: one sentence beside the region', async (name, sentence) => {
    await expect.poll(() => said(name).innerText(), { timeout: 60_000 }).toMatch(sentence);
  });

  it('another frame of reference is said, in the list or beside the region', async () => {
    const text = await said('Elsewhere').innerText();
    const place = said('Elsewhere').getByRole('button', { name: /Place|Lay/ });
    if (!/another frame of reference/.test(text) && (await place.count()) > 0) await place.click();
    await expect.poll(() => said('Elsewhere').innerText()).toMatch(/another frame of reference/);
  });

  it('a hundred segments are a hundred regions; those that overlap share their voxels, and the sound one stays', async () => {
    const { page } = v;
    await expect.poll(() => page.getByRole('region', { name: /^Segment \d+$/ }).count()).toBe(100);
    // 8 × 8 pixels on three slices, whatever lies over them.
    for (const name of ['Segment 1', 'Segment 2', 'Segment 11'])
      await expect.poll(() => said(name).innerText()).toMatch(/192 voxels/);
    await expect.poll(() => said('Sound').innerText()).toMatch(/2,000 voxels/);
    await picture(v, 'regions-odd');
    expect(await barriers(v)).toEqual([]);
    expect(v.errors).toEqual([]);
  });

  it('work goes on: one is taken over to be edited', async () => {
    const { page } = v;
    await said('Segment 11').getByRole('button', { name: 'Edit a copy' }).click();
    await page.getByLabel('Name of the region').waitFor();
    expect(await page.locator('li.chosen .line .small').first().innerText()).toMatch(/^192/);
  });
});
