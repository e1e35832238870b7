import { describe, expect, it } from 'vitest';
import { assembleSeries } from './assemble.ts';
import { slice, type Changes } from './instances.testing.ts';

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
