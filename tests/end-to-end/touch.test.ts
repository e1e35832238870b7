import type { CDPSession, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openSample, picture, visit, type Visit } from './page.ts';
import { axial, rows, toRegions, voxels } from './region-hand.ts';

type Spot = readonly [x: number, y: number];

/** CSS pixels from the middle of the axial plane: a stroke with a corner. */
const PATH: readonly Spot[] = [
  [0, 0],
  [30, 10],
  [60, 20],
  [50, 60],
  [40, 100],
];
const FAR: Spot = [-120, 90];
/** ms: longer than two fingers of one hand come apart. */
const LATER = 400;

describe('fingers and pens', () => {
  let v: Visit;
  let page: Page;
  let cdp: CDPSession;
  let middle: Spot;
  beforeAll(async () => {
    v = await visit('served');
    ({ page } = v);
    page.setDefaultTimeout(10_000);
    await openSample(v);
    await toRegions(page);
    await page.getByRole('button', { name: 'New', exact: true }).waitFor();
    cdp = await v.context.newCDPSession(page);
    const box = (await axial(page).boundingBox())!;
    middle = [box.x + box.width / 2, box.y + box.height / 2];
  });
  afterAll(() => v.leave());

  /** What lies on the glass now, in the order of fingers. */
  const fingers = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...at: readonly Spot[]) =>
    cdp.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: at.map(([x, y], id) => ({ x: middle[0] + x, y: middle[1] + y, id, force: 1 })),
    });
  const glide = async (...path: readonly (readonly Spot[])[]) => {
    for (const at of path) await fingers('touchMove', ...at);
  };
  const pen = (type: 'mousePressed' | 'mouseMoved' | 'mouseReleased', [x, y]: Spot, force: number) =>
    cdp.send('Input.dispatchMouseEvent', {
      type,
      x: middle[0] + x,
      y: middle[1] + y,
      pointerType: 'pen',
      button: 'left',
      buttons: type === 'mouseReleased' ? 0 : 1,
      clickCount: 1,
      force,
    });
  const mouse = async (path: readonly Spot[]) => {
    const to = ([x, y]: Spot) => page.mouse.move(middle[0] + x, middle[1] + y);
    await to(path[0]!);
    await page.mouse.down();
    for (const at of path.slice(1)) await to(at);
    await page.mouse.up();
  };
  const slice = async () => Number(await axial(page).getAttribute('data-slice'));
  const place = () => axial(page).locator('.place').innerText();
  const reset = async () => {
    await axial(page).focus();
    await page.keyboard.press(' ');
    await expect.poll(() => axial(page).getByTestId('zoom').count()).toBe(0);
  };
  const fresh = async () => {
    const before = await rows(page).count();
    await page.getByRole('button', { name: 'New', exact: true }).click();
    await expect.poll(() => rows(page).count()).toBe(before + 1);
  };
  const instrument = (name: string) =>
    page.getByRole('group', { name: 'Draw', exact: true }).getByRole('button', { name }).click();

  it('one finger upwards goes through the slices, sideways it changes the window', async () => {
    const [before, window] = [await slice(), () => axial(page).getByTestId('window').innerText()];
    const first = await window();
    await fingers('touchStart', [0, 60]);
    await glide([[0, 40]], [[0, 20]], [[0, 0]], [[0, -20]]);
    await fingers('touchEnd');
    expect(await slice()).toBeGreaterThan(before + 2);
    expect(await window()).toBe(first);
    const after = await slice();
    await fingers('touchStart', [-40, 0]);
    await glide([[-10, 0]], [[30, 0]]);
    await fingers('touchEnd');
    expect(await window()).not.toBe(first);
    expect(await slice()).toBe(after);
    await reset();
  });

  it('two fingers zoom and carry the picture, and touch neither slice nor window', async () => {
    const before = [await slice(), await axial(page).getByTestId('window').innerText()];
    const tap = async () => {
      await fingers('touchStart', [0, 0]);
      await fingers('touchEnd');
      return Number((await place()).replaceAll('−', '-').match(/-?\d+\.\d/)![0]);
    };
    const start = await tap();
    await fingers('touchStart', [-20, 0]);
    await fingers('touchStart', [-20, 0], [20, 0]);
    await glide([[-30, 0], [30, 0]], [[-40, 0], [40, 0]]); // prettier-ignore
    await fingers('touchEnd');
    expect(await axial(page).getByTestId('zoom').innerText()).toMatch(/2[.,]?0?/);
    expect(Math.abs((await tap()) - start)).toBeLessThan(2);
    await fingers('touchStart', [-20, 0]);
    await fingers('touchStart', [-20, 0], [20, 0]);
    await glide([[20, 0], [60, 0]], [[60, 0], [100, 0]]); // prettier-ignore
    await fingers('touchEnd');
    // 80 pixels to the right: what lies in the middle now is farther to the patient's right.
    const bar = (await axial(page).locator('.bar').boundingBox())!.width;
    const text = await axial(page).getByTestId('scale').innerText();
    const mm = Number.parseFloat(text) * (text.includes('cm') ? 10 : 1);
    expect(start - (await tap())).toBeCloseTo((80 * mm) / bar, -0.5);
    expect([await slice(), await axial(page).getByTestId('window').innerText()]).toEqual(before);
    await reset();
  });

  it('a finger and a pen paint what the mouse paints, however hard the pen presses', async () => {
    await fresh();
    await instrument('Brush');
    await mouse(PATH);
    const drawn = await voxels(page);
    expect(drawn).toBeGreaterThan(100);
    await fresh();
    await fingers('touchStart', PATH[0]!);
    await glide(...PATH.slice(1).map((at) => [at]));
    await fingers('touchEnd');
    expect(await voxels(page)).toBe(drawn);
    await fresh();
    await pen('mousePressed', PATH[0]!, 0.05);
    for (const [n, at] of PATH.slice(1).entries()) await pen('mouseMoved', at, 0.2 * (n + 1));
    await pen('mouseReleased', PATH.at(-1)!, 0);
    expect(await voxels(page)).toBe(drawn);
    await picture(v, 'touch-drawn');
  });

  it('the ball of the hand draws no line: beside a finger, and under a pen', async () => {
    const drawn = await voxels(page);
    await page.waitForTimeout(600);
    await fresh();
    await fingers('touchStart', PATH[0]!);
    await glide([PATH[1]!]);
    await page.waitForTimeout(LATER);
    await fingers('touchStart', PATH[1]!, FAR);
    await glide([PATH[2]!, [FAR[0] + 20, FAR[1]]], [PATH[3]!, [FAR[0] + 40, FAR[1]]]);
    await glide([PATH[4]!, [FAR[0] + 40, FAR[1]]]);
    await fingers('touchEnd');
    expect(await voxels(page)).toBe(drawn);
    expect(await axial(page).getByTestId('zoom').count()).toBe(0);
    await fresh();
    await fingers('touchStart', FAR);
    await pen('mousePressed', PATH[0]!, 0.5);
    await fingers('touchMove', [FAR[0] + 30, FAR[1]]);
    for (const at of PATH.slice(1)) await pen('mouseMoved', at, 0.5);
    await pen('mouseReleased', PATH.at(-1)!, 0);
    await fingers('touchEnd');
    expect(await voxels(page)).toBe(drawn);
  });

  it('two fingers zoom with any instrument in hand, and draw, fill and set nothing', async () => {
    await page.waitForTimeout(600);
    const [before, count] = [await voxels(page), await rows(page).count()];
    for (const name of ['Brush', 'Fill', 'Polygon', 'Freehand']) {
      if (name !== 'Brush') await instrument(name);
      await fingers('touchStart', [0, 0]);
      await fingers('touchStart', [0, 0], [40, 0]);
      await glide([[-20, 0], [60, 0]]); // prettier-ignore
      await fingers('touchEnd');
      await axial(page).getByTestId('zoom').waitFor();
      await reset();
    }
    expect([await voxels(page), await rows(page).count()]).toEqual([before, count]);
  });

  it('a finger closes a polygon at its first corner, which it need not hit to the pixel', async () => {
    await fresh();
    await instrument('Polygon');
    const corners: readonly Spot[] = [
      [0, 0],
      [80, 0],
      [80, 80],
      [0, 80],
      [12, 10],
    ];
    for (const at of corners) {
      await fingers('touchStart', at);
      await fingers('touchEnd');
    }
    await expect.poll(() => voxels(page)).toBeGreaterThan(100);
    expect(v.errors).toEqual([]);
  });
});
