import { stringify } from 'yaml';
import { describe, expect, test } from 'vitest';
import type { Mask, Volume } from '../../core/volume.ts';
import { loadKernels } from '../../../tests/kernels.ts';
import { parseSettings } from '../settings-file.ts';
import { extractPyradiomics } from './extract.ts';
import { MEASURED } from './measured.testing.ts';

const kernels = await loadKernels();

/** 8 × 7 × 6 fractions and an ellipsoid with a hole through it, both by formula. */
function made(): { volume: Volume; mask: Mask } {
  const grid = {
    size: [8, 7, 6],
    affine: {
      origin: [0, 0, 0],
      matrix: [
        [0.9, 0, 0],
        [0, 1.2, 0],
        [0, 0, 2.5],
      ],
    },
  } as const;
  const data = new Float64Array(336);
  const inside = new Uint8Array(336);
  for (let v = 0; v < 336; v++) {
    const [x, y, z] = [v % 8, Math.floor(v / 8) % 7, Math.floor(v / 56)] as const;
    data[v] = ((7 * x + 13 * y + 29 * z) % 50) + x * y + 0.5;
    const within = (x - 3.5) ** 2 / 12 + (y - 3) ** 2 / 9 + (z - 2.5) ** 2 / 6 < 1;
    inside[v] = within && !(x === 3 && y === 3) ? 1 : 0;
  }
  return {
    volume: { grid, data, unit: 'arbitrary', modality: 'MR' },
    mask: { grid, data: inside, name: 'region', colour: [0, 0, 0] },
  };
}

describe.each(MEASURED.map((m) => [JSON.stringify(m.setting), m] as const))(
  '%s',
  (_, { setting, values }) => {
    test.each([
      ['kernels', kernels],
      ['references', null],
    ])('by %s: what the original gives', (_name, backend) => {
      const { volume, mask } = made();
      const { settings } = parseSettings(stringify({ setting }));
      const { rows } = extractPyradiomics(volume, mask, settings, { kernels: backend });
      const ours = new Map(rows.map((r) => [r.tag, r.value]));
      for (const [tag, value] of Object.entries(values)) {
        const got = ours.get(tag) ?? NaN;
        expect(Math.abs(got - value) / Math.abs(value), `${tag}: ${got}, not ${value}`).toBeLessThan(1e-9);
      }
    });
  },
);
