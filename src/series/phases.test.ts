import { describe, expect, it } from 'vitest';
import { assembleSeries } from './assemble.ts';
import { attributes, slice, type Changes } from './instances.testing.ts';

const MR: Changes = { '00080060': 'MR', '00281052': undefined, '00281053': undefined, '00281054': undefined };

/** Three places at three times; `time` says what differs from phase to phase. */
const dynamic = (time: (phase: number, k: number) => Changes) =>
  [0, 1, 2].flatMap((t) =>
    [0, 1, 2].map((k) =>
      slice(k, { ...MR, '00080018': `${t}-${k}`, '00200013': String(3 * t + k + 1), ...time(t, k) }),
    ),
  );
const only = (instances: ReturnType<typeof dynamic>) => {
  const { series, findings } = assembleSeries(instances);
  expect(series).toHaveLength(1);
  const [s] = series;
  return { ...s, order: s.planes.map((p) => s.files[p.file]), findings: [...findings, ...s.findings] };
};
const IN_ORDER = [0, 1, 2].flatMap((t) => [0, 1, 2].map((k) => `${t}-${k}`));

describe('planes at one place, told apart in time', () => {
  it.each<[string, (t: number, k: number) => Changes, number[] | undefined]>([
    ['temporal position alone', (t) => ({ '00200100': String(t + 1) }), undefined],
    [
      'temporal position and resolution',
      (t) => ({ '00200100': String(t + 1), '00200110': '1500' }),
      [0, 1.5, 3],
    ],
    ['trigger time', (t) => ({ '00181060': String(40 * t) }), [0, 0.04, 0.08]],
    ['acquisition time', (t) => ({ '00080032': `1000${10 + 14 * t}` }), [0, 14, 28]],
    [
      'acquisition time, slice after slice',
      (t, k) => ({ '00080032': `1000${10 + 14 * t}.${k}` }),
      [0, 14, 28],
    ],
    ['uneven acquisition times', (t) => ({ '00080032': ['100010', '100024.5', '100131'][t] }), [0, 14.5, 81]],
    ['acquisition date and time', (t) => ({ '0008002A': `2026010110${10 + t}00.25` }), [0, 60, 120]],
    // GE: one acquisition time for the whole series, trigger times count from its start.
    [
      'trigger time beside a constant acquisition time',
      (t) => ({ '00080032': '100000', '00181060': String([0, 9300, 31000][t]) }),
      [0, 9.3, 31],
    ],
    // Siemens: every phase has a number and a time of its own.
    [
      'acquisition number with times',
      (t) => ({ '00200012': String(t + 1), '00080032': `1000${10 + 7 * t}.5` }),
      [0, 7, 14],
    ],
    // Philips: one acquisition time, content times of reconstruction, the dynamic's own start in a private element.
    [
      'temporal position with the start of each dynamic scan',
      (t) => ({
        '00080032': '100000',
        '00080033': `1130${10 + t}`,
        '00200100': String(t + 1),
        '20050010': 'Philips MR Imaging DD 001',
        '200510A0': [[0, 4.5, 9.25][t]],
      }),
      [0, 4.5, 9.25],
    ],
    ['content time', (t) => ({ '00080033': `1000${10 + 5 * t}` }), [0, 5, 10]],
    ['instance number', () => ({}), undefined],
  ])('by %s', (_, time, times) => {
    const s = only(dynamic(time).reverse());
    expect(s.size).toEqual([4, 3, 3, 3]);
    expect(s.order).toEqual(IN_ORDER);
    expect(s.times).toEqual(times);
    expect(s.findings.filter((f) => f.severity === 'block' || f.severity === 'fail')).toEqual([]);
  });

  it('runs on over midnight, with and without dates', () => {
    const clock = ['235950', '000010', '000030'];
    expect(only(dynamic((t) => ({ '00080032': clock[t] }))).times).toEqual([0, 20, 40]);
    const dated = dynamic((t) => ({ '00080022': t === 0 ? '20260101' : '20260102', '00080032': clock[t] }));
    expect(only(dated).times).toEqual([0, 20, 40]);
    expect(only(dated).order).toEqual(IN_ORDER);
  });

  it('says nothing of times it does not know', () => {
    const s = only(dynamic((t) => ({ '00200100': String(t + 1) })));
    expect(s.times).toBeUndefined();
    expect(s.findings.filter((f) => f.severity === 'na')).not.toEqual([]);
  });

  it('takes no times from a clock that runs back, and says which', () => {
    const made = dynamic((t) => ({
      '00200100': String(t + 1),
      '00080032': ['100010', '100040', '100020'][t],
    }));
    const s = only(made);
    expect(s.order).toEqual(IN_ORDER);
    expect(s.times).toBeUndefined();
    const said = s.findings.filter((f) => f.id.startsWith('R-time'));
    expect(said.map((f) => `${f.id} ${f.severity}`)).toEqual(['R-time info', 'R-times-backwards warn']);
    expect(said[1].facts).toMatchObject({ attribute: 'AcquisitionTime (0008,0032)' });
  });

  it('warns of such a clock though another one gives times', () => {
    const made = dynamic((t) => ({
      '00200100': String(t + 1),
      '00080032': ['100010', '100040', '100020'][t],
      '00080033': `1100${10 + t}`,
    }));
    const s = only(made);
    expect(s.times).toEqual([0, 1, 2]);
    expect(s.findings.map((f) => f.id)).toContain('R-times-backwards');
  });

  it('keeps to trigger times within a beat, and to acquisition times beyond it', () => {
    const trigger = (t: number) => String([0, 40, 80][t]);
    // A cine: phases of one beat, acquired in segments whose times say nothing.
    const cine = only(dynamic((t) => ({ '00181060': trigger(t), '00080032': `100010.${[30, 10, 20][t]}` })));
    expect(cine.order).toEqual(IN_ORDER);
    expect(cine.times).toEqual([0, 0.04, 0.08]);
    // A gated dynamic series: the delay after the beat jumps about.
    const delays = ['512', '498', '505'];
    const gated = only(dynamic((t) => ({ '00181060': delays[t], '00080032': `1000${10 + 5 * t}` })));
    expect(gated.order).toEqual(IN_ORDER);
    expect(gated.times).toEqual([0, 5, 10]);
  });

  it('takes equal times for no times', () => {
    const made = dynamic((t) => ({
      '00200100': String(t + 1),
      '00080032': ['100010', '100010', '100020'][t],
    }));
    expect(only(made).times).toBeUndefined();
    const still = only(dynamic((t) => ({ '00200100': String(t + 1), '00080032': '100010' })));
    expect(still.findings.map((f) => f.id)).toContain('R-time-unknown');
  });

  it('reads the frames of one enhanced image', () => {
    const at = ['20260101235950', '20260102000004.5', '20260102000033'];
    const frame = (k: number, given: Changes) =>
      attributes({
        '00209113': [attributes({ '00200032': `0\\0\\${2 * k}` })],
        '00209111': [attributes(given)],
      });
    const enhanced = (given: (t: number) => Changes) =>
      slice(0, {
        ...MR,
        '00280008': '9',
        // Slices are the inner loop, and the phases stand in the file backwards.
        '52009230': [2, 1, 0].flatMap((t) => [0, 1, 2].map((k) => frame(k, given(t)))),
      });
    const inFile = [6, 7, 8, 3, 4, 5, 0, 1, 2];
    const indexed = only([enhanced((t) => ({ '00209128': [t + 1], '00189074': at[t] }))]);
    expect(indexed.planes.map((p) => p.frame)).toEqual(inFile);
    expect(indexed.times).toEqual([0, 14.5, 43]);
    const clocked = only([enhanced((t) => ({ '00189074': at[t] }))]);
    expect(clocked.planes.map((p) => p.frame)).toEqual(inFile);
    expect(clocked.times).toEqual([0, 14.5, 43]);
    const silent = only([enhanced((t) => ({ '00209128': [t + 1] }))]);
    expect(silent.planes.map((p) => p.frame)).toEqual(inFile);
    expect(silent.times).toBeUndefined();
  });

  it('leaves out a time point that lacks a slice, and says so', () => {
    const all = dynamic((t) => ({ '00200100': String(t + 1), '00080032': `1000${10 + 14 * t}` }));
    const s = only(all.filter((i) => i.file !== '2-1'));
    expect(s.size).toEqual([4, 3, 3, 2]);
    expect(s.order).toEqual(IN_ORDER.slice(0, 6));
    expect(s.times).toEqual([0, 14]);
    expect(s.findings.map((f) => `${f.id} ${f.severity}`)).toContain('G-03 fail');
  });

  it('never picks one of two images that nothing tells apart', () => {
    const twins = dynamic(() => ({ '00200013': '1' }));
    expect(only(twins).findings.map((f) => `${f.id} ${f.severity}`)).toContain('G-01 block');
  });
});
