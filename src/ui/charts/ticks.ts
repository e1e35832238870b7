import { formatNumber } from '../i18n/numbers.ts';

/** Where an axis is marked, and with how many decimals its numbers are told apart. */
export interface Ticks {
  readonly values: readonly number[];
  /** Distance of neighbouring ticks; 0 on a logarithmic axis. */
  readonly step: number;
}

const NONE: Ticks = { values: [], step: 0 };

/**
 * Round numbers within an interval: multiples of 1, 2 or 5 times a power of ten, the finest step that gives no more
 * than `most` ticks (at least two are aimed for). Each tick is the double nearest to its decimal number, so that 0.3
 * is 0.3 and not 0.30000000000000004. No finite interval gives none.
 */
export function niceTicks(low: number, high: number, most: number): Ticks {
  const width = high - low;
  if (!(width > 0) || !Number.isFinite(width)) return NONE;
  const wanted = width / Math.max(1, most);
  let exponent = Math.floor(Math.log10(wanted));
  for (;;) {
    for (const mantissa of [1, 2, 5]) {
      const values = multiples(mantissa, exponent, low, high);
      if (values.length <= Math.max(2, most)) return { values, step: times(1, mantissa, exponent) };
    }
    exponent++;
  }
}

/** count · mantissa · 10^exponent, rounded once. */
function times(count: number, mantissa: number, exponent: number): number {
  return exponent >= 0 ? count * mantissa * 10 ** exponent : (count * mantissa) / 10 ** -exponent;
}

function multiples(mantissa: number, exponent: number, low: number, high: number): number[] {
  const step = times(1, mantissa, exponent);
  // A bound that is itself a tick must not be lost to the rounding of the division.
  const slack = 1e-9;
  const first = Math.ceil(low / step - slack);
  const last = Math.floor(high / step + slack);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, i) =>
    first + i === 0 ? 0 : times(first + i, mantissa, exponent),
  );
}

/**
 * Ticks of a logarithmic axis: powers of ten, with 2 and 5 between them when there is room. Less than a decade with
 * fewer than two of these is marked as a linear axis is. Bounds must be above zero, else there are none.
 */
export function logTicks(low: number, high: number, most: number): Ticks {
  if (!(low > 0) || !(high > low) || !Number.isFinite(high)) return NONE;
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  const marked = (mantissas: readonly number[], every: number) => {
    const values: number[] = [];
    for (let exponent = first; exponent <= last; exponent++) {
      if (exponent % every !== 0) continue;
      for (const mantissa of mantissas) {
        const value = times(1, mantissa, exponent);
        if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) values.push(value);
      }
    }
    return values;
  };
  const fine = marked([1, 2, 5], 1);
  if (fine.length < 2) return { values: niceTicks(low, high, most).values, step: 0 };
  if (fine.length <= Math.max(2, most)) return { values: fine, step: 0 };
  for (let every = 1; ; every++) {
    const values = marked([1], every);
    if (values.length <= Math.max(2, most)) return { values, step: 0 };
  }
}

/** A tick as text: all ticks of a linear axis get the same decimals, and very large or small ones powers of ten. */
export function tickText(value: number, { step }: Ticks, comma: boolean): string {
  const size = Math.abs(value);
  if (step <= 0 || value === 0 || size >= 1e6 || step < 1e-5) {
    return formatNumber(value, { digits: 6, comma, trim: true }).replace(/[.,]?0+(?=×)/, '');
  }
  // 1e-9: the logarithm of 0.001 may come out just below −3.
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9));
  const text = value.toFixed(decimals).replace('-', '−');
  return comma ? text.replace('.', ',') : text;
}
