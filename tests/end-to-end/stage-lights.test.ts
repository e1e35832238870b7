import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, openSample, picture, settled, visit, type Visit } from './page.ts';

const PROFILE = JSON.stringify({
  kind: 'kinetex rule profile',
  name: 'strict',
  rules: [{ id: 'G-06', on: true, checks: [{ quantity: 'voxel_anisotropy', block: 0.5 }] }],
});
/** The sample has nothing to warn of; under these limits it has. */
const CAUTIOUS = JSON.stringify({
  kind: 'kinetex rule profile',
  name: 'cautious',
  rules: [{ id: 'C-16', on: true, checks: [{ quantity: 'slice_step', warn: -1 }] }],
});

describe('the lights of the stages', () => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served');
    v.page.setDefaultTimeout(15_000);
    await openSample(v);
    await settled(v);
    await use(CAUTIOUS);
    await rule('C-16').waitFor({ timeout: 60_000 });
  });
  afterAll(() => v.leave());

  /** Runs the rules with the limits of a file. */
  const use = async (profile: string): Promise<void> => {
    await v.page.getByRole('button', { name: 'Limits', exact: true }).click();
    await v.page
      .locator('[data-testid=profile]')
      .setInputFiles({ name: 'p.json', mimeType: 'application/json', buffer: Buffer.from(profile) });
    await v.page.getByRole('button', { name: 'Use this profile' }).click();
  };

  const light = (stage: string) => v.page.locator(`[data-light="${stage}"]`);
  const sheet = () => v.page.locator('header').getByRole('dialog');
  const rule = (id: string) => v.page.locator(`section.rules details[data-rule="${id}"]`);
  const isOpen = (id: string) => rule(id).evaluate((e) => (e as HTMLDetailsElement).open);
  const focused = () => v.page.evaluate(() => document.activeElement?.textContent ?? '');

  it('tell on hover what they rest on, the worst first, and go with the pointer', async () => {
    await light('acquire').hover();
    await sheet().getByRole('button', { name: /C-16/ }).waitFor();
    const lines = await sheet().getByRole('listitem').allTextContents();
    expect(lines[0]).toMatch(/Caution.*Breathing step.*C-16/s);
    expect(await sheet().textContent()).toMatch(/S1.*Acquire.*Caution.*rules not assessable.*rules passed/s);
    await picture(v, 'light-acquire');
    expect(await barriers(v)).toEqual([]);
    await v.page.mouse.move(700, 600);
    await sheet().waitFor({ state: 'detached' });
  });

  it('are reached by the keyboard, closed by Esc, and lead to the evidence', async () => {
    await v.page.getByRole('tab', { name: /Acquire/ }).focus();
    await v.page.keyboard.press('Tab');
    await sheet().waitFor();
    expect(await light('acquire').evaluate((e) => e === document.activeElement)).toBe(true);
    await v.page.keyboard.press('Escape');
    await sheet().waitFor({ state: 'detached' });
    await v.page.keyboard.press('ArrowRight');
    await sheet().getByText('S2', { exact: true }).waitFor();
    await v.page.keyboard.press('ArrowLeft');
    await sheet().getByText('S1', { exact: true }).waitFor();
    await v.page.keyboard.press('Tab');
    await v.page.keyboard.press('Enter');
    await sheet().waitFor({ state: 'detached' });
    await expect.poll(() => isOpen('C-16')).toBe(true);
    await expect.poll(focused).toContain('Breathing step');
    await rule('C-16')
      .getByRole('button', { name: /^Show slice/ })
      .waitFor();
  });

  it('lead to what could not be assessed, which is no pass', async () => {
    await light('acquire').click();
    await sheet()
      .getByRole('button', { name: /rules not assessable/ })
      .click();
    await v.page.locator('section.rules details[data-fold=na][open] details[data-rule]').first().waitFor();
  });

  it('say nothing before there is anything to judge', async () => {
    expect(await light('kinetics').getAttribute('aria-label')).toContain('nothing to judge yet');
    await light('kinetics').click();
    await sheet().getByText('Nothing to judge yet.').waitFor();
    await v.page.keyboard.press('Escape');
    await expect.poll(focused).toBe('');
  });

  it('are no greener downstream: a block of the image blocks its features', async () => {
    await v.page.getByRole('tab', { name: /Features/ }).click();
    const extract = v.page.getByRole('button', { name: /^Extract/ }).first();
    await expect.poll(() => extract.isEnabled(), { timeout: 60_000 }).toBe(true);
    await extract.click();
    await v.page.getByRole('button', { name: 'CSV' }).waitFor({ timeout: 90_000 });
    await expect.poll(() => light('features').getAttribute('aria-label')).toMatch(/Features: (Caution|Fail)/);
    await v.page.getByRole('tab', { name: /Acquire/ }).click();
    await use(PROFILE);
    await expect
      .poll(() => light('features').getAttribute('aria-label'), { timeout: 60_000 })
      .toContain('Features: Blocks');
    await v.page.getByRole('tab', { name: /Report/ }).click();
    await light('features').click();
    await sheet().getByRole('button', { name: /G-06/ }).click();
    await expect.poll(() => isOpen('G-06')).toBe(true);
    expect(await v.page.getByRole('tab', { name: /Acquire/ }).getAttribute('aria-selected')).toBe('true');
    await v.page.getByRole('button', { name: 'Limits', exact: true }).click();
    await v.page.getByRole('button', { name: 'Reset all' }).click();
    await v.page.getByRole('button', { name: 'Use this profile' }).click();
    await expect
      .poll(() => light('features').getAttribute('aria-label'), { timeout: 60_000 })
      .not.toContain('Blocks');
  });

  it('have answers of a person in the report, read by a rule or not', async () => {
    await v.page.locator('details.checklist > summary').click();
    const ask = (name: RegExp) => v.page.getByRole('radiogroup', { name });
    await ask(/Metal/).getByText('Yes', { exact: true }).click();
    await ask(/blinded/)
      .getByText('No', { exact: true })
      .click();
    await v.page.locator('details.checklist').getByLabel('Your role').fill('Physicist');
    await v.page.keyboard.press('Tab');
    await picture(v, 'checklist');
    expect(await barriers(v)).toEqual([]);
    await v.page.getByRole('tab', { name: /Report/ }).click();
    await v.page.getByRole('button', { name: 'Make the report' }).click();
    const json = v.page.getByRole('button', { name: 'JSON', exact: true });
    await json.waitFor({ timeout: 90_000 });
    const [download] = await Promise.all([v.page.waitForEvent('download'), json.click()]);
    const { checklist } = JSON.parse(readFileSync(await download.path(), 'utf8')) as {
      checklist: { role: string; items: { id: string; answer: unknown }[] };
    };
    expect(checklist.role).toBe('Physicist');
    expect(Object.fromEntries(checklist.items.map((i) => [i.id, i.answer]))).toMatchObject({
      metal_removed: 'yes',
      reader_blinded: 'no',
      breath_hold: null,
    });
  });

  it('met no error', () => expect(v.errors).toEqual([]));
});
