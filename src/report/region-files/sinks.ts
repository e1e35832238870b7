import { voxelCount, type Grid } from '../../core/geometry.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { writeNifti } from '../../formats/nifti/write.ts';
import { writeNrrdSegments, type NrrdSegment } from '../../formats/nrrd/write-segments.ts';

/** A file to be saved. Names are made here and hold nothing of the input. */
export interface RegionFile {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  /** Names of the regions in it and the number each has there. */
  readonly holds: readonly { readonly region: string; readonly number: number }[];
}

/** What takes regions one by one, so that only one of them need be in memory whole. */
export interface Sink<T> {
  add(region: T, mask: Uint8Array): void;
  finished(): RegionFile[];
}

export interface NamedRegion {
  readonly label: string;
  readonly colour: readonly [number, number, number];
}

/** Labels of one byte; 0 is background. */
const MOST_LABELS = 255;
/** Bytes of all layers together. */
const MOST_LAYER_BYTES = 2 ** 30;

/** A label map, or a file for each region where they overlap, are too many for a byte, or the person wants it so. */
export class NiftiSink implements Sink<NamedRegion> {
  /** Why there is a file for each region, when nobody asked for that. */
  split: 'overlap' | 'many' | undefined;
  readonly #labels: Uint8Array;
  readonly #names: string[] = [];
  #files: RegionFile[] = [];
  #separate: boolean;

  constructor(
    private readonly grid: Grid,
    separate: boolean,
  ) {
    this.#separate = separate;
    this.#labels = new Uint8Array(separate ? 0 : voxelCount(grid.size));
  }

  add({ label }: NamedRegion, mask: Uint8Array): void {
    if (!this.#separate) {
      this.split =
        this.#names.length === MOST_LABELS ? 'many' : meets(mask, this.#labels) ? 'overlap' : undefined;
      if (this.split) this.#part();
    }
    this.#names.push(label);
    if (this.#separate) this.#write(this.#names.length, mask);
    else put(mask, this.#labels, this.#names.length);
  }

  finished(): RegionFile[] {
    if (this.#separate || this.#names.length === 0) return this.#files;
    const holds = this.#names.map((region, at) => ({ region, number: at + 1 }));
    return [{ name: 'regions.nii.gz', bytes: this.#nifti(this.#labels), holds }];
  }

  /** Takes what the label map holds so far into files of their own. */
  #part(): void {
    this.#separate = true;
    this.#names.forEach((_, at) =>
      this.#write(
        at + 1,
        this.#labels.map((v) => (v === at + 1 ? 1 : 0)),
      ),
    );
  }

  #write(number: number, mask: Uint8Array): void {
    const holds = [{ region: this.#names[number - 1], number: 1 }];
    this.#files.push({ name: `region-${number}.nii.gz`, bytes: this.#nifti(mask), holds });
  }

  #nifti(data: Uint8Array): Uint8Array<ArrayBuffer> {
    return writeNifti({ grid: this.grid, data }) as Uint8Array<ArrayBuffer>;
  }
}

/** One file with as many layers as it takes to keep overlapping regions apart. */
export class NrrdSink implements Sink<NamedRegion> {
  readonly #layers: { readonly data: Uint8Array; labels: number }[] = [];
  readonly #segments: NrrdSegment[] = [];

  constructor(private readonly grid: Grid) {}

  /** @throws RefusedInput `too_large` */
  add({ label, colour }: NamedRegion, mask: Uint8Array): void {
    let layer = this.#layers.findIndex((l) => l.labels < MOST_LABELS && !meets(mask, l.data));
    if (layer < 0) {
      const size = (this.#layers.length + 1) * mask.length;
      if (size > MOST_LAYER_BYTES)
        throw new RefusedInput('too_large', { what: 'NRRD', size, limit: MOST_LAYER_BYTES });
      layer = this.#layers.push({ data: new Uint8Array(mask.length), labels: 0 }) - 1;
    }
    const value = ++this.#layers[layer].labels;
    put(mask, this.#layers[layer].data, value);
    this.#segments.push({ name: label, colour, layer, value, extent: extentOf(mask, this.grid) });
  }

  finished(): RegionFile[] {
    if (this.#segments.length === 0) return [];
    const layers = this.#layers.map((l) => l.data);
    const bytes = writeNrrdSegments(this.grid, layers, this.#segments);
    const holds = this.#segments.map((s) => ({ region: s.name, number: s.value }));
    return [{ name: 'regions.seg.nrrd', bytes, holds }];
  }
}

/** Does a mask have a voxel that is set in the other one too? */
export function meets(mask: Uint8Array, other: Uint8Array): boolean {
  for (let at = mask.indexOf(1); at >= 0; at = mask.indexOf(1, at + 1)) if (other[at] !== 0) return true;
  return false;
}

/** Sets a value wherever a mask is set. */
export function put(mask: Uint8Array, into: Uint8Array, value: number): void {
  for (let at = mask.indexOf(1); at >= 0; at = mask.indexOf(1, at + 1)) into[at] = value;
}

function extentOf(mask: Uint8Array, { size: [nx, ny] }: Grid): NrrdSegment['extent'] {
  const low = [Infinity, Infinity, Infinity];
  const high = [0, 0, 0];
  for (let at = mask.indexOf(1); at >= 0; at = mask.indexOf(1, at + 1)) {
    [at % nx, Math.floor(at / nx) % ny, Math.floor(at / (nx * ny))].forEach((c, axis) => {
      low[axis] = Math.min(low[axis], c);
      high[axis] = Math.max(high[axis], c);
    });
  }
  return [low[0], high[0], low[1], high[1], low[2], high[2]];
}
