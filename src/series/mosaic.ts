import { itemsOf, numberOf, numbersOf, textOf, textsOf, type Attributes } from '../core/dicom.ts';
import type { Vec3 } from '../core/geometry.ts';
import { privateNumbers, privateTag } from './private-element.ts';

/** How a mosaic, one picture with all slices of a volume as tiles, is laid out (Siemens, United Imaging). */
export interface Mosaic {
  readonly columns: number;
  readonly rows: number;
  readonly tiles: number;
  readonly perRow: number;
  /** Distance of slices, mm. */
  readonly step: number;
  readonly normal: Vec3 | undefined;
  /** Position of each tile, where the file lists them; else they follow from the picture's. */
  readonly positions?: readonly Vec3[];
}

/** The mosaic of an instance, from its maker's private elements; undefined when it is none. */
export function mosaicOf(a: Attributes): Mosaic | undefined {
  return siemensMosaic(a) ?? unitedImagingMosaic(a);
}

/** A mosaic whose maker's elements are gone, so that nobody knows how to cut it. */
export const isFoldedMosaic = (a: Attributes): boolean =>
  textsOf(a, '00080008').includes('MOSAIC') && mosaicOf(a) === undefined;

/** United Imaging: number of slices (0065,1050), one item a slice with its position (0065,1051), size of a tile (0065,1004). */
function unitedImagingMosaic(a: Attributes): Mosaic | undefined {
  const items = itemsOf(a, '00651051');
  const size = /^(\d+)\*(\d+)/.exec(textOf(a, '00651004') ?? '');
  const tiles = numberOf(a, '00651050');
  const width = numberOf(a, '00280011') ?? 0;
  if (!size || tiles === undefined || items.length !== tiles || tiles < 2) return undefined;
  const positions = items.map((i) => numbersOf(i, '00200032'));
  const columns = Number(size[1]);
  const rows = Number(size[2]);
  const perRow = Math.floor(width / columns);
  const height = numberOf(a, '00280010') ?? 0;
  if (columns < 1 || rows < 1 || columns > width || perRow * Math.floor(height / rows) < tiles)
    return undefined;
  if (positions.some((p) => p.length !== 3 || !p.every(Number.isFinite))) return undefined;
  return {
    columns,
    rows,
    tiles,
    perRow,
    step: numberOf(a, '00180088') ?? 1,
    normal: undefined,
    positions: positions.map(([x, y, z]) => [x, y, z] as const),
  };
}

/** Siemens: CSA header (0029,1010) and number of images (0019,100A). */
function siemensMosaic(a: Attributes): Mosaic | undefined {
  if (!textsOf(a, '00080008').includes('MOSAIC')) return undefined;
  const headerTag = privateTag(a, '0029', 'SIEMENS CSA HEADER', '10');
  const header = headerTag === undefined ? undefined : a[headerTag]?.bytes;
  const stated = header && csaNumbers(header, 'NumberOfImagesInMosaic')[0];
  const tiles = stated ?? privateNumbers(a, '0019', 'SIEMENS MR HEADER', '0A')[0];
  const width = numberOf(a, '00280011');
  const height = numberOf(a, '00280010');
  if (!tiles || !width || !height || !Number.isInteger(tiles) || tiles < 1 || tiles > 4096) return undefined;
  const perRow = Math.ceil(Math.sqrt(tiles));
  if (width < perRow || height < perRow) return undefined;
  const normal = header && csaNumbers(header, 'SliceNormalVector');
  return {
    columns: Math.floor(width / perRow),
    rows: Math.floor(height / perRow),
    tiles,
    perRow,
    step: numberOf(a, '00180088') ?? numberOf(a, '00180050') ?? 1,
    normal: normal?.length === 3 ? [normal[0], normal[1], normal[2]] : undefined,
  };
}

/**
 * Numbers of one element of a Siemens CSA header, empty when it is not there. The second version starts with `SV10` and
 * gives the length of each item in its second word; the first version gives it in the first word, less the number of
 * items of the first element.
 */
function csaNumbers(bytes: Uint8Array, wanted: string): number[] {
  if (bytes.length < 16) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const text = (at: number, n: number): string => {
    let s = '';
    for (let i = at; i < at + n && bytes[i] !== 0; i++) s += String.fromCharCode(bytes[i]);
    return s;
  };
  const second = text(0, 4) === 'SV10';
  let at = second ? 8 : 0;
  const count = view.getUint32(at, true);
  if (count > 1000) return [];
  at += 8;
  let firstItems: number | undefined;
  for (let i = 0; i < count && at + 84 <= bytes.length; i++) {
    const name = text(at, 64);
    const items = view.getInt32(at + 76, true);
    firstItems ??= items;
    at += 84;
    const found: number[] = [];
    for (let k = 0; k < items && at + 16 <= bytes.length; k++) {
      const n = second ? view.getInt32(at + 4, true) : view.getInt32(at, true) - firstItems;
      at += 16;
      if (n < 0 || at + n > bytes.length) return name === wanted ? found : [];
      const value = Number.parseFloat(text(at, Math.min(n, 64)));
      if (n > 0 && Number.isFinite(value)) found.push(value);
      at += (n + 3) & ~3;
    }
    if (name === wanted) return found;
  }
  return [];
}
