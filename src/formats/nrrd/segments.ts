import type { ImageLabel } from '../../core/instance.ts';

const KEY = /^Segment(\d{1,5})_(Name|LabelValue|Layer|Color)$/;

/**
 * Names and colours that 3D Slicer keeps in the keys of a segmentation (`.seg.nrrd`): `Segment0_Name`,
 * `Segment0_LabelValue`, `Segment0_Layer` and `Segment0_Color` (three parts of one). Before layers had labels, each
 * segment had a layer of its own. Undefined when the file names none.
 */
export function segmentsOf(keys: ReadonlyMap<string, string>): readonly ImageLabel[] | undefined {
  const found = new Map<number, Map<string, string>>();
  for (const [key, text] of keys) {
    const [, index, field] = KEY.exec(key) ?? [];
    if (field === undefined) continue;
    const segment = found.get(Number(index)) ?? new Map<string, string>();
    found.set(Number(index), segment.set(field, text));
  }
  const labels: ImageLabel[] = [];
  for (const [index, segment] of found) {
    const name = unescaped(segment.get('Name') ?? '').trim();
    const value = Number(segment.get('LabelValue') ?? 1);
    const volume = Number(segment.get('Layer') ?? (segment.has('LabelValue') ? 0 : index));
    const colour = colourFrom(segment.get('Color') ?? '');
    if (Number.isInteger(value) && Number.isInteger(volume)) {
      labels.push({ volume, value, name, ...(colour && { colour }) });
    }
  }
  return labels.length > 0 ? labels : undefined;
}

function colourFrom(text: string): ImageLabel['colour'] {
  const parts = text.trim().split(/\s+/).map(Number);
  if (parts.length !== 3 || !parts.every((v) => v >= 0 && v <= 1)) return undefined;
  const [red, green, blue] = parts.map((v) => Math.round(255 * v));
  return [red, green, blue];
}

/** Values of keys write a line feed as `\n` and a backslash as `\\`. */
const unescaped = (text: string): string =>
  text.replace(/\\([n\\])/g, (_, c: string) => (c === 'n' ? ' ' : '\\'));
