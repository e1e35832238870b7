import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  accept,
  axial,
  click,
  drag,
  operate,
  panel,
  rows,
  scribble,
  toRegions,
  voxels,
} from './region-hand.ts';
import { barriers, openSample, picture, SIZES, visit, type Visit } from './page.ts';

/** PICTURES=1 keeps a picture of every tool in use, at both sizes and in three languages, and lets axe look at each. */
const PICTURES = process.env['PICTURES'] === '1';

const SIZE_NAMES = PICTURES ? (Object.keys(SIZES) as (keyof typeof SIZES)[]) : (['wide'] as const);

describe.each(SIZE_NAMES)('every tool of the stage of regions, %s', (size) => {
  let v: Visit;
  let number = 0;
  beforeAll(async () => {
    v = await visit('served', size);
    v.page.setDefaultTimeout(8000);
    await openSample(v);
    await toRegions(v.page);
    await v.page.getByRole('button', { name: 'New', exact: true }).waitFor();
  });
  afterAll(() => v.leave());

  /** Keeps a picture, and looks for what is cut and for what axe finds. */
  async function look(name: string): Promise<void> {
    if (!PICTURES) return;
    await v.page.waitForTimeout(120);
    await picture(v, `tool-${String(++number).padStart(2, '0')}-${name}-${size}`);
    expect.soft(await barriers(v), name).toEqual([]);
  }
  const tool = (name: string) =>
    v.page.getByRole('group', { name: 'Draw' }).getByRole('button', { name }).click();
  const fresh = async () => {
    const before = await rows(v.page).count();
    await v.page.getByRole('button', { name: 'New', exact: true }).click();
    await expect.poll(() => rows(v.page).count()).toBe(before + 1);
  };

  it('draws', async () => {
    const { page } = v;
    await look('start');
    await page.keyboard.press('b');
    await drag(
      page,
      [
        [-10, -10],
        [10, 0],
        [-6, 12],
      ],
      { hold: true },
    );
    await look('brush-disc');
    await page.mouse.up();
    await page.getByText('Ball (3-D)').click();
    await drag(
      page,
      [
        [40, 0],
        [55, 8],
      ],
      { hold: true },
    );
    await look('brush-ball');
    await page.mouse.up();
    await page.getByLabel('Only intensities in a range').check();
    await page.getByLabel('From', { exact: true }).fill('0');
    await page.getByLabel('To, HU').fill('200');
    await drag(
      page,
      [
        [-30, 20],
        [20, 24],
      ],
      { hold: true },
    );
    await look('brush-limited');
    await page.mouse.up();
    await page.getByLabel('Only intensities in a range').uncheck();
    await page.keyboard.press('e');
    await drag(
      page,
      [
        [-4, -4],
        [10, 8],
      ],
      { hold: true },
    );
    await look('eraser');
    await page.mouse.up();
    await fresh();
    await tool('Polygon');
    for (const [x, y] of [
      [-16, -16],
      [16, -14],
      [18, 10],
    ] as const)
      await click(page, x, y);
    await page.mouse.move(400, 500);
    await look('polygon-half');
    await click(page, -10, 16);
    await page.keyboard.press('Enter');
    await look('polygon-closed');
    await tool('Freehand');
    await drag(
      page,
      [
        [30, -20],
        [50, -20],
        [55, 10],
        [40, 25],
        [28, 5],
      ],
      { hold: true },
    );
    await look('freehand');
    await page.mouse.up();
    await page.keyboard.press('e');
    await page.getByText('Disc (2-D)').click();
    await drag(page, [
      [0, 0],
      [1, 1],
    ]);
    await tool('Fill');
    await look('fill-before');
    await click(page, 0, 0);
    await look('fill-after');
    await click(page, 90, -80);
    await look('fill-open');
    await page.keyboard.press('Escape');
    expect(await voxels(page)).toBeGreaterThan(100);
  });

  it('operates', async () => {
    const { page } = v;
    // Two slices far apart, then what lies between.
    await fresh();
    await page.keyboard.press('b');
    await drag(page, [
      [0, 0],
      [4, 0],
    ]);
    await axial(page).focus();
    for (let i = 0; i < 4; i++) await page.keyboard.press('ArrowUp');
    await drag(page, [
      [8, 6],
      [16, 8],
    ]);
    await page.keyboard.press('Escape');
    for (let i = 0; i < 2; i++) await page.keyboard.press('ArrowDown');
    await operate(page, 'fill-between');
    await accept(page).waitFor();
    await look('fill-between');
    await accept(page).click();
    await operate(page, 'threshold', { Method: 'range', 'From, HU': '150' });
    await accept(page).waitFor();
    await look('threshold-range');
    await operate(page, 'threshold', { Method: 'otsu' });
    await accept(page).waitFor();
    await look('threshold-otsu');
    await operate(page, 'threshold', { Method: 'percent', Where: 'region' });
    await accept(page).waitFor();
    await look('threshold-percent');
    await operate(page, 'threshold', { Method: 'suv' });
    await page.waitForTimeout(500);
    await look('threshold-suv');
    await operate(page, 'growing');
    await look('growing-waits');
    await click(page, 0, 0);
    await accept(page).waitFor();
    await operate(page, 'growing', {
      'More or less than the point, HU': '100',
      'No farther than, mm': '20',
    });
    await accept(page).waitFor();
    await look('growing');
    await accept(page).click();
    for (const [id, values] of [
      ['islands', {}],
      ['islands', { Keep: 'above' }],
      ['fill-holes', {}],
      ['smooth', {}],
      ['smooth', { Method: 'open' }],
      ['margin', {}],
      ['ring', {}],
      ['combine', { How: 'difference' }],
    ] as const) {
      await operate(page, id, values);
      await accept(page).waitFor();
      await look(`${id}-${Object.values(values)[0] ?? 'default'}`);
    }
    await page.getByRole('region', { name: 'Operations' }).getByText('What it does').click();
    await look('operation-help');
    await page.keyboard.press('Escape');
  });

  it('segments', async () => {
    const { page } = v;
    await panel(page, 'Segment');
    const method = page.getByLabel('Method', { exact: true });
    const run = async (id: string, prepare: () => Promise<unknown> = () => Promise.resolve()) => {
      await panel(page, 'Segment');
      await method.selectOption(id);
      await look(`${id}-before`);
      await prepare();
      await page.getByRole('button', { name: 'Run', exact: true }).click();
      await page.getByRole('button', { name: 'Accept' }).waitFor({ timeout: 60_000 });
      await look(`${id}-after`);
      if (id === 'digital-biopsy') {
        await page.getByRole('button', { name: /Measure the features/ }).click();
        await page.getByText(/features vary by/).click({ timeout: 60_000 });
        await look('digital-biopsy-stability');
      }
      await page.getByRole('button', { name: 'Discard' }).click();
    };
    const around = (where: string) => () => page.getByLabel('Box around').selectOption(where);
    await run('k-means', around('crosshair'));
    await run('fuzzy-c-means', around('crosshair'));
    await run('gaussian-mixture', around('crosshair'));
    await method.selectOption('pixel-classifier');
    await scribble(page, true);
    await run('pixel-classifier', around('marks'));
    await run('markov-random-field', around('marks'));
    await run('patch-network', around('marks'));
    await run('chan-vese', around('crosshair'));
    const points = async () => {
      const marks = page.getByRole('group', { name: 'Strokes and points' });
      await marks.getByRole('button', { name: /Points/ }).click();
      await click(page, 0, 0);
      await marks.getByRole('button', { name: /Points: 1/ }).waitFor();
      await marks.getByRole('button', { name: /Points/ }).click();
    };
    await run('geodesic-active-contour', points);
    await run('digital-biopsy');
    await page.getByText('Settings', { exact: true }).last().click();
    await look('digital-biopsy-settings');
  });

  it('says what undo took back, where nothing of it is seen', async () => {
    const { page } = v;
    // The last thing done above was a point; its panel closes.
    await page.getByRole('button', { name: 'Segment', exact: true }).click();
    await page.keyboard.press('Control+z');
    const bar = page.getByRole('contentinfo');
    await bar.getByText('Taken back: Point').waitFor();
    await look('undo-of-a-point');
    await page.getByRole('button', { name: 'Show strokes and points' }).click();
    const marks = page.getByRole('group', { name: 'Strokes and points' });
    await marks.getByRole('button', { name: 'Points: 0' }).waitFor();
    expect(await page.getByRole('button', { name: 'Show strokes and points' }).count()).toBe(0);
    await page.keyboard.press('Control+Shift+z');
    await bar.getByText('Done again: Point').waitFor();
    await marks.getByRole('button', { name: 'Points: 1' }).waitFor();
    await page.keyboard.press('Control+z');
  });

  it('compares, and hides that from a second reader', async () => {
    const { page } = v;
    const reader = (name: string) =>
      page.getByRole('radiogroup', { name: 'Reader' }).getByText(name, { exact: true }).click();
    await panel(page, 'Compare');
    await page.getByRole('button', { name: 'Compare A with B' }).click();
    await page.getByText('Jaccard').waitFor();
    await look('compare');
    const legend = axial(page).getByText('Both', { exact: true });
    await axial(page).focus();
    await reader('Second');
    await page.getByText('Second reader: the regions of the first reader').waitFor();
    expect(await page.getByText('Jaccard').count()).toBe(0);
    expect(await legend.count()).toBe(0);
    expect(await rows(page).count()).toBe(0);
    await look('second-reader');
    await reader('Both');
    await look('both-readers');
    await reader('First');
    expect(await rows(page).count()).toBe(4);
  });

  it.runIf(PICTURES)('speaks three languages', async () => {
    const { page } = v;
    const ways = page.getByRole('group', { name: /Ways|Способы|方式|途径/ }).getByRole('button');
    for (const [language, button] of [
      ['zh', '中文'],
      ['ru', 'RU, Русский'],
    ] as const) {
      await page.getByRole('button', { name: button, exact: true }).click();
      await page.keyboard.press('b');
      await look(`brush-${language}`);
      await page.keyboard.press('Escape');
      await ways.nth(0).click();
      const operations = page.locator('#stage-panel section select').first();
      for (const id of ['threshold', 'growing', 'ring']) {
        await operations.selectOption(id);
        await look(`${id}-${language}`);
      }
      await ways.nth(1).click();
      const method = page.locator('#stage-panel section select').first();
      for (const id of ['markov-random-field', 'digital-biopsy', 'k-means']) {
        await method.selectOption(id);
        await look(`${id}-${language}`);
      }
      await page.locator('#stage-panel section .button.main').click();
      await page.locator('#stage-panel .last .main').waitFor({ timeout: 60_000 });
      await look(`k-means-done-${language}`);
      await ways.nth(2).click();
      await page.locator('#stage-panel section .button.main').click();
      await page.locator('.legend').waitFor();
      await look(`compare-${language}`);
      await ways.nth(2).click();
    }
    await page.getByRole('button', { name: 'EN, English', exact: true }).click();
  });

  it.runIf(PICTURES)('looks into the image', async () => {
    const { page } = v;
    const layout = (name: string) =>
      page.getByRole('group', { name: 'Layout' }).getByRole('button', { name, exact: true }).click();
    const key = async (name: string) => {
      await axial(page).first().focus();
      await page.keyboard.press(name);
    };
    await key('3');
    await key('i');
    await look('viewer-inverted-bone');
    await key('i');
    await key('2');
    await key('?');
    await look('viewer-shortcuts');
    await key('?');
    await key('d');
    await drag(page, [[-20, 0], [20, 10]]); // prettier-ignore
    await key('f');
    await drag(page, [[-30, -20], [70, -10]]); // prettier-ignore
    await key('Escape');
    await look('viewer-ruler-and-profile');
    await layout('Planes and readings, 2 × 2');
    await look('viewer-four');
    await layout('One plane');
    await look('viewer-one');
    await layout('Two series side by side');
    await page.waitForTimeout(1500);
    await look('viewer-pair');
    await layout('Three planes');
    await page.getByRole('option', { name: /phases/ }).first().click(); // prettier-ignore
    await page.getByLabel('Phase', { exact: true }).waitFor({ timeout: 30_000 });
    await key('k');
    await page.waitForTimeout(1500);
    await look('viewer-cine');
    await key('k');
  });
});
