/** What the engine's calls about segmentation need, in one piece that is loaded later. */
export { METHODS } from '../../regions/segment/registry.ts';
export { runSegmentation, runStability } from './segment.ts';
