import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CurveFitter } from '../../src/kinetics/fit/fit-curve.ts';
import { InputResponse } from '../../src/kinetics/input/input-response.ts';
import type { ModelId, QuantityId } from '../../src/kinetics/models/model.ts';
import { modelOf } from '../../src/kinetics/models/registry.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';

interface Case {
  readonly id: string;
  readonly fit_delay: boolean;
  readonly delay: number;
  readonly parameters: Readonly<Record<string, number>>;
  readonly time: number[];
  readonly aif: number[];
  readonly tissue: number[];
}
interface Family {
  readonly tolerance: Readonly<Record<string, { abs: number; rel: number }>>;
  readonly cases: readonly Case[];
}

const FAMILIES: readonly (readonly [ModelId, string])[] = [
  ['tofts', 'tofts.json'],
  ['extended-tofts', 'extended_tofts.json'],
  ['patlak', 'patlak.json'],
  ['two-compartment-uptake', 'two_compartment_uptake.json'],
  ['two-compartment-exchange', 'two_compartment_exchange.json'],
];
describe.skipIf(!HAS_SHARED)('the published curves of OSIPI', () => {
  it.each(FAMILIES)(
    '%s',
    (id, file) => {
      const family = JSON.parse(readFileSync(join(SHARED, 'reference/kinetics', file), 'utf8')) as Family;
      const missed: string[] = [];
      let worst = 0;
      for (const c of family.cases) {
        const minutes = Float64Array.from(c.time, (s) => s / 60);
        const response = new InputResponse({ minutes, concentration: Float64Array.from(c.aif) }, minutes);
        const delay = c.fit_delay ? { lower: -10, upper: 10 } : c.delay;
        const fit = new CurveFitter(modelOf(id), response, { delay }).fit(Float64Array.from(c.tissue));
        const wanted: Record<string, number> = { ...c.parameters };
        if (c.fit_delay) wanted.delay = c.delay;
        for (const [name, value] of Object.entries(wanted)) {
          const { abs, rel } = family.tolerance[name];
          const share = Math.abs(fit.parameters[name as QuantityId]! - value) / (abs + rel * Math.abs(value));
          worst = Math.max(worst, share);
          if (!(share <= 1))
            missed.push(`${c.id} ${name} ${fit.parameters[name as QuantityId]} for ${value}`);
        }
      }
      console.log(
        `${id}: ${family.cases.length} cases, ${missed.length} values missed, worst share of tolerance ${worst.toFixed(2)}`,
      );
      expect(missed).toEqual([]);
      expect(family.cases.length).toBeGreaterThan(10);
    },
    120_000,
  );
});
