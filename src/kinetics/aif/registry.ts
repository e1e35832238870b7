import { fritzHansen } from './fritz-hansen.ts';
import { georgiou } from './georgiou.ts';
import { mcgrath } from './mcgrath.ts';
import { parker } from './parker.ts';
import type { PopulationInput } from './population.ts';
import { weinmann } from './weinmann.ts';

/** Every population input. A new one adds a file, one import and one entry. */
export const POPULATION_INPUTS: readonly PopulationInput[] = [
  parker,
  georgiou,
  weinmann,
  fritzHansen,
  mcgrath,
];
