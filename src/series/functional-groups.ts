import { itemsOf, numberOf, numbersOf, type Attributes } from '../core/dicom.ts';

/**
 * What is said about one frame: its own functional groups, then those shared by all frames, then the data set
 * (PS3.3 C.7.6.16). Classic images have the data set alone.
 */
export interface FrameAttributes {
  readonly instance: Attributes;
  readonly groups: readonly Attributes[];
}

/** Item of a macro that holds the attribute, or the data set. */
export function holderOf({ instance, groups }: FrameAttributes, macro: string, tag: string): Attributes {
  for (const group of groups) {
    const item = itemsOf(group, macro)[0];
    if (item?.[tag] !== undefined) return item;
  }
  return instance;
}

/** First item of a macro, the frame's own before the shared one. */
export function macroOf({ groups }: FrameAttributes, macro: string): Attributes | undefined {
  for (const group of groups) {
    const item = itemsOf(group, macro)[0];
    if (item !== undefined) return item;
  }
  return undefined;
}

export const frameNumber = (f: FrameAttributes, macro: string, tag: string): number | undefined =>
  numberOf(holderOf(f, macro, tag), tag);

/** Exactly `n` finite numbers, else undefined. */
export function frameNumbers(
  f: FrameAttributes,
  macro: string,
  tag: string,
  n: number,
): number[] | undefined {
  const v = numbersOf(holderOf(f, macro, tag), tag);
  return v.length === n && v.every(Number.isFinite) ? v : undefined;
}

/** Macros of PS3.3 C.7.6.16.2 and C.8 that geometry, time and values rest on. */
export const MACRO = {
  planePosition: '00209113',
  planeOrientation: '00209116',
  pixelMeasures: '00289110',
  valueTransformation: '00289145',
  frameContent: '00209111',
  temporalPosition: '00209310',
  mrEcho: '00189114',
  mrTiming: '00189112',
  mrModifier: '00189115',
  mrDiffusion: '00189117',
  mrFrameType: '00189226',
  ctFrameType: '00189329',
  petFrameType: '00189751',
  realWorldValue: '00409096',
} as const;
