import { itemsOf, numbersOf, textOf, textsOf, type Attributes } from '../core/dicom.ts';
import type { FrameAttributes } from './functional-groups.ts';

const known = new WeakMap<Attributes, ReadonlyMap<string, string>>();

/** Private creators of a data set to their blocks: `0019 siemens mr header` → `10` (PS3.5 7.8.1). */
function blocksOf(a: Attributes): ReadonlyMap<string, string> {
  const before = known.get(a);
  if (before) return before;
  const blocks = new Map<string, string>();
  for (const tag of Object.keys(a)) {
    if (tag[4] !== '0' || tag[5] !== '0' || tag < '0009' || !'13579BDF'.includes(tag[3])) continue;
    const creator = textOf(a, tag);
    if (creator === undefined || tag.slice(6) < '10') continue;
    const group = tag.slice(0, 4);
    blocks.set(group, group);
    blocks.set(`${group} ${creator.toLowerCase()}`, tag.slice(6));
  }
  known.set(a, blocks);
  return blocks;
}

/**
 * Tag of a private element: its creator names the block. A group without any creator (some exporters drop them) is read
 * at block 10, where every maker writes first; a group with other creators only does not hold the element.
 */
export function privateTag(
  a: Attributes,
  group: string,
  creator: string,
  element: string,
): string | undefined {
  const blocks = blocksOf(a);
  const block = blocks.get(`${group} ${creator.toLowerCase()}`);
  if (block !== undefined) return `${group}${block}${element}`;
  return blocks.has(group) ? undefined : `${group}10${element}`;
}

/**
 * Finite numbers of a private element; empty when it is not there. In implicit VR private values come as bytes: they are
 * read as `binary` says, or as text when every byte is a character of a number.
 */
export function privateNumbers(
  a: Attributes,
  group: string,
  creator: string,
  element: string,
  binary: 'text' | 'float32' | 'float64' = 'text',
): number[] {
  const tag = privateTag(a, group, creator, element);
  const e = tag === undefined ? undefined : a[tag];
  if (tag === undefined || e === undefined) return [];
  if (e.bytes === undefined) return numbersOf(a, tag).filter(Number.isFinite);
  const { bytes } = e;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (binary === 'float64' && bytes.length >= 8 && bytes.length % 8 === 0)
    return Array.from({ length: bytes.length / 8 }, (_, i) => view.getFloat64(i * 8, true)).filter(
      Number.isFinite,
    );
  if (binary === 'float32' && bytes.length >= 4 && bytes.length % 4 === 0)
    return Array.from({ length: bytes.length / 4 }, (_, i) => view.getFloat32(i * 4, true)).filter(
      Number.isFinite,
    );
  if (bytes.length > 1024 || bytes.some((b) => b !== 0 && (b < 0x20 || b > 0x7e))) return [];
  const text = String.fromCharCode(...bytes);
  const read: Attributes = { value: { vr: 'IS', length: bytes.length, text } };
  return textsOf(read, 'value').length > 0 ? numbersOf(read, 'value').filter(Number.isFinite) : [];
}

/** Where Philips keeps the private elements of a frame of an enhanced image. */
const PHILIPS_FRAME = '2005140F';

/** Number of a frame in block (2005,xx..) of "Philips MR Imaging DD 001": of the frame's own item, else of the data set. */
export function philipsNumber({ instance, groups }: FrameAttributes, element: string): number | undefined {
  for (const holder of [...groups.flatMap((g) => itemsOf(g, PHILIPS_FRAME).slice(0, 1)), instance]) {
    const found = privateNumbers(holder, '2005', 'Philips MR Imaging DD 001', element, 'float32')[0];
    if (found !== undefined) return found;
  }
  return undefined;
}
