import { describe, expect, it } from 'vitest';
import { assembleSeries } from './assemble.ts';
import { attributes, slice, type Changes } from './instances.testing.ts';

const MR: Changes = {
  '00080060': 'MR',
  '00281052': undefined,
  '00281053': undefined,
  '00281054': undefined,
  '00180080': '8.2',
  '00180081': '4.2',
  '00180087': '15000',
  '00181314': '20',
};

/** `n` volumes of three slices at the same places. */
const volumes = (n: number, of: (phase: number, k: number) => Changes) =>
  Array.from({ length: n }, (_, t) =>
    [0, 1, 2].map((k) =>
      slice(k, { ...MR, '00080018': `${t}-${k}`, '00200013': String(3 * t + k + 1), ...of(t, k) }),
    ),
  ).flat();

describe('settings of the phases', () => {
  it('are listed once a phase, the field in tesla though the file has gauss', () => {
    const [s] = assembleSeries(volumes(2, (t) => ({ '00080033': `10${t}000` }))).series;
    expect(s.protocol).toEqual({
      repetitionTime: [8.2, 8.2],
      echoTime: [4.2, 4.2],
      flipAngle: [20, 20],
      fieldStrength: 1.5,
    });
  });

  it('leave out what slices of one phase disagree on, and blanks', () => {
    const made = volumes(1, (_, k) => ({
      '00180080': String(500 + 3 * k),
      '00180082': '0',
      '00180087': '3',
    }));
    expect(assembleSeries(made).series[0].protocol).toEqual({
      echoTime: [4.2],
      flipAngle: [20],
      fieldStrength: 3,
    });
  });

  it('come from the functional groups of enhanced images', () => {
    const frame = (k: number) =>
      attributes({
        '00209113': [attributes({ '00200032': `0\\0\\${2 * k}` })],
        '00189112': [attributes({ '00180080': '6', '00181314': '12' })],
        '00189114': [attributes({ '00189082': '1.7' })],
      });
    const enhanced = slice(0, {
      ...MR,
      '00180080': undefined,
      '00180081': undefined,
      '00181314': undefined,
      '00280008': '2',
      '52009230': [frame(0), frame(1)],
    });
    const [s] = assembleSeries([enhanced]).series;
    expect(s.size).toEqual([4, 3, 2, 1]);
    expect(s.protocol).toMatchObject({ repetitionTime: [6], echoTime: [1.7], flipAngle: [12] });
  });

  it('are not given for CT', () => {
    expect(assembleSeries([slice(0)]).series[0]).not.toHaveProperty('protocol');
  });
});

describe('one series of several contrasts at the same places', () => {
  it('has its flip angles as phases, smallest first, and no times', () => {
    const angles = ['15', '2', '10', '5'];
    const made = volumes(4, (t) => ({ '00181314': angles[t], '00080032': `1000${10 + 12 * t}` }));
    const { series, findings } = assembleSeries(made);
    expect(findings).toEqual([]);
    expect(series.map((s) => s.size)).toEqual([[4, 3, 3, 4]]);
    const [s] = series;
    expect(s.protocol?.flipAngle).toEqual([2, 5, 10, 15]);
    expect(s.times).toBeUndefined();
    expect(s.planes.map((p) => s.files[p.file])).toEqual(
      [1, 3, 2, 0].flatMap((t) => [0, 1, 2].map((k) => `${t}-${k}`)),
    );
    expect(s.findings.find((f) => f.id === 'R-contrasts')?.facts).toEqual({
      count: 4,
      values: '2, 5, 10, 15 °',
    });
  });

  it('has its inversion times as phases', () => {
    const made = volumes(3, (t) => ({ '00180082': String([2500, 100, 800][t]) }));
    const [s] = assembleSeries(made).series;
    expect(s.size[3]).toBe(3);
    expect(s.protocol?.inversionTime).toEqual([100, 800, 2500]);
  });

  it('is parted where each contrast was repeated in time', () => {
    // Two angles, the second three times: a dynamic series that carries its own reference.
    const made = volumes(4, (t) => ({ '00181314': t === 0 ? '5' : '15', '00080032': `1000${10 + 12 * t}` }));
    const { series } = assembleSeries(made);
    expect(series.map((s) => [s.size[3], s.protocol?.flipAngle, s.times])).toEqual([
      [1, [5], undefined],
      [3, [15, 15, 15], [0, 12, 24]],
    ]);
  });
});
