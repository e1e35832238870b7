import { describe, expect, it } from 'vitest';
import { assembleSeries } from './assemble.ts';
import { attributes, PET, slices, type Changes } from './instances.testing.ts';

const made = (given: Changes) => assembleSeries(slices(3, () => given)).series[0];
const alarmsOf = (given: Changes) =>
  made(given)
    .findings.filter((f) => ['block', 'fail', 'warn'].includes(f.severity))
    .map((f) => `${f.id} ${f.severity}`);

describe('the unit of a series', () => {
  it.each<[string, Changes, string]>([
    ['CT', {}, 'HU'],
    ['CT that does not name it', { '00281054': undefined }, 'HU'],
    ['CT in another unit', { '00281054': 'MGML' }, 'arbitrary'],
    ['CT without rescale', { '00281053': undefined }, 'arbitrary'],
    ['MR', { '00080060': 'MR', '00281054': 'normalized' }, 'arbitrary'],
    ['MR, unspecified', { '00080060': 'MR', '00281054': 'US' }, 'arbitrary'],
    ['a map of T1', { '00080060': 'MR', '00281054': 'ms' }, 'ms'],
    ['a map of diffusion', { '00080060': 'MR', '00281054': '1mm^2/s' }, 'mm²/s'],
    ['dose', { '00080060': 'RTDOSE', '3004000E': '0.01' }, 'Gy'],
    ['relative dose', { '00080060': 'RTDOSE', '3004000E': '0.01', '30040002': 'RELATIVE' }, 'percent'],
    ['PET', { ...PET }, 'SUVbw'],
    ['PET without a weight', { ...PET, '00101030': undefined }, 'Bq/mL'],
  ])('%s', (_, given, unit) => {
    expect(made(given).unit).toBe(unit);
  });

  it('comes with its factor: SUV = Bq/mL · g / Bq, decayed from injection to scan', () => {
    const s = made({ ...PET, '00281053': '3' });
    // 70 kg, 370 MBq, 60 min, half-life 6586.2 s.
    const factor = 70_000 / (370e6 * 2 ** (-3600 / 6586.2));
    expect(s.planes[0].slope).toBeCloseTo(3 * factor, 12);
  });

  it('puts a window into the unit of the series', () => {
    const window = { '00281050': '1000\\50', '00281051': '2000\\400' };
    expect(made(window).window).toEqual([1000, 2000]);
    const factor = 70_000 / (370e6 * 2 ** (-3600 / 6586.2));
    const [centre, width] = made({ ...PET, ...window }).window!;
    expect([centre / factor, width / factor]).toEqual([expect.closeTo(1000, 6), expect.closeTo(2000, 6)]);
    expect(made({ '00281050': '40', '00281051': '0' }).window).toBeUndefined();
  });

  it('tells of a mapping to real values that is not applied', () => {
    const mapping = attributes({
      '00409224': [-5],
      '00409225': [0.5],
      '004008EA': [attributes({ '00080100': 'ms' })],
    });
    const said = made({ '00080060': 'MR', '00409096': [mapping] }).findings.find(
      (f) => f.id === 'R-real-world',
    );
    expect(said?.facts).toEqual({ slope: 0.5, intercept: -5, unit: 'ms' });
  });
});

describe('what the origin of pictures does to trust', () => {
  it.each<[string, Changes, string[]]>([
    ['CT without rescale', { '00281052': undefined, '00281053': undefined }, ['G-08 fail']],
    ['MR without rescale', { '00080060': 'MR', '00281052': undefined, '00281053': undefined }, []],
    ['multiplanar reformat', { '00080008': 'ORIGINAL\\PRIMARY\\MPR' }, ['G-11 warn']],
    ['maximum intensity projection', { '00080008': 'DERIVED\\SECONDARY\\MIP' }, ['G-11 block']],
    ['screen picture', { '00080008': 'DERIVED\\SECONDARY\\SCREEN SAVE' }, ['G-11 block']],
    ['secondary capture', { '00080016': '1.2.840.10008.5.1.4.1.1.7.2' }, ['G-11 warn']],
    ['photograph', { '00080016': '1.2.840.10008.5.1.4.1.1.77.1.4' }, []],
    ['lossy twice, by 4 and by 2', { '00282110': '01', '00282112': '4\\2' }, ['G-10 warn']],
    ['lossy twice, by 6 and by 2', { '00282110': '01', '00282112': '6\\2' }, ['G-10 fail']],
    ['lossy, by 12', { '00282110': '01', '00282112': '12' }, ['G-10 fail']],
  ])('%s', (_, given, alarms) => {
    expect(alarmsOf(given)).toEqual(alarms);
  });
});
