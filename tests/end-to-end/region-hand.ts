import type { Page } from 'playwright-core';
import { expect } from 'vitest';

// What a person does in the stage of regions, for the tests of it.

export const toRegions = (page: Page) => page.getByRole('tab', { name: /Regions/ }).click();
export const rows = (page: Page) => page.getByRole('region', { name: 'Drawn regions' }).getByRole('listitem');
export const axial = (page: Page) => page.getByRole('application', { name: 'Axial' });
/** Accepts a preview, or shows that there is one to be accepted. */
export const accept = (page: Page) =>
  page.getByRole('button', { name: 'Accept' }).and(page.locator(':enabled'));

/** Voxels of the chosen region, as its line in the list says. */
export async function voxels(page: Page): Promise<number> {
  const line = await page.locator('li.chosen .line .small').first().innerText();
  return Number(line.split('·')[0]!.replace(/\D/g, ''));
}

/** Drags from the middle of the axial plane; `hold` leaves the button down. */
export async function stroke(page: Page, dx: number, dy: number, hold = false): Promise<void> {
  const box = (await axial(page).boundingBox())!;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + dx, y + dy, { steps: 8 });
  if (!hold) await page.mouse.up();
}

/** Opens one of the panels below the list. */
export async function panel(page: Page, name: 'Operations' | 'Segment' | 'Compare'): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  if ((await button.getAttribute('aria-expanded')) !== 'true') await button.click();
}

/** Where the lesion of the sample lies in the page, and how many pixels a mm has. */
export interface LesionPlace {
  readonly x: number;
  readonly y: number;
  readonly mm: number;
}
export async function lesion(page: Page): Promise<LesionPlace> {
  const box = (await axial(page).boundingBox())!;
  // The plane is 192 × 192 pixels of 1.6 mm and fits the pane.
  const mm = Math.min(box.width, box.height) / (192 * 1.6);
  return { x: box.x + box.width / 2 - 66 * mm, y: box.y + box.height / 2 + 2 * mm, mm };
}

/** A path in mm from the middle of the lesion, with the button down from the first corner to the last. */
export async function drag(
  page: Page,
  corners: readonly (readonly [x: number, y: number])[],
  { hold = false, steps = 6 } = {},
): Promise<void> {
  const at = await lesion(page);
  for (const [n, [x, y]] of corners.entries()) {
    await page.mouse.move(at.x + x * at.mm, at.y + y * at.mm, { steps: n === 0 ? 1 : steps });
    if (n === 0) await page.mouse.down();
  }
  if (!hold) await page.mouse.up();
}

/** A click so many mm from the middle of the lesion. */
export async function click(page: Page, x: number, y: number): Promise<void> {
  const at = await lesion(page);
  await page.mouse.click(at.x + x * at.mm, at.y + y * at.mm);
}

/** Marks what is surely of the lesion, and what lies around it. */
export async function scribble(page: Page, more = false): Promise<void> {
  const marks = page.getByRole('group', { name: 'Strokes and points' });
  const take = (kind: RegExp) => marks.getByRole('button', { name: kind }).click();
  await take(/Lesion/);
  await drag(page, [
    [-7, 0],
    [7, 0],
  ]);
  if (more)
    await drag(page, [
      [0, -7],
      [0, 7],
    ]);
  await take(/Lesion/);
  await take(/Background/);
  await drag(page, [
    [-24, -26],
    [24, -26],
  ]);
  if (more)
    await drag(page, [
      [-24, 26],
      [24, 26],
    ]);
  await take(/Background/);
  await expect.poll(() => marks.getByRole('button', { name: /Background \d+/ }).count()).toBe(1);
}

/** Opens an operation and sets its form. */
export async function operate(
  page: Page,
  id: string,
  values: Readonly<Record<string, string>> = {},
): Promise<void> {
  await panel(page, 'Operations');
  const form = page.getByRole('region', { name: 'Operations' });
  const operation = form.getByLabel('Operation', { exact: true });
  if ((await operation.inputValue()) !== id) await operation.selectOption(id);
  for (const [name, value] of Object.entries(values)) {
    const field = form.getByLabel(name, { exact: true }).first();
    if (await field.evaluate((e) => e instanceof HTMLSelectElement)) await field.selectOption(value);
    else await field.fill(value);
  }
}
