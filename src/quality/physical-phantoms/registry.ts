import { acrCt } from './templates/acr-ct.ts';
import { acrMr } from './templates/acr-mr.ts';
import { boneDensity } from './templates/bone-density.ts';
import { diffusionInserts, qibaDiffusion } from './templates/diffusion.ts';
import { nemaPet, nemaPetCold } from './templates/nema-pet.ts';
import { nistPd, nistT1, nistT2 } from './templates/nist-system.ts';
import { uniformCylinder, waterCylinder } from './templates/uniform-cylinder.ts';
import type { PhantomTemplate } from './template.ts';

/** Every built-in phantom. Adding one is a file in `templates` and a line here; a person's own are read from JSON. */
export const TEMPLATES: readonly PhantomTemplate[] = [
  acrCt,
  waterCylinder,
  boneDensity,
  acrMr,
  nistT1,
  nistT2,
  nistPd,
  qibaDiffusion,
  diffusionInserts,
  nemaPet,
  nemaPetCold,
  uniformCylinder,
];
