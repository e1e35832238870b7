import { describe, expect, it } from 'vitest';
import type { RegionSample } from './region-sample.ts';
import { FAMILIES } from './registry.ts';
import { DEFAULT_SETTINGS, type TextureSettings } from './settings.ts';
import { sliceMatrix, type SliceMatrix } from './slice-matrix.ts';
import { randomLevels, sampleOfLevels, slice } from './texture.testing.ts';

const texture = DEFAULT_SETTINGS.texture;

function matrixOf(
  id: string,
  sample: RegionSample,
  settings: Partial<TextureSettings> = {},
  direction: number | null = null,
): SliceMatrix {
  const view = FAMILIES.find((f) => f.id === id)!.matrix!;
  return sliceMatrix(view, sample, { ...texture, ...settings }, direction);
}

const cellOf = (m: SliceMatrix, level: number, heading: number): number =>
  (level - 1) * m.headings.length + m.headings.indexOf(heading);
const valueOf = (m: SliceMatrix, level: number, heading: number): number =>
  m.values[cellOf(m, level, heading)]!;

/** Members of a cell as lists of voxels, in order of their first voxel. */
function membersOf(m: SliceMatrix, level: number, heading: number): number[][] {
  const cell = cellOf(m, level, heading);
  return Array.from({ length: m.members[cell + 1]! - m.members[cell]! }, (_, k) => {
    const at = m.members[cell]! + k;
    return [...m.voxels.subarray(m.first[at], m.first[at + 1])];
  }).sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
}

/**
 * Places:   0 1 2     The image of the IBSI manual's own kind: small enough to count with a finger.
 *           3 4 5
 *           6 7 8
 */
const HAND = slice('1 1 2', '1 3 2', '3 3 0');

describe('cells of a matrix know what they count', () => {
  it('GLCM: pairs along one direction, and both ways when symmetric', () => {
    const along = matrixOf('glcm', HAND, { glcm_symmetric: false }, 0);
    expect(along.headings).toEqual([1, 2, 3]);
    expect([...along.values]).toEqual([1, 1, 1, 0, 0, 0, 0, 1, 1]);
    expect(membersOf(along, 1, 1)).toEqual([[0, 1]]);
    expect(membersOf(along, 1, 3)).toEqual([[3, 4]]);
    expect(membersOf(along, 3, 3)).toEqual([[6, 7]]);
    const both = matrixOf('glcm', HAND, {}, 0);
    expect([...both.values]).toEqual([2, 1, 1, 1, 0, 1, 1, 1, 2]);
    expect(membersOf(both, 2, 1)).toEqual([[2, 1]]);
    expect(membersOf(both, 1, 1)).toEqual([
      [0, 1],
      [1, 0],
    ]);
  });

  it('GLCM: the four directions of the slice together, and a larger distance', () => {
    const all = matrixOf('glcm', HAND, { glcm_symmetric: false });
    // 3 × 3 with one corner missing: 5 pairs along x, 5 along y, 4 − 1 along \, 4 along /.
    expect(all.values.reduce((a, b) => a + b)).toBe(5 + 5 + 3 + 4);
    const far = matrixOf('glcm', HAND, { glcm_symmetric: false, distance: 2 }, 2);
    expect(membersOf(far, 1, 3)).toEqual([
      [0, 6],
      [1, 7],
    ]);
    expect(far.values.reduce((a, b) => a + b)).toBe(2);
  });

  it('GLRLM: runs with their voxels from end to end', () => {
    const down = matrixOf('glrlm', HAND, {}, 2);
    expect(down.headings).toEqual([1, 2]);
    expect([...down.values]).toEqual([1, 1, 0, 1, 1, 1]);
    expect(membersOf(down, 1, 2)).toEqual([[0, 3]]);
    expect(membersOf(down, 2, 2)).toEqual([[2, 5]]);
    expect(membersOf(down, 3, 2)).toEqual([[4, 7]]);
    expect(membersOf(down, 3, 1)).toEqual([[6]]);
  });

  it('GLSZM: zones over eight neighbours', () => {
    const m = matrixOf('glszm', HAND);
    expect(m.headings).toEqual([1, 2, 3]);
    expect([...m.values]).toEqual([0, 0, 1, 0, 1, 0, 0, 0, 1]);
    expect(membersOf(m, 1, 3).map((zone) => zone.sort())).toEqual([[0, 1, 3]]);
    expect(membersOf(m, 2, 2)).toEqual([[2, 5]]);
  });

  it('GLDZM: zones by their depth in the morphological mask', () => {
    // A 5 × 5 square of level 1 with a single voxel of level 2 in its middle, three steps from the border.
    const levels = Array.from({ length: 25 }, (_, v) => (v === 12 ? 2 : 1));
    const m = matrixOf('gldzm', sampleOfLevels([5, 5, 1], levels));
    expect(m.headings).toEqual([1, 2, 3]);
    expect([...m.values]).toEqual([1, 0, 0, 0, 0, 1]);
    expect(membersOf(m, 2, 3)).toEqual([[12]]);
    expect(membersOf(m, 1, 1)[0]).toHaveLength(24);
  });

  it('NGTDM: voxels with their neighbours, and how far they differ from their mean', () => {
    const m = matrixOf('ngtdm', slice('1 3', '0 2'));
    expect(m.headings).toEqual([1, 2]);
    // 1 beside 3 and 2; 3 beside 1 and 2; 2 beside 1 and 3.
    expect([...m.values]).toEqual([1, 1.5, 1, 0, 1, 1.5]);
    expect(membersOf(m, 3, 2)).toEqual([[1, 0, 3]]);
    expect(m.centred).toBe(true);
  });

  it('NGLDM: each voxel with the neighbours that are like it', () => {
    const exact = matrixOf('ngldm', HAND);
    expect(membersOf(exact, 1, 3)).toEqual([
      [0, 1, 3],
      [1, 0, 3],
      [3, 0, 1],
    ]);
    expect(valueOf(exact, 2, 2)).toBe(2);
    const loose = matrixOf('ngldm', HAND, { ngldm_alpha: 1 });
    // Place 5 (level 2): place 2 (2), 1 (1), 4 (3) and 7 (3) differ by at most one.
    expect(membersOf(loose, 2, 5)).toContainEqual([5, 1, 2, 4, 7]);
  });

  it('places are those of the slice, also when the region lies off its corner', () => {
    const levels = Array.from({ length: 20 }, () => 0);
    levels[12] = levels[13] = 1; // column 2 and 3 of row 2 in a slice of 5 × 4
    const m = matrixOf('glrlm', sampleOfLevels([5, 4, 1], levels), {}, 0);
    expect(membersOf(m, 1, 2)).toEqual([[12, 13]]);
  });

  it('large zones are listed by the sizes that occur', () => {
    const levels = Array.from({ length: 40 }, (_, v) => (v < 38 ? 1 : 2));
    const m = matrixOf('glszm', sampleOfLevels([40, 1, 1], levels));
    expect(m.headings).toEqual([2, 38]);
    expect([...m.values]).toEqual([0, 1, 1, 0]);
  });

  it.each(['glcm', 'glrlm', 'glszm', 'gldzm', 'ngldm'])(
    '%s: a cell has as many members as it counts, on a random slice',
    (id) => {
      const m = matrixOf(id, randomLevels([23, 19, 1], 5, 77, { smooth: 0.6 }));
      m.values.forEach((value, c) => expect(m.members[c + 1]! - m.members[c]!).toBe(value));
      expect(m.first.at(-1)).toBe(m.voxels.length);
      expect(m.values.some((v) => v > 0)).toBe(true);
    },
  );

  it('is empty for a region without grey levels', () => {
    const m = matrixOf('glcm', { ...HAND, discretised: null });
    expect([m.bins, m.values.length, m.voxels.length]).toEqual([0, 0, 0]);
  });
});
