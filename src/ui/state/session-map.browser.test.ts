import { describe, expect, it } from 'vitest';
import type { Volume } from '../../core/volume.ts';
import { createNodeEngine } from '../../engine/node.ts';
import { Jobs } from './jobs.svelte.ts';
import { Session } from './session.svelte.ts';

const volume: Volume = {
  grid: {
    size: [2, 1, 1],
    affine: {
      origin: [0, 0, 0],
      matrix: [
        [1, 0, 0],
        [0, 1, 0],
        [0, 0, 1],
      ],
    },
  },
  data: Float32Array.of(0, 1),
  unit: 'arbitrary',
  modality: '',
};

describe('the map of a session', () => {
  it('is laid over the image with what was chosen for the one before, and goes with the study', () => {
    const session = new Session(createNodeEngine(), new Jobs());
    session.showMap({ volume, name: 'Ktrans', unit: 'min⁻¹', range: [0, 0.5] }, 'dynamic');
    expect(session.overlay).toMatchObject({ name: 'Ktrans', unit: 'min⁻¹', range: [0, 0.5], visible: true });
    session.overlay = { ...session.overlay!, locked: true, colourMap: 'inferno' };
    session.showMap({ volume, name: 'Ktrans, second visit', unit: 'min⁻¹', range: [0, 9] }, 'dynamic');
    expect(session.overlay).toMatchObject({
      name: 'Ktrans, second visit',
      range: [0, 0.5],
      colourMap: 'inferno',
    });
    session.close();
    expect(session.overlay).toBeNull();
  });
});
