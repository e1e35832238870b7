import { describe, expect, it } from 'vitest';
import { regionCurve } from './region.ts';
import { readCurveTable } from './table.ts';

const refused = (text: string, kind: string, facts: object = {}, unit?: 's' | 'min') =>
  expect(() => readCurveTable(text, unit)).toThrow(
    expect.objectContaining({ kind, facts: expect.objectContaining(facts) }),
  );
const read = (text: string, unit?: 's' | 'min' | 'ms') => {
  const { times, concentrations, ...rest } = readCurveTable(text, unit);
  return { t: [...times], c: [...concentrations], ...rest };
};

describe('table of an arterial input', () => {
  it.each([
    ['CSV with headings', 'time_s,Cp\n0,0\n1.5,2.5\n3,1\n', [0, 1.5, 3], 'plasma'],
    ['minutes and blood', 'Time (min),Cb [mM]\n0,0\n0.5,2.5\n1,1', [0, 30, 60], 'blood'],
    [
      'tabs, Windows line ends, mark at the start',
      '\uFEFFt [s]\tAIF\r\n0\t0\r\n2\t2.5\r\n4\t1\r\n',
      [0, 2, 4],
      null,
    ],
    ['semicolons and decimal commas', 'Время, мин;Концентрация, мМ\n0;0\n0,5;2,5\n1;1', [0, 30, 60], null],
    ['Chinese headings', '时间（秒）,血浆浓度\n0,0\n1,2.5\n2,1', [0, 1, 2], 'plasma'],
    [
      'columns the other way round and others between',
      'conc,row,time (s)\n0,1,0\n2.5,2,1\n1,3,2',
      [0, 1, 2],
      null,
    ],
    ['quotes and remarks', '# by hand\n"time (ms)","c"\n0,0\n500,2.5\n1000,1', [0, 0.5, 1], null],
    ['JSON of two lists', '{"time":[0,1,2],"cb":[0,2.5,1],"units":{"time":"min"}}', [0, 60, 120], 'blood'],
  ])('%s', (_name, text, times, compartment) => {
    expect(read(text)).toMatchObject({ t: times, c: [0, 2.5, 1], compartment, unitFrom: 'table' });
  });

  it('takes the unit that is stated where the table is silent, and before the heading', () => {
    expect(read('0 0\n1 2.5\n2 1e0', 'min')).toMatchObject({ t: [0, 60, 120], unitFrom: 'setting' });
    expect(read('time_s,c\n0,0\n1,2\n2,1', 'min').t).toEqual([0, 60, 120]);
    expect(read('[[0,0],[1,2.5],[2,-1]]', 's').c).toEqual([0, 2.5, -1]);
    expect(read('[{"t":0,"cp":0},{"t":1,"cp":2},{"t":2,"cp":1}]', 's').compartment).toBe('plasma');
  });

  it('refuses what is no curve and says where', () => {
    refused('', 'empty_file');
    refused('# only a remark\n', 'empty_file');
    refused('0,0\n1,2\n2,1', 'settings_invalid', { key: 'timeUnit' });
    refused('time_s,c\n0,0\n1,2', 'malformed', { what: 'rows', received: 2 });
    refused('time_s,c\n0,0\n1,two\n2,1', 'malformed', { what: 'row 3', received: 'two' });
    refused('time_s,c\n0,0\n\n1,NaN\n2,1', 'malformed', { what: 'row 4', received: 'NaN' });
    refused('time_s,c\n0,0\n1,0x10\n2,1', 'malformed', { received: '0x10' });
    refused('time_s,c\n0,0\n1,\n2,1', 'malformed', { what: 'row 3', received: '—' });
    refused('time_s,c\n0,0\n1,2,3\n2,1', 'malformed', { what: 'row 3', expected: 2, received: 3 });
    refused('time_s,c\n0,0\n2,2\n2,1', 'inconsistent_attributes', { what: 'row 4', expected: '> 2 s' });
    refused('time_min,c\n0,0\n2,2\n1,1', 'inconsistent_attributes', { expected: '> 2 min', received: 1 });
    refused('0,0,0\n1,2,3\n2,3,4', 'malformed', { what: 'columns', received: 3 }, 's');
    refused('time_s,c1,c2\n0,0,0\n1,2,3\n2,3,4', 'malformed', { what: 'columns' });
    refused('{"time":[0,1', 'malformed', { what: 'JSON' });
    refused('{"time":[0,1,2],"aif":[0,1]}', 'inconsistent_attributes', { expected: 3, received: 2 }, 's');
    refused('{"time":[0,1,2],"aif":[0,null,1]}', 'malformed', { what: 'row 2' }, 's');
    refused('{"__proto__":{"time":[0,1,2],"aif":[0,1,2]}}', 'malformed', {}, 's');
    refused('[1,2,3]', 'malformed', {}, 's');
    refused('null,null', 'malformed');
    refused('x'.repeat(33 * 1024 * 1024), 'too_large');
  });
});

describe('curve of a region', () => {
  const block = { data: Float64Array.of(1, 3, 9, NaN, 2, 6, 9, 1), frames: 2, voxels: 4 };

  it('is the mean of its voxels with their spread; voxels without a value are left out whole', () => {
    const { mean, deviation, voxels, leftOut } = regionCurve(block, Uint8Array.of(1, 1, 0, 1));
    expect([...mean]).toEqual([2, 4]);
    expect(deviation[0]).toBeCloseTo(Math.SQRT2, 12);
    expect(deviation[1]).toBeCloseTo(2 * Math.SQRT2, 12);
    expect([voxels, leftOut]).toEqual([2, 1]);
    expect(regionCurve(block, Uint8Array.of(1, 0, 0, 0)).deviation[0]).toBeNaN();
  });

  it('refuses an empty region and one of another grid', () => {
    for (const [mask, kind] of [
      [Uint8Array.of(0, 0, 0, 0), 'region_unreadable'],
      [Uint8Array.of(0, 0, 0, 1), 'region_unreadable'],
      [Uint8Array.of(1, 1), 'region_grid_differs'],
    ] as const)
      expect(() => regionCurve(block, mask)).toThrow(expect.objectContaining({ kind }));
  });
});
