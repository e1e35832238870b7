import { describe, expect, it } from 'vitest';
import { assembleSeries } from './assemble.ts';
import { attributes, slice, type Changes } from './instances.testing.ts';

/** Volumes of two slices, one a weighting, in the order in which they were acquired. */
const weighted = (weights: readonly Changes[], modality = 'MR') =>
  weights.flatMap((w, t) =>
    [0, 1].map((k) =>
      slice(k, {
        '00080060': modality,
        '00080018': `${t}-${k}`,
        '00080032': `1000${10 + 4 * t}`,
        '00200013': String(2 * t + k + 1),
        ...w,
      }),
    ),
  );
const made = (...weights: readonly Changes[]) => assembleSeries(weighted(weights)).series;
const float64 = (...values: number[]) => new Uint8Array(new Float64Array(values).buffer);
const float32 = (...values: number[]) => new Uint8Array(new Float32Array(values).buffer);
const text = (value: string) => new TextEncoder().encode(value);

describe('b-values of a diffusion series', () => {
  it.each<[string, (b: number) => Changes]>([
    ['the standard attribute', (b) => ({ '00189087': [b] })],
    ['Siemens', (b) => ({ '00190010': 'SIEMENS MR HEADER', '0019100C': String(b) })],
    ['Siemens, in another block', (b) => ({ '00190011': 'SIEMENS MR HEADER', '0019110C': String(b) })],
    ['Siemens, in implicit VR', (b) => ({ '00190010': 'SIEMENS MR HEADER', '0019100C': text(`${b} `) })],
    ['GE', (b) => ({ '00430010': 'GEMS_PARM_01', '00431039': `${b}\\8\\0\\0` })],
    ['GE, with its offset', (b) => ({ '00430010': 'GEMS_PARM_01', '00431039': `${1e9 + b}\\8\\0\\0` })],
    ['Philips', (b) => ({ '20010010': 'Philips Imaging DD 001', '20011003': float32(b) })],
    ['United Imaging', (b) => ({ '00650010': 'Image Private Header', '00651009': float64(b) })],
  ])('by %s', (_, of) => {
    const [s, ...others] = made(of(0), of(500), of(1000));
    expect(others).toEqual([]);
    expect(s.bValues).toEqual([0, 500, 1000]);
    expect(s.times).toBeUndefined();
    expect(s.findings.find((f) => f.id === 'R-diffusion')?.facts).toEqual({
      count: 3,
      values: '0, 500, 1000',
    });
  });

  it('are not read under the name of another maker', () => {
    const [s] = made(...[0, 500].map((b) => ({ '00190010': 'OTHER', '0019100C': String(b) })));
    expect(s.bValues).toBeUndefined();
    expect(s.times).toEqual([0, 4]);
  });

  it('keep the order of acquisition, with directions apart', () => {
    const along = (x: number, y: number, b = 800): Changes => ({ '00189087': [b], '00189089': [x, y, 0] });
    const [s] = made(along(1, 0), { '00189087': [0] }, along(0, 1));
    expect(s.bValues).toEqual([800, 0, 800]);
    expect(s.size).toEqual([4, 3, 2, 3]);
  });

  it('are ordered by weight where nothing tells the time', () => {
    const silent = { '00080032': undefined };
    const [s] = made(
      { ...silent, '00189087': [1000] },
      { ...silent, '00189087': [0] },
      { ...silent, '00189087': [500] },
    );
    expect(s.bValues).toEqual([0, 500, 1000]);
    expect(s.planes.map((p) => s.files[p.file])).toEqual(['1-0', '1-1', '2-0', '2-1', '0-0', '0-1']);
  });

  it('come from the frames of an enhanced image', () => {
    const frame = (b: number, k: number) =>
      attributes({
        '00209113': [attributes({ '00200032': `0\\0\\${2 * k}` })],
        '00189117': [attributes({ '00189087': [b] })],
      });
    const frames = [0, 700].flatMap((b) => [frame(b, 0), frame(b, 1)]);
    const [s] = assembleSeries([slice(0, { '00080060': 'MR', '00280008': '4', '52009230': frames })]).series;
    expect(s.bValues).toEqual([0, 700]);
    expect(s.size).toEqual([4, 3, 2, 2]);
  });

  it('are of no concern to one weighting repeated in time, nor to other modalities', () => {
    expect(made({ '00189087': [0] }, { '00189087': [0] })[0]).toMatchObject({ times: [0, 4] });
    const ct = assembleSeries(weighted([{ '00189087': [0] }, { '00189087': [500] }], 'CT')).series;
    expect(ct[0].bValues).toBeUndefined();
  });
});
