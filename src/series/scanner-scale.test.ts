import { describe, expect, it } from 'vitest';
import { assembleSeries } from './assemble.ts';
import { attributes, slice, type Changes } from './instances.testing.ts';

/** Three phases of two slices, each with the rescale and the scale slope that `of` gives. */
const dynamic = (of: (t: number) => Changes) =>
  [0, 1, 2].flatMap((t) =>
    [0, 1].map((k) =>
      slice(k, {
        '00080060': 'MR',
        '00080018': `${t}-${k}`,
        '00080032': `1000${10 + t}`,
        '00281054': 'normalized',
        '20050010': 'Philips MR Imaging DD 001',
        ...of(t),
      }),
    ),
  );
const made = (of: (t: number) => Changes) => assembleSeries(dynamic(of)).series[0];
const ids = (s: { findings: readonly { id: string; severity: string }[] }) =>
  s.findings.filter((f) => f.id === 'M-08').map((f) => f.severity);

describe('values of phases that were scaled on their own', () => {
  it('keeps the rescale of each phase', () => {
    const s = made((t) => ({ '00281052': String(t), '00281053': String(t + 1) }));
    expect(s.planes.map((p) => [p.slope, p.intercept])).toEqual([
      [1, 0],
      [1, 0],
      [2, 1],
      [2, 1],
      [3, 2],
      [3, 2],
    ]);
    expect(ids(s)).toEqual([]);
  });

  it('brings pictures of one signal to one value by the scale slope', () => {
    // A signal of 100: stored = 100 · SS − RI / RS; shown = 100 · RS · SS.
    const scales = [
      { rs: 2, ri: 0, ss: 4 },
      { rs: 2, ri: 6, ss: 8 },
      { rs: 5, ri: -10, ss: 2 },
    ];
    const s = made((t) => ({
      '00281052': String(scales[t].ri),
      '00281053': String(scales[t].rs),
      '2005100E': [scales[t].ss],
    }));
    const values = scales.map(({ rs, ri, ss }, t) => {
      const stored = 100 * ss - ri / rs;
      return stored * s.planes[2 * t].slope + s.planes[2 * t].intercept;
    });
    values.forEach((v) => expect(v).toBeCloseTo(100 * 2 * 4, 9));
    expect(ids(s)).toEqual(['info']);
  });

  it('leaves values as shown where the scale is the same, and tells it', () => {
    const s = made(() => ({ '00281052': '0', '00281053': '2', '2005100E': [0.5] }));
    expect(s.planes.every((p) => p.slope === 2)).toBe(true);
    expect(s.findings.find((f) => f.id === 'M-08')?.facts).toEqual({ slope: 0.5 });
  });

  it('fails when some pictures have lost their scale', () => {
    expect(
      ids(made((t) => ({ '00281052': '0', '00281053': '2', '2005100E': t < 2 ? [0.5] : undefined }))),
    ).toEqual(['fail']);
  });

  it('finds it in the item of a frame of an enhanced image', () => {
    const frame = (k: number) =>
      attributes({
        '00209113': [attributes({ '00200032': `0\\0\\${2 * k}` })],
        '00289145': [attributes({ '00281052': '0', '00281053': '1' })],
        '2005140F': [attributes({ '20050010': 'Philips MR Imaging DD 001', '2005100E': [k + 1] })],
      });
    const [s] = assembleSeries([
      slice(0, { '00080060': 'MR', '00280008': '2', '52009230': [frame(0), frame(1)] }),
    ]).series;
    expect(s.planes.map((p) => p.slope)).toEqual([1, 0.5]);
  });
});
