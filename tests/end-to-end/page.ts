import { createServer, type Server } from 'node:net';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import { chromium, type Browser, type BrowserContext, type Download, type Page } from 'playwright-core';
import { FLAGS, findBrowser } from '../../scripts/browser.mjs';
import { serve } from '../../scripts/serve.mjs';

export const ROOT = join(import.meta.dirname, '../..');
export const SIZES = { wide: { width: 1440, height: 900 }, narrow: { width: 1024, height: 768 } } as const;

/** Where Chromium itself knocks at every start and focus of a field, whatever page is open. */
const OWN_DOORS =
  /(accounts\.google\.com|update\.googleapis\.com|content-autofill\.googleapis\.com|optimizationguide-pa\.googleapis\.com)/;

/** A browser with the built page in it, and everything that it asked of anyone. */
export interface Visit {
  readonly page: Page;
  readonly context: BrowserContext;
  /** Requests of the page, its workers and its frames since the last `forget`. */
  readonly requests: string[];
  /** What was asked of anyone but our own server: a proxy that answers nobody writes it down. */
  readonly strangers: () => string[];
  /** Violations of the policy that the page reported. */
  readonly violations: string[];
  /** Errors of scripts and of the console. */
  readonly errors: string[];
  readonly forget: () => void;
  /** Stops the server of the page, as if the network were gone. */
  readonly unplug: () => void;
  readonly leave: () => Promise<void>;
}

/** Waits until the page has loaded all that it will ever want: from then on it asks nobody. */
export async function loaded(page: Page): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName('kinetex:loaded').length > 0);
}

/** Opens the built page: from our server, or as the single file from the disk. */
export async function visit(
  how: 'served' | 'single file',
  size: keyof typeof SIZES = 'wide',
): Promise<Visit> {
  const asked: string[] = [];
  const sink: Server = createServer((socket) => {
    socket.once('data', (d) => {
      asked.push(d.toString('latin1').split('\r\n')[0]);
      socket.destroy();
    });
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', resolve));
  const { port } = sink.address() as { port: number };
  const browser: Browser = await chromium.launch({
    executablePath: findBrowser(),
    args: [...FLAGS, `--proxy-server=127.0.0.1:${port}`, '--proxy-bypass-list=127.0.0.1'],
  });
  const context = await browser.newContext({ viewport: SIZES[size], acceptDownloads: true, locale: 'en-GB' });
  const requests: string[] = [];
  const violations: string[] = [];
  const errors: string[] = [];
  context.on('request', (r) => {
    if (!/^(blob|data):/.test(r.url())) requests.push(`${r.method()} ${r.url()}`);
  });
  const page = await context.newPage();
  page.on('pageerror', (e) => errors.push(e.message));
  page.on('console', (m) => {
    if (m.type() === 'error') errors.push(m.text());
    if (m.text().startsWith('policy-violation')) violations.push(m.text());
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (e) =>
      console.log(`policy-violation ${e.violatedDirective} ${e.blockedURI} ${e.sourceFile}:${e.lineNumber}`),
    );
  });
  const server = how === 'served' ? await serve({ port: 0 }) : null;
  await page.goto(server ? server.address : pathToFileURL(join(ROOT, 'dist/kinetex.html')).href);
  await loaded(page);
  return {
    page,
    context,
    requests,
    strangers: () => asked.filter((line) => !OWN_DOORS.test(line)),
    violations,
    errors,
    forget: () => {
      requests.length = 0;
    },
    unplug: () => server?.close(),
    async leave() {
      await browser.close();
      server?.close();
      sink.close();
    },
  };
}

/** Drops files and folders on the page as a person does, by the browser's own drag and drop. */
export async function drop({ page, context }: Visit, ...paths: string[]): Promise<void> {
  const cdp = await context.newCDPSession(page);
  const { width, height } = page.viewportSize()!;
  const at = { x: Math.round(width / 2), y: Math.round(height / 2) };
  const data = { items: [], files: paths, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await cdp.send('Input.dispatchDragEvent', { type, ...at, data });
  }
  await cdp.detach();
}

/** Keeps a picture of the page under test-results/pictures, to be looked at. */
export async function picture({ page }: Visit, name: string): Promise<void> {
  const folder = join(ROOT, 'test-results/pictures');
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

/** What a click saves. Where a failed rule asks why numbers leave, a reason is given, as a person would. */
export async function saving(page: Page, click: () => Promise<void>): Promise<Download> {
  const waiting = page.waitForEvent('download');
  await click();
  const dialog = page.getByRole('dialog', { name: 'Export under a failed rule' });
  const asked = await Promise.race([waiting.then(() => false), dialog.waitFor().then(() => true)]);
  if (asked) {
    await dialog.getByLabel('Reason').fill('Test of the export');
    await dialog.getByLabel('Your role').fill('Tester');
    await dialog.getByRole('button', { name: /^Export/ }).click();
  }
  return waiting;
}

/** Opens the sample and waits until its regions are listed. */
export async function openSample({ page }: Visit): Promise<void> {
  await page.getByRole('button', { name: /sample study/i }).click();
  await page.getByText('Lesion', { exact: true }).first().waitFor({ timeout: 60_000 });
}

/** Waits until all files are read, the image is on screen and no job runs. */
export async function settled({ page }: Visit): Promise<void> {
  await page.waitForFunction(() => performance.getEntriesByName('kinetex:volume-ready').length > 0);
  await page.waitForFunction(() => !document.querySelector('[role=progressbar]'), null, { timeout: 60_000 });
}

/** Failures that axe finds on what is on screen: contrast, names, roles. */
export async function barriers({ page }: Visit): Promise<string[]> {
  // The tools' own world is not bound by the page's policy.
  if (!(await page.evaluate(() => 'axe' in window))) await page.evaluate(axe.source);
  return page.evaluate(async () => {
    const { axe: tool } = window as unknown as {
      axe: { run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> };
    };
    // What passes is looked at too, and not described at length.
    const { violations } = await tool.run({ resultTypes: ['violations'] });
    return violations.flatMap((x) => x.nodes.map((n) => `${x.id}: ${n.html.slice(0, 160)}`));
  });
}
