import { voxelCount, type Size3, type Vec3 } from '../../core/geometry.ts';
import { boxSize, wholeBox, type VoxelBox } from '../box.ts';

/**
 * One slice of a mask, a bit a voxel, of the rectangle that holds its set voxels: bit b of word w of row r stands for
 * the voxel x = 32·(left + w) + b, y = top + r. Never changed once made, so that states of a document share slices.
 */
export interface PackedSlice {
  /** First word of 32 voxels along x. */
  readonly left: number;
  /** First row. */
  readonly top: number;
  /** Words a row. */
  readonly columns: number;
  readonly rows: number;
  readonly bits: Uint32Array<ArrayBuffer>;
}

/** A mask in an eighth of its bytes or less: nothing is kept for what lies around the region. */
export interface PackedMask {
  readonly size: Size3;
  readonly slices: readonly PackedSlice[];
}

/** The voxels that an edit turned over, slice by slice from `from` on. Applying it twice changes nothing. */
export interface MaskDelta {
  readonly from: number;
  readonly slices: readonly PackedSlice[];
}

export const EMPTY_SLICE: PackedSlice = { left: 0, top: 0, columns: 0, rows: 0, bits: new Uint32Array(0) };

export const emptyMask = (size: Size3): PackedMask => ({
  size,
  slices: new Array<PackedSlice>(size[2]).fill(EMPTY_SLICE),
});

/** Packs bytes (0 or 1, x fastest); `box` limits the search to where voxels may be set. */
export function packMask(data: Uint8Array, size: Size3, box: VoxelBox = wholeBox(size)): PackedMask {
  const [nx, ny] = size;
  return packed(size, box, (z, y) => nx * (y + ny * z), data);
}

/** Packs the bytes of a box as a mask of the whole image: nothing is set around it. */
export function packBox(size: Size3, box: VoxelBox, data: Uint8Array): PackedMask {
  const [nx, ny] = boxSize(box);
  const [x, y, z] = box.low;
  return packed(size, box, (k, j) => nx * (j - y + ny * (k - z)) - x, data);
}

/** `rowAt` tells where in the bytes x = 0 of a row lies, or would lie. */
function packed(
  size: Size3,
  { low, high }: VoxelBox,
  rowAt: (z: number, y: number) => number,
  data: Uint8Array,
): PackedMask {
  const slices = new Array<PackedSlice>(size[2]).fill(EMPTY_SLICE);
  const left = low[0] >> 5;
  const columns = ((high[0] + 31) >> 5) - left;
  if (high[0] <= low[0] || high[1] <= low[1]) return { size, slices };
  for (let z = low[2]; z < high[2]; z++) {
    const bits = new Uint32Array(columns * (high[1] - low[1]));
    let any = 0;
    for (let y = low[1], to = 0; y < high[1]; y++) {
      const row = rowAt(z, y);
      for (let w = left; w < left + columns; w++, to++) {
        const first = Math.max(low[0], 32 * w);
        const last = row + Math.min(high[0], 32 * w + 32);
        let word = 0;
        for (let i = row + first, b = first - 32 * w; i < last; i++, b++) word |= data[i] << b;
        bits[to] = word;
        any |= word;
      }
    }
    if (any !== 0) slices[z] = trimmed({ left, top: low[1], columns, rows: high[1] - low[1], bits });
  }
  return { size, slices };
}

/** The same slice without empty rows and words around. */
export function trimmed(slice: PackedSlice): PackedSlice {
  const { columns, rows, bits } = slice;
  const empty = (row: number): boolean => {
    for (let at = row * columns; at < (row + 1) * columns; at++) if (bits[at] !== 0) return false;
    return true;
  };
  let [y0, y1] = [0, rows];
  while (y0 < y1 && empty(y0)) y0++;
  while (y1 > y0 && empty(y1 - 1)) y1--;
  if (y0 === y1) return EMPTY_SLICE;
  let [x0, x1] = [columns, 0];
  for (let y = y0; y < y1; y++) {
    const at = y * columns;
    for (let x = 0; x < x0; x++) if (bits[at + x] !== 0) x0 = x;
    for (let x = columns - 1; x >= x1; x--) if (bits[at + x] !== 0) x1 = x + 1;
  }
  if (x0 === 0 && y0 === 0 && x1 === columns && y1 === rows) return slice;
  const kept = new Uint32Array((x1 - x0) * (y1 - y0));
  for (let y = y0, to = 0; y < y1; y++, to += x1 - x0) {
    kept.set(bits.subarray(y * columns + x0, y * columns + x1), to);
  }
  return { left: slice.left + x0, top: slice.top + y0, columns: x1 - x0, rows: y1 - y0, bits: kept };
}

/** Where one of two slices is set, and not both. */
export function xorSlices(a: PackedSlice, b: PackedSlice): PackedSlice {
  if (a.rows === 0) return b;
  if (b.rows === 0) return a;
  const left = Math.min(a.left, b.left);
  const top = Math.min(a.top, b.top);
  const columns = Math.max(a.left + a.columns, b.left + b.columns) - left;
  const rows = Math.max(a.top + a.rows, b.top + b.rows) - top;
  const bits = new Uint32Array(columns * rows);
  for (const s of [a, b]) {
    for (let y = 0, at = 0; y < s.rows; y++) {
      let to = (s.top - top + y) * columns + s.left - left;
      for (let x = 0; x < s.columns; x++) bits[to++] ^= s.bits[at++];
    }
  }
  return trimmed({ left, top, columns, rows, bits });
}

/** The mask after an edit, or before it again. */
export function applyDelta(mask: PackedMask, { from, slices }: MaskDelta): PackedMask {
  const next = [...mask.slices];
  slices.forEach((slice, n) => (next[from + n] = xorSlices(next[from + n], slice)));
  return { size: mask.size, slices: next };
}

/** What turns one mask into the other. Slices that both share cost nothing. */
export function deltaBetween(a: PackedMask, b: PackedMask): MaskDelta {
  let from = 0;
  let to = a.slices.length;
  const differ = (z: number) => a.slices[z] !== b.slices[z];
  while (from < to && !differ(from)) from++;
  while (to > from && !differ(to - 1)) to--;
  const slices = a.slices.slice(from, to).map((s, n) => xorSlices(s, b.slices[from + n]));
  return { from, slices };
}

/** Calls back for every run of set voxels of a row of a slice: index in the slice of the first, and of the one after the last. */
export function eachRun(slice: PackedSlice, nx: number, meet: (from: number, to: number) => void): void {
  for (let y = 0, at = 0; y < slice.rows; y++) {
    const row = (slice.top + y) * nx + 32 * slice.left;
    let open = -1;
    for (let w = 0; w < slice.columns; w++, at++) {
      let word = slice.bits[at];
      const x = row + 32 * w;
      if (word === 0xffffffff) {
        if (open < 0) open = x;
        continue;
      }
      if (open >= 0) {
        // Trailing ones of this word belong to the run that is open.
        const more = 31 - Math.clz32(~word & (word + 1));
        meet(open, x + more);
        open = -1;
        word = more === 0 ? word : word & (-1 << more);
      }
      while (word !== 0) {
        const first = 31 - Math.clz32(word & -word);
        const rest = ~(word | ((1 << first) - 1));
        const end = rest === 0 ? 32 : 31 - Math.clz32(rest & -rest);
        if (end === 32) {
          open = x + first;
          break;
        }
        meet(x + first, x + end);
        word &= -1 << end;
      }
    }
    if (open >= 0) meet(open, row + 32 * slice.columns);
  }
}

/** The mask as bytes, 0 or 1, x fastest. */
export function unpackMask(
  mask: PackedMask,
  out: Uint8Array<ArrayBuffer> = new Uint8Array(voxelCount(mask.size)),
): Uint8Array<ArrayBuffer> {
  const [nx, ny] = mask.size;
  mask.slices.forEach((slice, z) => {
    const plane = nx * ny * z;
    eachRun(slice, nx, (from, to) => out.fill(1, plane + from, plane + to));
  });
  return out;
}

/** The voxels of a box as bytes. */
export function unpackBox(mask: PackedMask, { low, high }: VoxelBox): Uint8Array<ArrayBuffer> {
  const [wide, tall] = [high[0] - low[0], high[1] - low[1]];
  const out = new Uint8Array(wide * tall * (high[2] - low[2]));
  const nx = mask.size[0];
  for (let z = low[2]; z < high[2]; z++) {
    const plane = wide * tall * (z - low[2]);
    eachRun(mask.slices[z], nx, (from, to) => {
      const y = Math.floor(from / nx);
      if (y < low[1] || y >= high[1]) return;
      const x = Math.max(low[0], from - nx * y);
      const end = Math.min(high[0], to - nx * y);
      const row = plane + wide * (y - low[1]) - low[0];
      if (x < end) out.fill(1, row + x, row + end);
    });
  }
  return out;
}

/** Turns over the bytes of a mask where the delta says so. */
export function flipBytes(data: Uint8Array, [nx, ny]: Size3, { from, slices }: MaskDelta): void {
  slices.forEach((slice, n) => {
    const plane = nx * ny * (from + n);
    eachRun(slice, nx, (first, last) => {
      for (let i = plane + first; i < plane + last; i++) data[i] ^= 1;
    });
  });
}

/** Number of set voxels. */
export const countVoxels = ({ slices }: { readonly slices: readonly PackedSlice[] }): number =>
  slices.reduce((sum, s) => sum + countBits(s.bits), 0);

function countBits(words: Uint32Array): number {
  let sum = 0;
  for (let n = 0; n < words.length; n++) {
    let w = words[n];
    w -= (w >>> 1) & 0x55555555;
    w = (w & 0x33333333) + ((w >>> 2) & 0x33333333);
    sum += Math.imul((w + (w >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return sum;
}

/** Bytes that slices hold. */
export const bytesOf = ({ slices }: { readonly slices: readonly PackedSlice[] }): number =>
  slices.reduce((sum, s) => sum + s.bits.byteLength, 0);

/** Indices of the set voxels, slice by slice: for few of them. */
export function voxelsOf({ size, slices }: PackedMask): Vec3[] {
  const found: Vec3[] = [];
  slices.forEach((slice, z) => {
    eachRun(slice, size[0], (from, to) => {
      for (let i = from; i < to; i++) found.push([i % size[0], Math.floor(i / size[0]), z]);
    });
  });
  return found;
}

/** The box of the set voxels of a mask or delta; null when there are none. */
export function packedBox(packed: PackedMask | MaskDelta): VoxelBox | null {
  const from = 'from' in packed ? packed.from : 0;
  let [x0, x1, y0, y1, z0, z1] = [Infinity, -1, Infinity, -1, Infinity, -1];
  packed.slices.forEach((slice, n) => {
    const s = trimmed(slice);
    if (s.rows === 0) return;
    z0 = Math.min(z0, from + n);
    z1 = from + n + 1;
    y0 = Math.min(y0, s.top);
    y1 = Math.max(y1, s.top + s.rows);
    for (let r = 0, at = 0; r < s.rows; r++) {
      for (let w = 0; w < s.columns; w++, at++) {
        const word = s.bits[at];
        if (word === 0) continue;
        const x = 32 * (s.left + w);
        x0 = Math.min(x0, x + 31 - Math.clz32(word & -word));
        x1 = Math.max(x1, x + 32 - Math.clz32(word));
      }
    }
  });
  return x1 < 0 ? null : { low: [x0, y0, z0], high: [x1, y1, z1] };
}
