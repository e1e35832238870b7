import { TEMPLATES } from '../physical-phantoms/registry.ts';
import { twinRoom } from '../physical-phantoms/twin.ts';
import { checkerboardRoom } from './checkerboard/index.ts';
import { correlatedFieldRoom } from './correlated-field/index.ts';
import { dynamicMrRoom } from './dynamic-mr/index.ts';
import { gradientRoom } from './gradient/index.ts';
import { kineticReferenceObjectRoom } from './kinetic-reference-object/index.ts';
import { largeCtRoom } from './large-ct/index.ts';
import type { PhantomRoom } from './room.ts';
import { sphereRoom } from './sphere/index.ts';
import { sphereSetRoom } from './sphere-set/index.ts';
import { spiculatedLesionRoom } from './spiculated-lesion/index.ts';
import { texturedLesionCtRoom } from './textured-lesion-ct/index.ts';
import { uniformRoom } from './uniform/index.ts';

/** Every digital phantom of the product. Adding one is a folder and a line here. */
export const PHANTOMS: readonly PhantomRoom[] = [
  texturedLesionCtRoom,
  dynamicMrRoom,
  kineticReferenceObjectRoom,
  uniformRoom,
  sphereRoom,
  sphereSetRoom,
  checkerboardRoom,
  gradientRoom,
  correlatedFieldRoom,
  spiculatedLesionRoom,
  largeCtRoom,
  ...TEMPLATES.map(twinRoom),
];
