// What the peers and the engine are measured on: a large and a small region of textured volumes.
import { existsSync, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { load } from './bundle.mjs';
import { readNifti, writeNifti } from './nifti.mjs';

const root = dirname(import.meta.dirname);
const shared = join(root, '../shared/reference/bench');

/** `{id, label, image, mask, size, spacing, values, inside, voxels}` for each input. */
export async function inputs() {
  const folder = join(root, 'build/bench/inputs');
  mkdirSync(folder, { recursive: true });
  const { correlatedField } = await load('make-inputs');
  const made = [];
  if (existsSync(join(shared, 'synth_image.nii.gz'))) {
    made.push(
      open(
        'large',
        'synth of the reference data',
        join(shared, 'synth_image.nii.gz'),
        join(shared, 'synth_mask.nii.gz'),
      ),
    );
  } else {
    const size = [256, 256, 64];
    const field = correlatedField({ edge: 256, width: 3, mean: 1000, deviation: 230, seed: 7 }).phases[0]
      .data;
    made.push(
      write(
        folder,
        'large',
        'phantom of the project',
        size,
        [1, 1, 2.4],
        field.subarray(0, 256 * 256 * 64),
        66,
      ),
    );
  }
  const field = correlatedField({ edge: 48, width: 2.5, mean: 1000, deviation: 230, seed: 3 }).phases[0].data;
  made.push(write(folder, 'lesion', 'phantom of the project', [48, 48, 48], [1, 1, 1], field, 9.85));
  return made;
}

/** An input as the engine takes it: volume and mask. */
export function arraysOf({ size, spacing, values, inside }) {
  const matrix = spacing.map((mm, axis) => [0, 1, 2].map((n) => (n === axis ? mm : 0)));
  const grid = { size, affine: { origin: [0, 0, 0], matrix } };
  return [
    { grid, data: values, unit: 'HU', modality: 'CT' },
    { grid, data: inside, name: 'region', colour: [255, 0, 0] },
  ];
}

function open(id, label, image, mask) {
  const { size, spacing, data: values } = readNifti(image);
  const inside = Uint8Array.from(readNifti(mask).data, (v) => (v > 0.5 ? 1 : 0));
  return { id, label, image, mask, size, spacing, values, inside, voxels: inside.reduce((s, v) => s + v, 0) };
}

/** A sphere of a radius in mm around the middle of the field. */
export function write(folder, id, label, size, spacing, field, radius) {
  const stored = Int16Array.from(field, (v) => Math.round(v));
  const inside = new Uint8Array(stored.length);
  for (let at = 0; at < inside.length; at++) {
    const index = [at % size[0], Math.floor(at / size[0]) % size[1], Math.floor(at / (size[0] * size[1]))];
    const mm = index.map((n, axis) => (n - (size[axis] - 1) / 2) * spacing[axis]);
    inside[at] = Number(Math.hypot(...mm) < radius);
  }
  const [image, mask] = [join(folder, `${id}_image.nii.gz`), join(folder, `${id}_mask.nii.gz`)];
  writeNifti(image, size, spacing, stored);
  writeNifti(mask, size, spacing, inside);
  return open(id, label, image, mask);
}
