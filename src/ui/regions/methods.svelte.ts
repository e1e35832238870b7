import type { Engine } from '../../engine/api.ts';

type Methods = Awaited<ReturnType<Engine['segmentationMethods']>>;

export type MethodId = Methods[number]['id'];

let known = $state.raw<Methods>([]);

/** The segmentation methods, which the engine loads later: none until {@link loadMethods} has come back. */
export const methods = (): Methods => known;

export async function loadMethods(engine: Engine): Promise<void> {
  if (known.length === 0) known = await engine.segmentationMethods();
}
