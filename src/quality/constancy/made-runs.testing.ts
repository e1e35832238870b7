import { Random } from '../../core/random.ts';
import { withBaseline, withRun } from './book.ts';
import { newBook, type DeviceBook, type PhantomRun } from './run.ts';

const dayAfter = (n: number): string => new Date(Date.UTC(2026, 0, 5 + n)).toISOString().slice(0, 10);

/** Day `n` of a series, counted from 0. */
export const madeRun = (
  n: number,
  values: Readonly<Record<string, number>>,
  kind: PhantomRun['kind'] = 'constancy',
): PhantomRun => ({
  id: `run:${n}`,
  version: 1,
  kind,
  date: dayAfter(n),
  template: { id: 'water-cylinder', version: 1 },
  results: Object.entries(values).map(([id, value]) => ({ id, value, unit: 'HU' })),
  operator: 'physicist',
  notes: '',
  laboratory: '',
  accreditation: '',
  software: { name: 'kinetex', version: '0' },
  series: '',
  amends: '',
  signed: null,
});

/**
 * A device with a baseline of `baseline` runs and `since` more, whose value grows by `drift` standard deviations from run to
 * run. Values are 10 + N(0, 1)/4.
 */
export function madeBook(
  seed: number,
  { baseline = 5, since = 20, drift = 0, label = 'CT 1' } = {},
): DeviceBook {
  const random = new Random(seed);
  const value = (t: number) => 10 + (random.normal() + drift * t) / 4;
  let book = newBook({ id: `device:${label.replaceAll(' ', '-')}`, label, modality: 'CT' });
  for (let n = 0; n < baseline; n++) book = withRun(book, madeRun(n, { noise: value(0) }));
  book = withBaseline(book, {
    template: 'water-cylinder',
    count: baseline,
    reason: '',
    role: 'physicist',
    date: dayAfter(baseline - 1),
  });
  for (let t = 1; t <= since; t++) book = withRun(book, madeRun(baseline + t - 1, { noise: value(t) }));
  return book;
}
