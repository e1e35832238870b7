import { describe, expect, it } from 'vitest';
import { secondsOf } from './time-of-day.ts';

const DAY = 86_400;

describe('seconds from DICOM dates and times', () => {
  it.each([
    ['a time alone', undefined, '010203.25', undefined, 3723.25],
    ['a time cut to hours', undefined, '07', undefined, 7 * 3600],
    ['a time cut to minutes', undefined, '0730', undefined, 7.5 * 3600],
    ['a time with colons', undefined, '07:30:15', undefined, 27_015],
    ['the second day of 1970', '19700102', '000001', undefined, DAY + 1],
    ['a date with points', '1970.01.02', '000000', undefined, DAY],
    ['a leap day', '20240301', '000000', undefined, 19_783 * DAY],
    ['a date and time in one, before the others', '19990101', '120000', '19700103000000.5', 2 * DAY + 0.5],
    [
      'a date and time with its zone, which is one for all',
      undefined,
      undefined,
      '19700102010000+0300',
      DAY + 3600,
    ],
    ['a date in the place of a date and time', undefined, undefined, '19700102', DAY],
    ['an unreadable date and time gives way', '19700102', '000000', 'unknown', DAY],
    ['an unreadable time', '19700102', 'noon', undefined, undefined],
    ['a date alone', '19700102', undefined, undefined, undefined],
    ['nothing', undefined, undefined, undefined, undefined],
    ['empty texts', '', '', '', undefined],
  ])('%s', (_, da, tm, dt, seconds) => {
    expect(secondsOf(da, tm, dt)).toBe(seconds);
  });

  it('runs on over midnight', () => {
    const before = secondsOf('20231231', '235950', undefined)!;
    expect(secondsOf('20240101', '000010', undefined)! - before).toBe(20);
  });
});
