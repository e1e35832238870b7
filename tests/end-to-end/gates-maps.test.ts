import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { giveReason, useProfile, verdictBanner } from './gate-hand.ts';
import { barriers, drop, picture, settled, SIZES, visit, type Visit } from './page.ts';
import { twoVisits } from './two-visits.ts';

describe('a block hides maps wherever they may be seen', () => {
  let v: Visit;
  let folder: string;
  const seen: string[] = [];
  beforeAll(async () => {
    folder = twoVisits();
    v = await visit('served');
    await drop(v, folder);
    await v.page.getByRole('option', { name: /Visit 2/ }).waitFor({ timeout: 60_000 });
    await settled(v);
    await useProfile(v, 'block');
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await v.leave();
  });
  const look = async (name: string) => {
    seen.push(...(await barriers(v)).map((b) => `${name}: ${b}`));
    for (const [size, pixels] of Object.entries(SIZES)) {
      await v.page.setViewportSize(pixels);
      await picture(v, `gate-maps-${name}-${size}`);
    }
    await v.page.setViewportSize(SIZES.wide);
  };
  const series = (name: RegExp) => v.page.getByRole('option', { name }).first();
  const viewer = () => v.page.locator('main.viewer');
  const panel = () => v.page.locator('#stage-panel');

  const drawn = () => page().getByRole('group', { name: 'Map over the image' });
  const page = () => v.page;
  const T1 = /T1 · Flip angles/;

  it('a T1 map of blocked images: neither as an image nor as its small picture', async () => {
    await series(/Visit 1/).click();
    await page()
      .getByRole('tab', { name: /Kinetics/ })
      .click();
    await page().getByText('Signal, T1, delay and times').click();
    await page().getByText('Make a T1 map').click();
    await page().getByRole('button', { name: 'Make and use it' }).waitFor();
    // A course of time is no weighting.
    expect(
      await page()
        .getByRole('checkbox', { name: /Visit 2/ })
        .count(),
    ).toBe(0);
    await page().getByRole('button', { name: 'Make and use it' }).click();
    await series(T1).waitFor({ timeout: 60_000 });
    expect(await series(T1).locator('canvas').count()).toBe(0);
    await series(T1).click();
    await viewer()
      .getByText(/blocks the image that this map/)
      .waitFor({ timeout: 60_000 });
    expect(await viewer().locator('canvas').count()).toBe(0);
    await look('t1');
  });

  it('the same map laid over an image by the chooser, until somebody answers for it', async () => {
    await series(/Visit 1/).click();
    await viewer().locator('canvas').first().waitFor();
    const chooser = page().getByLabel('Series over the image');
    // What a scanner measured may lie over it: whoever judges a defect has to see it.
    await chooser.selectOption({ label: 'MR · Angle 5' });
    await drawn().waitFor();
    await chooser.selectOption({ label: 'MR · T1 · Flip angles, non-linear' });
    await verdictBanner(v)
      .getByText(/hidden until/)
      .waitFor({ timeout: 60_000 });
    expect(await drawn().count()).toBe(0);
    await look('overlay');
    await giveReason(viewer());
    await drawn().waitFor();
    await expect.poll(() => series(T1).locator('canvas').count()).toBe(1);
    await look('overlay-opened');
    await viewer().getByRole('button', { name: 'Withdraw' }).click();
    await drawn().waitFor({ state: 'detached' });
    await chooser.selectOption({ label: 'No overlay' });
  });

  it('the same map beside an image', async () => {
    await page().getByRole('button', { name: 'Two series side by side' }).click();
    await page()
      .getByRole('combobox', { name: 'Series on the right' })
      .selectOption({ label: 'MR · T1 · Flip angles, non-linear' });
    await viewer()
      .getByText(/blocks the image that this map/)
      .waitFor({ timeout: 60_000 });
    await look('beside');
  });

  it('the map as the image itself keeps its banner when it was opened', async () => {
    await page().getByRole('button', { name: 'Three planes' }).click();
    await series(T1).click();
    await viewer().getByRole('button', { name: 'Show the numbers' }).waitFor();
    await giveReason(viewer());
    await viewer().locator('canvas').first().waitFor();
    await verdictBanner(v).getByText('Reason: Teaching case (Lecturer)').waitFor();
    await look('opened');
    await viewer().getByRole('button', { name: 'Withdraw' }).click();
    await viewer()
      .getByText(/blocks the image that this map/)
      .waitFor();
    expect(await viewer().locator('canvas').count()).toBe(0);
  });

  it('a visit beside another, when the block is on the one that was kept', async () => {
    const fit = async (visit: RegExp) => {
      await series(visit).click();
      await page().getByRole('button', { name: 'Fit the maps' }).click();
      await verdictBanner(v)
        .getByText(/hidden until/)
        .waitFor({ timeout: 90_000 });
    };
    await page()
      .getByRole('tab', { name: /Kinetics/ })
      .click();
    await fit(/Visit 1/);
    expect(await panel().getByText('Compare', { exact: true }).count()).toBe(0);
    await giveReason(panel());
    await panel().getByText('Compare', { exact: true }).waitFor();
    // It took the T1 map: what is said against that is said against the fit.
    await series(T1).click();
    await viewer().getByRole('button', { name: 'Withdraw' }).click();
    await viewer()
      .getByText(/blocks the image that this map/)
      .waitFor();
    await panel().getByText('Compare', { exact: true }).waitFor({ state: 'detached' });
    await giveReason(panel());
    await panel().getByText('Compare', { exact: true }).click();
    await panel().getByRole('button', { name: 'Keep this fit as A' }).click();
    // The other visit is another series: nobody has answered for it.
    await fit(/Visit 2/);
    const table = panel().getByRole('table', { name: 'Two fits side by side' });
    expect(await table.count()).toBe(0);
    await giveReason(panel());
    await table.waitFor();
    expect(await verdictBanner(v).count()).toBe(2);
    await look('visits-opened');
    // The first visit closes again, and with it what is said of both; the second stays.
    await panel().getByRole('button', { name: 'Withdraw' }).last().click();
    await table.waitFor({ state: 'detached' });
    await panel().getByText('Maps', { exact: true }).waitFor();
    expect(await panel().getByRole('button', { name: 'JSON' }).count()).toBe(1);
    await look('visits-closed');
  });

  it('met no error and has no barrier that axe finds', () => {
    expect({ errors: v.errors, seen }).toEqual({ errors: [], seen: [] });
  });
});
