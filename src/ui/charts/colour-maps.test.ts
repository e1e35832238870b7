import { describe, expect, it } from 'vitest';
import { COLOUR_MAPS, colourTable, gradientOf, type ColourMapName } from './colour-maps.ts';
import { labOf, rgbOf, type Triple } from './colour-spaces.ts';

const colour = (name: ColourMapName, at: number): Triple =>
  [...colourTable(name).subarray(3 * at, 3 * at + 3)] as unknown as Triple;
const lightness = (name: ColourMapName) => Array.from({ length: 256 }, (_, at) => labOf(colour(name, at))[0]);

describe('CIELAB', () => {
  // Published for the corners of sRGB under D65, see B. Lindbloom's calculator (brucelindbloom.com).
  it.each([
    [
      [255, 255, 255],
      [100, 0, 0],
    ],
    [
      [0, 0, 0],
      [0, 0, 0],
    ],
    [
      [255, 0, 0],
      [53.24, 80.09, 67.2],
    ],
    [
      [0, 255, 0],
      [87.73, -86.18, 83.18],
    ],
    [
      [0, 0, 255],
      [32.3, 79.19, -107.86],
    ],
  ] as [Triple, Triple][])('of %j is %j, and back', (rgb, lab) => {
    labOf(rgb).forEach((v, i) => expect(v).toBeCloseTo(lab[i]!, 1));
    rgbOf(labOf(rgb)).forEach((v, i) => expect(v).toBeCloseTo(rgb[i]!, 3));
  });
});

describe('colour maps', () => {
  it.each(COLOUR_MAPS)('%s has 256 colours and is made once', (name) => {
    expect(colourTable(name)).toHaveLength(768);
    expect(colourTable(name)).toBe(colourTable(name));
    expect(gradientOf(name, 'to top').match(/rgb\(/g)).toHaveLength(33);
  });

  it.each(['viridis', 'inferno', 'grey'] as const)('%s rises in lightness all the way', (name) => {
    const l = lightness(name);
    // Rounding to eight bits may make two neighbours equal, or swap them by far less than any eye sees (ΔL* 0.1).
    for (let at = 1; at < 256; at++) expect([at, l[at]! - l[at - 1]! > -0.1]).toEqual([at, true]);
    for (let at = 3; at < 256; at++) expect([at, l[at]! - l[at - 3]! > 0]).toEqual([at, true]);
    expect(l[255]! - l[0]!).toBeGreaterThan(70);
  });

  it('the diverging one rises to its middle and falls again, as far on both sides', () => {
    const l = lightness('diverging');
    for (let at = 1; at <= 127; at++) expect([at, l[at]! - l[at - 1]! > -0.15]).toEqual([at, true]);
    for (let at = 129; at < 256; at++) expect([at, l[at - 1]! - l[at]! > -0.15]).toEqual([at, true]);
    expect(Math.max(...l)).toBeCloseTo(l[127]!, 0);
    expect(Math.abs(l[0]! - l[255]!)).toBeLessThan(6);
  });

  // Colours of matplotlib's own tables (3.10) that are none of our anchors.
  it.each([
    [
      'viridis',
      { 5: [70, 8, 92], 23: [72, 33, 115], 71: [55, 90, 140], 100: [42, 118, 142], 133: [31, 149, 139] },
    ],
    ['viridis', { 190: [90, 200, 100], 247: [234, 229, 26] }],
    [
      'inferno',
      { 5: [2, 2, 12], 23: [20, 11, 52], 71: [98, 20, 110], 100: [144, 37, 104], 133: [195, 59, 79] },
    ],
    ['inferno', { 190: [249, 139, 11], 247: [243, 245, 134] }],
  ] as [ColourMapName, Record<number, Triple>][])(
    '%s meets the published colours between',
    (name, published) => {
      for (const [at, rgb] of Object.entries(published)) {
        const [ours, theirs] = [labOf(colour(name, Number(at))), labOf(rgb)];
        const distance = Math.hypot(...ours.map((v, i) => v - theirs[i]!));
        // CIE76: under 2.3 two patches side by side look the same; the near-black foot of inferno has the most.
        expect([at, distance < 3]).toEqual([at, true]);
      }
    },
  );

  it('the diverging one meets the table that Moreland published', () => {
    const published: Record<number, Triple> = {
      0: [59, 76, 192],
      0.125: [98, 130, 234],
      0.25: [141, 176, 254],
      0.375: [184, 208, 249],
      0.5: [221, 221, 221],
      0.625: [245, 196, 173],
      0.75: [244, 154, 123],
      0.875: [222, 96, 77],
      1: [180, 4, 38],
    };
    for (const [share, rgb] of Object.entries(published)) {
      const got = colour('diverging', Math.round(255 * Number(share)));
      got.forEach((v, i) => expect([share, got, Math.abs(v - rgb[i]!) <= 3]).toEqual([share, got, true]));
    }
  });
});
