import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BLOCK_STATUSES, fitBlock } from '../../src/kinetics/fit/fit-block.ts';
import { InputResponse } from '../../src/kinetics/input/input-response.ts';
import type { ModelId, QuantityId } from '../../src/kinetics/models/model.ts';
import { modelOf } from '../../src/kinetics/models/registry.ts';
import { loadKernels } from '../kernels.ts';
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
  const ways = FAMILIES.flatMap(([id, file]) => [
    [id, 'by reference', file] as const,
    [id, 'by kernel', file] as const,
  ]);
  it.each(ways)(
    '%s %s',
    async (id, way, file) => {
      const run = way === 'by kernel' ? { kernels: await loadKernels() } : {};
      const family = JSON.parse(readFileSync(join(SHARED, 'reference/kinetics', file), 'utf8')) as Family;
      const missed: string[] = [];
      let worst = 0;
      for (const c of family.cases) {
        const minutes = Float64Array.from(c.time, (s) => s / 60);
        const response = new InputResponse({ minutes, concentration: Float64Array.from(c.aif) }, minutes);
        const delay = c.fit_delay ? { lower: -10, upper: 10 } : c.delay;
        const fit = fitBlock(modelOf(id), response, { delay }, Float64Array.from(c.tissue), 1, run);
        const found = (name: string) => fit.parameters.get(name as QuantityId)![0];
        if (BLOCK_STATUSES[fit.status[0]] === 'failed') missed.push(`${c.id} failed`);
        const wanted: Record<string, number> = { ...c.parameters };
        if (c.fit_delay) wanted.delay = c.delay;
        for (const [name, value] of Object.entries(wanted)) {
          const { abs, rel } = family.tolerance[name];
          const share = Math.abs(found(name) - value) / (abs + rel * Math.abs(value));
          worst = Math.max(worst, share);
          if (!(share <= 1)) missed.push(`${c.id} ${name} ${found(name)} for ${value}`);
        }
      }
      console.log(
        `${id} ${way}: ${family.cases.length} cases, ${missed.length} values missed, worst share of tolerance ${worst.toFixed(2)}`,
      );
      expect(missed).toEqual([]);
      expect(family.cases.length).toBeGreaterThan(10);
    },
    120_000,
  );
});
