import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeSampleStudy } from '../../src/quality/phantoms/sample-study.ts';
import { kinetex } from '../command-line/kinetex.ts';
import {
  giveReason,
  strictProfile as profile,
  useProfile as use,
  verdictBanner as banner,
} from './gate-hand.ts';
import { barriers, openSample, picture, settled, SIZES, visit, type Visit } from './page.ts';

const SIZE_NAMES = Object.keys(SIZES) as (keyof typeof SIZES)[];

async function saved({ page }: Visit, press: () => Promise<void>): Promise<string> {
  const [download] = await Promise.all([page.waitForEvent('download'), press()]);
  return readFileSync(await download.path(), 'utf8');
}

/** Hashes of settings and of the rules' result in a table, by region. */
function hashesOf(csv: string): Record<string, string> {
  const [head, ...rows] = csv
    .split('\r\n')
    .filter(Boolean)
    .map((line) => line.split(','));
  const at = (name: string) => head!.indexOf(name);
  return Object.fromEntries(
    rows.map((r) => [r[at('region')]!, `${r[at('settings_hash')]} ${r[at('qc_hash')]}`]),
  );
}

/** Rules that do not come to an end, as on a very large image; `false`: as they are. */
const hang = ({ page }: Visit, on: boolean) =>
  page.evaluate((held) => {
    const { kinetex } = window as unknown as { kinetex: { assess: unknown; assessed?: unknown } };
    kinetex.assessed ??= kinetex.assess;
    kinetex.assess = held
      ? (_: unknown, { signal }: { signal: AbortSignal }) =>
          new Promise((_done, fail) =>
            signal.addEventListener('abort', () => fail(new DOMException('stopped', 'AbortError'))),
          )
      : kinetex.assessed;
  }, on);

describe.each(SIZE_NAMES)('numbers under a verdict, %s', (size) => {
  let v: Visit;
  const seen: string[] = [];
  let ofPage: Record<string, string> = {};
  const folder = mkdtempSync(join(tmpdir(), 'kinetex-gates-'));
  beforeAll(async () => {
    v = await visit('served', size);
  });
  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await v.leave();
  });
  const look = async (name: string) => {
    await picture(v, `gate-${name}-${size}`);
    seen.push(...(await barriers(v)).map((b) => `${name}: ${b}`));
  };

  it('a warning is told and hinders nothing', async () => {
    await openSample(v);
    await settled(v);
    await v.page.getByRole('tab', { name: /Features/ }).click();
    const button = v.page.getByRole('button', { name: /^Extract/ }).first();
    await expect.poll(() => button.isEnabled(), { timeout: 60_000 }).toBe(true);
    await button.click();
    await v.page.getByRole('button', { name: 'CSV' }).waitFor({ timeout: 90_000 });
    await use(v, 'warn');
    await v.page.getByRole('tab', { name: /Features/ }).click();
    await banner(v)
      .getByText(/warns about these numbers:.*G-06/)
      .waitFor({ timeout: 60_000 });
    await look('warn');
    const csv = await saved(v, () => v.page.getByRole('button', { name: 'CSV' }).click());
    expect(csv.split('\r\n')[1]).toMatch(/"warn; .*G-06 warn;.*profile strict warn"$/);
    ofPage = hashesOf(csv);
  });

  it('the command line gives the same hashes for the same files', { timeout: 120_000 }, () => {
    const sample = join(folder, 'sample');
    for (const { path, bytes } of makeSampleStudy()) {
      mkdirSync(join(sample, path, '..'), { recursive: true });
      writeFileSync(join(sample, path), bytes);
    }
    const strict = join(folder, 'strict.json');
    writeFileSync(strict, profile('warn'));
    const listed = JSON.parse(kinetex('inspect', sample, '--json').stdout) as {
      series: { uid: string; modality: string }[];
    };
    const all = Object.keys(ofPage);
    expect(all.length).toBeGreaterThan(0);
    const { uid } = listed.series.find((s) => s.modality === 'CT')!;
    const names = all.flatMap((name) => ['--region', name]);
    const { stdout, stderr } = kinetex(
      ...['extract', '--image', sample, '--mask', sample, '--series', uid, '--csv', '--qc', strict, ...names],
    );
    expect(hashesOf(stdout), stderr).toEqual(ofPage);
  });

  it('under a fail an export asks for a reason, which goes with the numbers', async () => {
    const { page } = v;
    await use(v, 'fail');
    await page.getByRole('tab', { name: /Features/ }).click();
    await banner(v)
      .getByText(/failed:.*G-06/)
      .waitFor({ timeout: 60_000 });
    await page.getByRole('button', { name: 'JSON' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export under a failed rule' });
    await dialog.getByLabel('Reason').fill('Checked by eye');
    expect(await dialog.getByRole('button', { name: 'Export', exact: true }).isEnabled()).toBe(false);
    await dialog.getByLabel('Your role').fill('Physicist');
    await look('ask');
    const json = await saved(v, () => dialog.getByRole('button', { name: 'Export', exact: true }).click());
    const made = JSON.parse(json) as object | object[];
    expect(Array.isArray(made) ? made[0] : made).toMatchObject({
      verdict: {
        severity: 'fail',
        profile: 'strict fail',
        override: { reason: 'Checked by eye', role: 'Physicist' },
      },
    });
    await dialog.waitFor({ state: 'detached' });
    const csv = await saved(v, () => page.getByRole('button', { name: 'CSV' }).click());
    expect(csv.split('\r\n')[1]).toContain('override: Checked by eye (Physicist)');
    await look('fail');
  });

  it('a block hides the numbers until a person answers for them, and the banner stays', async () => {
    const { page } = v;
    // What was said under the fail does not open the block of the same rule.
    await use(v, 'block');
    await page.getByRole('tab', { name: /Features/ }).click();
    await banner(v)
      .getByText(/hidden until/)
      .waitFor({ timeout: 60_000 });
    expect(await page.getByRole('button', { name: 'CSV' }).count()).toBe(0);
    expect(await page.locator('#stage-panel [role=row]').count()).toBe(0);
    const show = page.getByRole('button', { name: 'Show the numbers' });
    expect(await show.isEnabled()).toBe(false);
    await look('block');
    await page.getByLabel('Reason').fill('Teaching case');
    await page.getByLabel('Your role').fill('Lecturer');
    await show.click();
    await page.getByRole('button', { name: 'CSV' }).waitFor();
    expect(await page.locator('#stage-panel [role=row]').count()).toBeGreaterThan(10);
    await banner(v).getByText('Reason: Teaching case (Lecturer)').waitFor();
    await look('overridden');
    const csv = await saved(v, () => page.getByRole('button', { name: 'CSV' }).click());
    expect(csv.split('\r\n')[1]).toMatch(/"block; .*override: Teaching case \(Lecturer\)"$/);
  });

  it('the same block hides lessons on the region, repeats and copies', async () => {
    const { page } = v;
    await banner(v).getByRole('button', { name: 'Withdraw' }).click();
    await page.getByRole('button', { name: 'Show the numbers' }).waitFor();
    await page.getByText('Learn', { exact: true }).click();
    await page.getByRole('button', { name: 'Show the numbers' }).waitFor();
    expect(await page.locator('#stage-panel select option').allTextContents()).not.toContain('Tumour');
    await look('learn-block');
    await page.getByText('Measure', { exact: true }).first().click();
    await page.getByRole('tab', { name: /Repeat/ }).click();
    await page.getByLabel('Runs').fill('2');
    await page.getByRole('button', { name: 'Measure', exact: true }).last().click();
    await banner(v)
      .getByText(/hidden until/)
      .waitFor({ timeout: 120_000 });
    expect(await page.getByRole('button', { name: 'All measurements' }).count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Save the list' }).count()).toBe(0);
    await look('repeat-block');
  });

  it('repeats that were opened carry the verdict of each region, also as a table that is brought back', async () => {
    const { page } = v;
    await giveReason(page.locator('#stage-panel'));
    const csv = await saved(v, () => page.getByRole('button', { name: 'All measurements' }).click());
    const rows = csv.trim().split('\n');
    expect(rows[0]).toMatch(/^subject,perturbation,.*,settings_hash,qc_hash,verdict$/);
    for (const row of rows.slice(1))
      expect(row).toMatch(/,[0-9a-f]{64},[0-9a-f]{64},"block; .*override: Teaching case \(Lecturer\)"$/);
    // Each region has a result of its own.
    const [subjects, hashes] = [0, -2].map(
      (at) => new Set(rows.slice(1).map((r) => r.split(/,(?!\s)/).at(at))),
    );
    expect(hashes!.size).toBe(subjects!.size);
    const list = await saved(v, () => page.getByRole('button', { name: 'Save the list' }).click());
    expect(JSON.parse(list)).toMatchObject({ verdict: expect.stringMatching(/^block; .*Teaching case/) });
    await banner(v).getByRole('button', { name: 'Withdraw' }).click();
    await page.getByText('A table', { exact: true }).click();
    const give = (text: string) =>
      page.getByTestId('repeat-table').setInputFiles({
        name: 'repeats.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(text),
      });
    await give(csv);
    await page
      .getByText(/When these numbers were made, quality rules said: block; .*Teaching case/)
      .waitFor();
    const verdicts = await saved(v, () => page.getByRole('button', { name: 'Verdicts' }).click());
    expect(JSON.parse(verdicts)).toMatchObject({
      verdict: { severity: 'block', override: { role: 'Lecturer' } },
    });
    await look('table-carried');
    await give(csv.replaceAll('; override: Teaching case (Lecturer)', ''));
    await page.getByText(/No number of the table may be used/).waitFor();
    expect(await page.getByRole('button', { name: 'Verdicts' }).count()).toBe(0);
    await look('table-closed');
    await give('subject,replicate,a\ns,1,1\ns,2,2\nt,1,3\nt,2,5\n');
    await page.getByText(/Not assessed: these numbers do not say/).waitFor();
    await look('table-silent');
  });

  it('maps of a fit are hidden in the same way', async () => {
    const { page } = v;
    await page
      .getByRole('option', { name: /phases/ })
      .first()
      .click();
    await page.getByText('Tumour', { exact: true }).first().waitFor({ timeout: 60_000 });
    await page.getByRole('tab', { name: /Kinetics/ }).click();
    await page.getByLabel('Region to fit').selectOption({ label: 'Tumour' });
    await page.getByRole('button', { name: 'Fit the maps' }).click();
    await banner(v)
      .getByText(/hidden until/)
      .waitFor({ timeout: 90_000 });
    expect(await page.getByRole('button', { name: /NIfTI/ }).count()).toBe(0);
    // The map on the image is hidden with them, and so is its value under the pointer.
    await expect.poll(() => page.getByRole('button', { name: 'From data' }).count()).toBe(0);
    await look('kinetics-block');
    await page.getByLabel('Reason').fill('Teaching case');
    await page.getByLabel('Your role').fill('Lecturer');
    await page.getByRole('button', { name: 'Show the numbers' }).click();
    await page.getByRole('button', { name: /NIfTI/ }).waitFor();
    const json = await saved(v, () => page.getByRole('button', { name: 'JSON' }).click());
    expect(JSON.parse(json)).toMatchObject({
      verdict: { severity: 'block', override: { reason: 'Teaching case', role: 'Lecturer' } },
    });
    await look('kinetics-overridden');
    await banner(v).getByRole('button', { name: 'Withdraw' }).click();
    await page.getByRole('button', { name: 'Show the numbers' }).waitFor();
    expect(await page.getByRole('button', { name: /NIfTI/ }).count()).toBe(0);
  });

  it('a map that was measured stays hidden with the series that it comes from', async () => {
    const { page } = v;
    await page.getByLabel('Reason').fill('Teaching case');
    await page.getByLabel('Your role').fill('Lecturer');
    await page.getByRole('button', { name: 'Show the numbers' }).click();
    await page.getByRole('button', { name: /Measure this map/ }).click();
    // The reason was given for the dynamic series; the map breaks the rule itself, too.
    await page.getByText(/blocks the image that this map/).waitFor({ timeout: 60_000 });
    expect(await page.locator('main.viewer canvas').count()).toBe(0);
    await look('map-block');
  });

  it('numbers wait for rules that have not come to an end, and ask for a reason when they were stopped', async () => {
    const { page } = v;
    await page.getByRole('option', { name: /CT/ }).first().click();
    await page.locator('main.viewer canvas').first().waitFor({ timeout: 60_000 });
    await hang(v, true);
    // Under a name of its own: what was said under a profile before is known.
    await use(v, 'warn', 'not yet run');
    await page.getByRole('tab', { name: /Features/ }).click();
    await banner(v)
      .getByText(/rules are running/)
      .waitFor({ timeout: 30_000 });
    expect(await page.getByRole('button', { name: 'CSV' }).count()).toBe(0);
    expect(await page.locator('#stage-panel [role=row]').count()).toBe(0);
    await look('pending');
    await banner(v).getByRole('button', { name: 'Stop the rules' }).click();
    await banner(v)
      .getByText(/Nobody vouches/)
      .waitFor();
    await page.getByRole('button', { name: 'CSV' }).click();
    const dialog = page.getByRole('dialog', { name: 'Export under a failed rule' });
    await look('not-run');
    await dialog.getByLabel('Reason').fill('No time');
    await dialog.getByLabel('Your role').fill('Physicist');
    const csv = await saved(v, () => dialog.getByRole('button', { name: 'Export', exact: true }).click());
    expect(csv.split('\r\n')[1]).toMatch(
      /,"not judged: the rules did not run; .*override: No time \(Physicist\)"$/,
    );
    await hang(v, false);
    await banner(v).getByRole('button', { name: 'Run the rules' }).click();
    await banner(v)
      .getByText(/warns about these numbers/)
      .waitFor({ timeout: 60_000 });
  });

  it('met no error and has no barrier that axe finds', () => {
    expect({ errors: v.errors, seen }).toEqual({ errors: [], seen: [] });
  });
});
