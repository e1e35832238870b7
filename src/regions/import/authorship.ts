import type { Authorship } from '../../core/region.ts';

const WAYS = ['MANUAL', 'SEMIAUTOMATIC', 'AUTOMATIC'] as const;

/** Authorship in the words of SegmentAlgorithmType and ROIGenerationAlgorithm; undefined when the file doesn't say. */
export function authorshipOf(how: string | undefined, tool: string | undefined): Authorship | undefined {
  const way = WAYS.find((w) => w === how);
  return way && { how: way, tool: tool ?? '' };
}
