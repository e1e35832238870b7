import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, openSample, picture, settled, visit, type Visit } from './page.ts';

describe('the rules of acquisition on the sample study', () => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served');
    v.page.setDefaultTimeout(10_000);
    v.forget();
    await openSample(v);
  });
  afterAll(() => v.leave());

  const rule = (id: string) => v.page.locator(`section.rules details[data-rule="${id}"]`);
  const chip = (name: RegExp) => v.page.locator('section.rules .chips').getByRole('button', { name });
  const counted = async (name: RegExp) => Number(await chip(name).locator('b').textContent());
  const limitOf = (quantity: RegExp) => v.page.getByRole('textbox', { name: quantity });

  it('are run unasked, and listed with the worst first', async () => {
    await settled(v);
    await chip(/^Pass/).waitFor({ timeout: 60_000 });
    const ids = await v.page
      .locator('section.rules details[data-rule]:visible')
      .evaluateAll((all) => all.map((e) => e.getAttribute('data-rule')));
    // Nothing to warn of in the sample: that its headers state no CTDIvol is a note.
    expect(ids[0]).toBe('C-04');
    expect(await counted(/^Caution/)).toBe(0);
    expect(await counted(/^Pass/)).toBeGreaterThan(20);
    expect(await counted(/^Not assessable/)).toBeGreaterThan(0);
  });

  it('show the measured value, its limit, source and proof, and lead to the slice', async () => {
    await chip(/^Pass/).click();
    await rule('C-16').locator('summary').first().click();
    // The proof of a rule that passed waits until it is asked for.
    await rule('C-16')
      .getByText(/^Proof:/)
      .click();
    await rule('C-16')
      .getByRole('button', { name: /^Show slice/ })
      .waitFor();
    const text = await rule('C-16').textContent();
    expect(text).toMatch(/neighbouring slices/);
    expect(text).toContain('at most 3');
    expect(text).toContain('Source of the limit');
    expect(text).toContain('Correlation with the next slice');
    const button = rule('C-16').getByRole('button', { name: /^Show slice/ });
    const slice = Number((await button.textContent())!.replace(/\D/g, ''));
    expect(slice).toBeGreaterThanOrEqual(1);
    expect(slice).toBeLessThanOrEqual(72);
    await button.click();
    await v.page.getByText(`${slice} / 72`).first().waitFor();
    await picture(v, 'quality-proof');
    expect(await barriers(v)).toEqual([]);
    await rule('C-16').locator('summary').first().click();
    await chip(/^Pass/).click();
  });

  let profile = '';
  it('follow a limit that a person edits, under the name of the profile', async () => {
    await v.page.getByRole('button', { name: 'Limits', exact: true }).click();
    await v.page.getByLabel('Name of the profile').fill('Thin slices');
    await limitOf(/^Slice thickness, Fail$/).fill('2');
    await picture(v, 'quality-profile');
    expect(await barriers(v)).toEqual([]);
    const waiting = v.page.waitForEvent('download');
    await v.page.getByRole('button', { name: 'Save to a file' }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe('kinetex-rules-thin-slices.json');
    profile = readFileSync(await download.path(), 'utf8');
    expect(JSON.parse(profile)).toMatchObject({ kind: 'kinetex rule profile', name: 'Thin slices' });
    await v.page.getByRole('button', { name: 'Use this profile' }).click();
    await expect.poll(() => counted(/^Fail/), { timeout: 60_000 }).toBe(1);
    expect(await rule('C-05').textContent()).toContain('at most 2 mm');
    expect(await v.page.locator('section.rules .profile').textContent()).toContain('Thin slices');
    await expect.poll(() => v.page.getByRole('tab', { name: /Acquire/ }).textContent()).toContain('Fail');
  });

  it('come back as built, and take a profile from a file', async () => {
    await v.page.getByRole('button', { name: 'Limits', exact: true }).click();
    await v.page.getByRole('button', { name: 'Reset all' }).click();
    await v.page.getByRole('button', { name: 'Use this profile' }).click();
    await expect.poll(() => counted(/^Fail/), { timeout: 60_000 }).toBe(0);
    await v.page.getByRole('button', { name: 'Limits', exact: true }).click();
    await v.page.locator('[data-testid=profile]').setInputFiles({
      name: 'thin.json',
      mimeType: 'application/json',
      buffer: Buffer.from(profile),
    });
    await expect.poll(() => v.page.getByLabel('Name of the profile').inputValue()).toBe('Thin slices');
    await v.page.getByRole('button', { name: 'Use this profile' }).click();
    await expect.poll(() => counted(/^Fail/), { timeout: 60_000 }).toBe(1);
  });

  it('refuse a file that is no profile, in words', async () => {
    await v.page.getByRole('button', { name: 'Limits', exact: true }).click();
    await v.page.locator('[data-testid=profile]').setInputFiles({
      name: 'other.json',
      mimeType: 'application/json',
      buffer: Buffer.from('{"kind": "something else"}'),
    });
    const alert = v.page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.textContent()).toContain('rule profile');
    expect(await v.page.getByLabel('Name of the profile').inputValue()).toBe('Thin slices');
    await v.page.getByRole('button', { name: 'Cancel' }).click();
  });

  it('remember what a person answers, by series', async () => {
    await v.page.locator('details.checklist > summary').click();
    const metal = v.page.getByRole('radiogroup', { name: /Metal/ });
    await metal.getByText('Yes', { exact: true }).click();
    await expect.poll(() => v.page.locator('details.checklist > summary').textContent()).toContain('1 of');
    const kept = await v.page.evaluate(() =>
      Object.entries(localStorage).filter(([key]) => key.startsWith('kinetex.checklist.')),
    );
    expect(kept.map(([, value]) => value)).toEqual(['{"metal_removed":1}']);
  });

  it('compare the protocol with that of another series', async () => {
    await v.page.locator('details.protocol > summary').click();
    await v.page.getByLabel('Compare with').selectOption({ index: 1 });
    const table = v.page.locator('table.differences');
    await table.waitFor();
    expect(await table.textContent()).toMatch(/Modality.*CT.*MR/s);
  });

  it('check all series at one click', async () => {
    await v.page.getByRole('button', { name: 'Check all series' }).click();
    await expect
      .poll(() => v.page.locator('section.rules .all li').count(), { timeout: 120_000 })
      .toBeGreaterThan(1);
  });

  it('asked nobody for anything, broke no policy and met no error', () => {
    expect({
      requests: v.requests,
      strangers: v.strangers(),
      violations: v.violations,
      errors: v.errors,
    }).toEqual({ requests: [], strangers: [], violations: [], errors: [] });
  });
});
