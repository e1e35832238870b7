import { describe, expect, it } from 'vitest';
import { assembleSeries } from './assemble.ts';
import { slice, type Changes } from './instances.testing.ts';

const shared = (uid: string, time: string): Changes => ({
  '00080032': time,
  '00080060': 'MR',
  '0020000D': '7.7',
  '0020000E': uid,
  '00180080': '5',
  '00181314': '12',
});

/** A series of its own of `n` slices, acquired at `time`. */
const member = (uid: string, time: string, given: Changes = {}, n = 3, number = 0) =>
  Array.from({ length: n }, (_, k) =>
    slice(k, {
      '00080018': `${uid}-${number}-${k}`,
      '0008103E': `t1_vibe_${uid}`,
      '00200013': String(n * number + k + 1),
      ...shared(uid, time),
      ...given,
    }),
  );
const made = (...members: ReturnType<typeof member>[]) => assembleSeries(members.flat()).series;
const names = (...members: ReturnType<typeof member>[]) => made(...members).map((s) => s.uid);

describe('phases that come as several series', () => {
  it('are offered as one series over time, beside themselves', () => {
    const series = made(
      member('post_2', '100500'),
      member('pre', '100000'),
      member('post_1', '100130', { '00281053': '2' }),
    );
    expect(series.map((s) => `${s.uid} ${s.size.join('×')}`)).toEqual([
      'post_2 4×3×3×1',
      'pre 4×3×3×1',
      'post_1 4×3×3×1',
      'pre+2 4×3×3×3',
    ]);
    const all = series[3];
    expect(all.times).toEqual([0, 90, 300]);
    expect(all.planes.map((p) => all.files[p.file])).toEqual(
      ['pre', 'post_1', 'post_2'].flatMap((u) => [0, 1, 2].map((k) => `${u}-0-${k}`)),
    );
    // The rescale of each series stays its own.
    expect(all.planes.map((p) => p.slope)).toEqual([1, 1, 1, 2, 2, 2, 1, 1, 1]);
    expect(all.protocol?.flipAngle).toEqual([12, 12, 12]);
    expect(all.description).toBe('t1_vibe_pre … t1_vibe_post_2');
    const said = all.findings.find((f) => f.id === 'R-joined');
    expect(said).toMatchObject({ severity: 'info', subject: 'pre+2' });
    expect(said?.facts).toEqual({ count: 3, names: 't1_vibe_pre, t1_vibe_post_1, t1_vibe_post_2' });
  });

  it('may be a reference and a dynamic series, in uneven steps', () => {
    const dynamic = [0, 1, 2].flatMap((t) => member('dyn', `1002${10 + 12 * t}`, {}, 3, t));
    const all = made(member('pre', '100000'), dynamic).at(-1)!;
    expect(all.uid).toBe('pre+1');
    expect(all.times).toEqual([0, 130, 142, 154]);
  });

  it('are joined for each kind of picture of its own', () => {
    const pair = (uid: string, time: string) => [
      ...member(uid, time, { '00080008': 'DERIVED\\PRIMARY\\DIXON\\WATER' }),
      ...member(uid, time, { '00080008': 'DERIVED\\PRIMARY\\DIXON\\FAT' }, 3, 1),
    ];
    const uids = names(pair('pre', '100000'), pair('post', '100130'));
    expect(uids).toEqual(['pre', 'pre#2', 'post', 'post#2', 'pre+1', 'pre#2+1']);
  });

  it.each(['00080032', '00080033', '00080031'])(
    'are in the order of %s where no better clock is there',
    (tag) => {
      const at = (uid: string, time: string) => member(uid, time, { '00080032': undefined, [tag]: time });
      const all = made(at('post', '100130'), at('pre', '100000')).at(-1);
      expect(all).toMatchObject({ uid: 'pre+1', times: [0, 90] });
    },
  );

  it('may be acquired over midnight', () => {
    expect(made(member('pre', '235950'), member('post', '000110')).at(-1)?.times).toEqual([0, 80]);
    const dated = made(
      member('pre', '235950', { '00080022': '20260101' }),
      member('post', '000110', { '00080022': '20260102' }),
    );
    expect(dated.at(-1)?.times).toEqual([0, 80]);
  });

  it('may be CT', () => {
    const ct: Changes = { '00080060': 'CT', '00180080': undefined, '00181314': undefined };
    const phase = (uid: string, time: string, name: string) => member(uid, time, { ...ct, '0008103E': name });
    const all = made(
      phase('1', '100000', 'Abdomen native 5.0'),
      phase('2', '100200', 'Abdomen arterial 5.0'),
    );
    expect(all.at(-1)).toMatchObject({ uid: '1+1', unit: 'HU', times: [0, 120] });
  });
});

describe('what only looks alike is not joined', () => {
  const pre = member('pre', '100000');
  const shifted = [1, 2, 3].map((k) =>
    slice(k, { ...shared('post', '100130'), '00080018': `post-${k}`, '0008103E': 't1_vibe_post' }),
  );
  it.each<[string, ReturnType<typeof member>]>([
    ['another flip angle', member('post', '100130', { '00181314': '5' })],
    ['another echo time', member('post', '100130', { '00180081': '9' })],
    ['another direction', member('post', '100130', { '00200037': '0\\1\\0\\-1\\0\\0' })],
    ['another place', shifted],
    ['another number of slices', member('post', '100130', {}, 4)],
    ['another study', member('post', '100130', { '0020000D': '8.8' })],
    ['another frame of reference', member('post', '100130', { '00200052': '9' })],
    ['another description', member('post', '100130', { '0008103E': 't2_tse_post' })],
    ['a subtraction', member('post', '100130', { '00080008': 'DERIVED\\PRIMARY\\M\\SUB' })],
    ['the same acquisition again', member('post', '100000', { '00080033': '120000' })],
    ['a phase of the breath', member('post', '100130', { '0008103E': 't1_vibe 50% pre' })],
    ['another day', member('post', '130001')],
  ])('%s', (_, other) => {
    expect(names(pre, other).filter((uid) => uid.includes('+'))).toEqual([]);
  });

  it('a repeated scan of no stated phase', () => {
    const again = (uid: string, time: string, given: Changes = {}) =>
      member(uid, time, { '0008103E': 'mprage', ...given });
    expect(names(again('1', '100000'), again('2', '101000'))).toEqual(['1', '2']);
    const agent = { '00180010': 'Gadobutrol' };
    expect(names(again('1', '100000'), again('2', '101000', agent))).toEqual(['1', '2', '1+1']);
  });

  it('two runs with phases of their own', () => {
    const run = (uid: string, hour: number) =>
      [0, 1, 2].flatMap((t) => member(uid, `${hour}00${10 + 12 * t}`, { '0008103E': 'bold dyn' }, 3, t));
    expect(names(run('a', 10), run('b', 11))).toEqual(['a', 'b']);
  });
});
