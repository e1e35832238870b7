import type { KineticSettings } from './request.ts';

/** UIDs of the images that a fit took beside its own series: maps of T1 and of B1. What is wrong with them is in its maps too. */
export const inputSeries = ({ t1, b1 }: KineticSettings): string[] => [
  ...(t1.tissue.kind === 'map' ? [t1.tissue.series] : []),
  ...(b1 ? [b1.series] : []),
];
