import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { barriers, openSample, picture, settled, SIZES, visit, type Visit } from './page.ts';

const SIZE_NAMES = Object.keys(SIZES) as (keyof typeof SIZES)[];

async function extract({ page }: Visit): Promise<void> {
  await page.getByRole('tab', { name: /Features/ }).click();
  const button = page.getByRole('button', { name: /^Extract/ }).first();
  await expect.poll(() => button.isEnabled(), { timeout: 60_000 }).toBe(true);
  await button.click();
  await page.getByRole('button', { name: 'CSV' }).waitFor({ timeout: 90_000 });
}

describe.each(['served', 'single file'] as const)('the sample study, %s', (how) => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit(how);
  });
  afterAll(() => v.leave());

  it('opens at one click, within ten seconds of the page', async () => {
    v.forget();
    const start = Date.now();
    await openSample(v);
    expect(Date.now() - start).toBeLessThan(10_000);
  });

  it('gives features of its regions', async () => {
    await extract(v);
    const tables = await v.page.evaluate(async () => {
      const rows = document.querySelectorAll('[role=row]').length;
      return rows;
    });
    expect(tables).toBeGreaterThan(10);
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

describe.each(SIZE_NAMES)('each panel at %s size', (size) => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served', size);
  });
  afterAll(() => v.leave());

  it('is pictured, fits without sideways scrolling, and has no barrier that axe finds', async () => {
    const found: string[] = [];
    const look = async (name: string, panel = true) => {
      // Parts of the panel are loaded late.
      if (panel) await v.page.locator('#stage-panel > header + *').waitFor();
      await picture(v, `${name}-${size}`);
      const overflow = await v.page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
      if (overflow > 0) found.push(`${name}: ${overflow} px wider than the window`);
      found.push(...(await barriers(v)).map((b) => `${name}: ${b}`));
    };
    await look('welcome', false);
    await openSample(v);
    await settled(v);
    await v.page.getByRole('tab', { name: /Acquire/ }).click();
    await look('acquire');
    await v.page.getByRole('tab', { name: /Regions/ }).click();
    await look('regions');
    await extract(v);
    await look('features');
    await v.page.getByRole('tab', { name: /Kinetics/ }).click();
    await look('kinetics');
    await v.page.getByRole('tab', { name: /Report/ }).click();
    await look('report');
    await v.page.getByRole('tab', { name: /Self-test/ }).click();
    await v.page.getByRole('button', { name: 'Run the self-test' }).click();
    await v.page.getByText('482 of 482 within tolerance').first().waitFor({ timeout: 60_000 });
    await look('self-test', false);
    expect(found).toEqual([]);
  });

  it.each([
    ['ru', 'RU, Русский', /[А-Яа-я]{4}/],
    ['zh', '中文', /[\u4e00-\u9fff]{2}/],
  ])('speaks %s on every panel', async (code, name, script) => {
    await v.page.getByRole('button', { name, exact: true }).click();
    expect(await v.page.evaluate(() => document.documentElement.lang)).toMatch(code);
    for (const tab of [0, 1, 2, 3, 4]) {
      await v.page.getByRole('tab').nth(tab).click();
      await v.page.locator('#stage-panel > header + *').waitFor();
      await picture(v, `${code}-${tab}-${size}`);
      const words = await v.page.locator('body').innerText();
      expect(words).toMatch(script);
      expect(words).not.toMatch(/\{\w+\}|undefined|\[object/);
    }
  });
});
