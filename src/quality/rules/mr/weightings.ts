import type { Measure } from '../evaluate.ts';
import { plain } from '../measuring.ts';

/** Measurements of M-19. */
export const DIFFUSION_MEASURES: Readonly<Record<string, Measure>> = {
  b_values: ({ series: { bValues } }) =>
    bValues ? plain(new Set(bValues.map(Math.round)).size, bValues.map(Math.round).join(', ')) : null,
  largest_b: ({ series: { bValues } }) => (bValues ? plain(Math.max(...bValues)) : null),
  diffusion_echo_times: ({ series: { bValues }, headers }) =>
    bValues ? plain(Math.max(0, headers.distinct('00180081').length - 1)) : null,
};
