import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loaded, openSample, visit, type Visit } from './page.ts';

describe('the served page without its server', () => {
  let v: Visit;
  beforeAll(async () => {
    v = await visit('served');
  });
  afterAll(() => v.leave());

  it('while the server is there, lets no query go to it', async () => {
    const answers = await v.page.evaluate(() =>
      Promise.all(
        ['kinetex.svg', 'kinetex.svg?name=leak'].map(
          (address) =>
            new Promise<string>((resolve) => {
              const image = new Image();
              image.onload = () => resolve('answered');
              image.onerror = () => resolve('no answer');
              image.src = address;
            }),
        ),
      ),
    );
    expect(answers).toEqual(['answered', 'no answer']);
  });

  it('opens the page itself without the query that its address carries', async () => {
    const { page, context } = v;
    const asked: string[] = [];
    context.on('request', (r) => {
      if (r.serviceWorker()) asked.push(r.url());
    });
    await page.goto(`${page.url().split('?')[0]}?name=leak`);
    await loaded(page);
    expect(asked.filter((url) => url.endsWith('/'))).not.toEqual([]);
    expect(asked.filter((url) => url.includes('leak'))).toEqual([]);
  });

  it('opens again after the server is gone, under the same policy and with all its memory rights', async () => {
    v.unplug();
    const nobody = await fetch(v.page.url()).then(
      () => 'answered',
      () => 'nobody there',
    );
    expect(nobody).toBe('nobody there');
    await v.page.reload();
    await loaded(v.page);
    expect(await v.page.evaluate(() => crossOriginIsolated)).toBe(true);
    expect(v.violations).toEqual([]);
  });

  it('reads the sample, measures it and runs the self-test', async () => {
    v.forget();
    await openSample(v);
    await v.page.getByRole('tab', { name: /Features/ }).click();
    const button = v.page.getByRole('button', { name: /^Extract/ }).first();
    await expect.poll(() => button.isEnabled(), { timeout: 60_000 }).toBe(true);
    await button.click();
    await v.page.getByRole('button', { name: 'CSV' }).waitFor({ timeout: 90_000 });
    await v.page.getByRole('tab', { name: /Self-test/ }).click();
    await v.page.getByRole('button', { name: 'Run the self-test' }).click();
    await v.page.getByText('482 of 482 within tolerance').first().waitFor({ timeout: 60_000 });
    expect({ requests: v.requests, strangers: v.strangers(), violations: v.violations }).toEqual({
      requests: [],
      strangers: [],
      violations: [],
    });
  });

  it('keeps the program and nothing of the study in the cache of the offline worker', async () => {
    const kept = await v.page.evaluate(async () => {
      const names = await caches.keys();
      const all = await Promise.all(names.map(async (n) => (await caches.open(n)).keys()));
      return { names, paths: all.flat().map((r) => new URL(r.url).pathname) };
    });
    expect(kept.names).toEqual([expect.stringMatching(/^kinetex-program \/ \w+$/)]);
    expect(kept.paths).toContain('/');
    for (const path of kept.paths) expect(path).toMatch(/^\/(assets\/[\w.-]+\.(js|css)|kinetex\.svg)?$/);
  });
});
