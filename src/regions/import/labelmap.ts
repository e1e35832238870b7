import type { Finding } from '../../core/finding.ts';
import { voxelCount, type Grid } from '../../core/geometry.ts';
import type { ImageFile } from '../../core/instance.ts';
import type { RegionSource } from '../../core/region.ts';
import { regionFinding } from '../texts.ts';
import { Box } from './box.ts';
import { colourOf } from './colours.ts';

const MOST_LABELS = 256;
const MOST_LABEL = 65535;
/** Bytes of all boxes together; labels strewn over the whole image need one image each. */
const MOST_BYTES = 2 ** 30;
/** What a scale factor kept in float32 may lose of a one. */
const ONE = 1 + 1e-5;

const ORIGIN = { origin: 'labelmap', frameOfReference: '' } as const;

const leaf = (path: string): string =>
  path.slice(path.lastIndexOf('/') + 1).replace(/(\.seg)?\.(nii|nrrd|nhdr|mgz|mgh|hdr)(\.gz)?$/i, '');

/**
 * Regions of a label map: one for each label (whole number from 1 to 65535) that occurs, smallest first, and for each
 * volume of a fourth axis, since labels that overlap are kept in layers. Names and colours are those of the file, if it
 * has any. Values from 0 to 1 that are not whole are taken as a fraction, inside from one half. Values that are neither
 * give one empty region with a finding that says so.
 */
export function readLabelmap(image: ImageFile, mostBytes = MOST_BYTES): RegionSource[] {
  const grid: Grid = { size: image.size, affine: image.affine };
  const name = leaf(image.file);
  const found = findLabels(image);
  if (typeof found === 'number') {
    const value = String(Number(found.toPrecision(6)));
    return [without(image, name, [regionFinding('R-labels', 'block', name, { value })])];
  }
  const { labels, fractional } = found;
  const fit = withinBudget(labels, mostBytes);
  if (fit.length === 0 && labels.length > 0) {
    const facts = { size: labels[0].box.voxels, limit: mostBytes };
    return [without(image, name, [regionFinding('R-too-large', 'block', name, facts)])];
  }
  const boxed = filled(image, fit, fractional);
  const regions = fit.map(({ volume, value, box }, i): RegionSource => {
    const stated = image.labels?.find((label) => label.volume === volume && label.value === value);
    const layer = image.count > 1 ? ` [${volume + 1}]` : '';
    const called = stated?.name || (labels.length === 1 ? name : `${name} ${value}${layer}`);
    const findings: Finding[] = fractional ? [regionFinding('R-fractional', 'info', called)] : [];
    if (i === 0 && fit.length < labels.length) {
      const counts = { count: labels.length, kept: fit.length };
      findings.push(regionFinding('R-labels-many', 'warn', called, counts));
    }
    return {
      ...ORIGIN,
      id: `${image.file}#${volume > 0 ? `${volume + 1}.` : ''}${value}`,
      name: called,
      colour: stated?.colour ?? colourOf(i),
      file: image.file,
      shape: { kind: 'voxels', grid: box.gridWithin(grid), data: boxed[i], within: grid },
      findings,
    };
  });
  return [...regions, ...unfilled(image, labels)];
}

/** Segments that the file names and that have no voxel: kept, so that their absence is seen. */
function unfilled(image: ImageFile, labels: readonly Label[]): RegionSource[] {
  return (image.labels ?? [])
    .filter(({ volume, value }) => volume < image.count && value > 0 && value <= MOST_LABEL)
    .filter((stated) => !labels.some((l) => l.volume === stated.volume && l.value === stated.value))
    .slice(0, MOST_LABELS)
    .map(({ volume, value, name, colour }, i) => ({
      ...without(image, name || `${leaf(image.file)} ${value}`, []),
      id: `${image.file}#${volume > 0 ? `${volume + 1}.` : ''}${value}`,
      colour: colour ?? colourOf(labels.length + i),
    }));
}

/** A region that has no voxel. */
function without({ file, size, affine }: ImageFile, name: string, findings: Finding[]): RegionSource {
  const grid = { size, affine };
  const shape = {
    kind: 'voxels',
    grid: new Box().gridWithin(grid),
    data: new Uint8Array(1),
    within: grid,
  } as const;
  return { ...ORIGIN, id: `${file}#0`, name, colour: colourOf(0), file, shape, findings };
}

interface Label {
  readonly volume: number;
  readonly value: number;
  readonly box: Box;
}

/** All labels with their boxes, or the first value that is none. */
function findLabels(image: ImageFile): { labels: Label[]; fractional: boolean } | number {
  const fractional = !image.integral && isFractional(image);
  const [nx, ny, nz] = image.size;
  const labels: Label[] = [];
  for (let volume = 0, at = 0; volume < image.count; volume++) {
    const boxes: (Box | undefined)[] = [];
    for (let k = 0; k < nz; k++) {
      for (let j = 0; j < ny; j++) {
        for (let i = 0; i < nx; i++, at++) {
          const v = image.data[at];
          const value = fractional ? (v >= 0.5 ? 1 : 0) : v;
          if (value === 0 || Number.isNaN(value)) continue;
          if (!(value > 0 && value <= MOST_LABEL && Number.isInteger(value))) return value;
          (boxes[value] ??= new Box()).add(i, j, k);
        }
      }
    }
    boxes.forEach((box, value) => box && labels.push({ volume, value, box }));
  }
  return { labels, fractional };
}

/** Parts of one, and nothing beyond zero and one; voxels without a value are outside. */
function isFractional({ data }: ImageFile): boolean {
  let parts = false;
  for (let i = 0; i < data.length; i++) {
    if (data[i] < 0 || data[i] > ONE) return false;
    parts ||= !Number.isInteger(data[i]) && !Number.isNaN(data[i]);
  }
  return parts;
}

function withinBudget(labels: readonly Label[], mostBytes: number): Label[] {
  let bytes = 0;
  return labels.filter(({ box }, i) => i < MOST_LABELS && (bytes += box.voxels) <= mostBytes);
}

/** Masks of the labels within their boxes, in one pass over the image. */
function filled(image: ImageFile, labels: readonly Label[], fractional: boolean): Uint8Array[] {
  const masks = labels.map(({ box }) => new Uint8Array(box.voxels));
  const [nx, ny, nz] = image.size;
  const n = voxelCount(image.size);
  for (let volume = 0; volume < image.count; volume++) {
    const place: number[] = [];
    labels.forEach((label, i) => label.volume === volume && (place[label.value] = i));
    if (place.length === 0) continue;
    for (let k = 0, at = volume * n; k < nz; k++) {
      for (let j = 0; j < ny; j++) {
        for (let i = 0; i < nx; i++, at++) {
          const v = image.data[at];
          const index = place[fractional ? (v >= 0.5 ? 1 : 0) : v];
          if (index !== undefined) masks[index][labels[index].box.indexOf(i, j, k)] = 1;
        }
      }
    }
  }
  return masks;
}
