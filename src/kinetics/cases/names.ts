import { RefusedInput } from '../../core/refusal.ts';
import type { QuantityId } from '../models/model.ts';

/** Names under which files give the quantities, in lower case without marks. */
const NAMES: Readonly<Record<string, QuantityId>> = {
  ktrans: 'Ktrans',
  ve: 've',
  vp: 'vp',
  kep: 'kep',
  fp: 'fp',
  f: 'fp',
  flow: 'fp',
  plasmaflow: 'fp',
  ps: 'ps',
  e: 'E',
  extraction: 'E',
  extractionfraction: 'E',
  tc: 'Tc',
  ta: 'Tc',
  transittime: 'Tc',
  tp: 'Tp',
  mtt: 'Tp',
  delay: 'delay',
  arterialdelay: 'delay',
};

/** The quantity that a name in a file stands for. */
export function quantityOf(name: string): QuantityId | undefined {
  const plain = name.toLowerCase().replace(/[^a-z]/g, '');
  return Object.hasOwn(NAMES, plain) ? NAMES[plain] : undefined;
}

const TIMES: Readonly<Record<string, number>> = { s: 1 / 60, sec: 1 / 60, ms: 1 / 60_000, min: 1 };

/**
 * Factor from a file's unit to minutes and mL/mL. Remarks in brackets and repeated units ("1/min (mL/mL/min)") do not
 * matter. @throws RefusedInput for a unit that is not known.
 */
export function internalScaleOf(quantity: QuantityId, unit: string): number {
  const plain = unit
    .toLowerCase()
    .replace(/\(.*?\)/g, '')
    .replaceAll(/\s/g, '')
    .replaceAll('^-1', '⁻¹');
  const bad = () =>
    new RefusedInput('settings_invalid', {
      what: `unit of ${quantity}`,
      expected: '1/min, s, mL/100mL/min …',
      received: unit,
    });
  if (/^(|1|-|dimensionless|fraction|ml\/ml)$/.test(plain)) return 1;
  if (/^(%|ml\/100ml)$/.test(plain)) return 0.01;
  if (Object.hasOwn(TIMES, plain)) return TIMES[plain];
  const rate = /^(?:(1|ml\/100ml|ml\/100g|ml\/ml|ml\/g)\/)?(s|sec|min)(⁻¹)?$/.exec(plain);
  if (!rate || (rate[1] === undefined && rate[3] === undefined)) throw bad();
  return (rate[1]?.includes('100') ? 0.01 : 1) / TIMES[rate[2]];
}
