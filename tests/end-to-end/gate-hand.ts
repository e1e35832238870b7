import type { Locator } from 'playwright-core';
import type { Visit } from './page.ts';

/** Under this profile every image breaks G-06: no voxel has a ratio of edges below 1. */
export const strictProfile = (severity: 'warn' | 'fail' | 'block', name = `strict ${severity}`): string =>
  JSON.stringify({
    kind: 'kinetex rule profile',
    name,
    rules: [{ id: 'G-06', on: true, checks: [{ quantity: 'voxel_anisotropy', [severity]: 0.5 }] }],
  });

/** Imports a profile as a person does: in the editor of the stage Acquire. */
export async function useProfile(
  { page }: Visit,
  severity: 'warn' | 'fail' | 'block',
  name?: string,
): Promise<void> {
  await page.getByRole('tab', { name: /Acquire/ }).click();
  await page.getByRole('button', { name: 'Limits' }).click();
  const file = {
    name: 'profile.json',
    mimeType: 'application/json',
    buffer: Buffer.from(strictProfile(severity, name)),
  };
  await page.locator('dialog input[type=file]').setInputFiles(file);
  await page.locator('dialog').getByRole('button', { name: 'Use this profile' }).click();
  await page.locator('dialog').waitFor({ state: 'detached' });
}

/** What the rules say of the numbers that are on screen. */
export const verdictBanner = ({ page }: Visit): Locator => page.getByLabel('Verdict of the quality rules');

/** Answers for the numbers that a block hides, within a part of the page. */
export async function giveReason(within: Locator): Promise<void> {
  await within.getByLabel('Reason').fill('Teaching case');
  await within.getByLabel('Your role').fill('Lecturer');
  await within.getByRole('button', { name: 'Show the numbers' }).click();
}
