import type { CheckedValues, NumberParameter } from '../../core/parameters.ts';
import type { SegmentationInput } from './method.ts';
import { Unsegmentable } from './reasons.ts';

export const START_RADIUS: NumberParameter = {
  kind: 'number',
  id: 'radius',
  label: { en: 'Radius of the start', ru: 'Начальный радиус', zh: '起始半径' },
  help: {
    en: 'A ball this large around each clicked point is where the contour starts.',
    ru: 'Контур начинается с шара такого радиуса вокруг каждой отмеченной точки.',
    zh: '轮廓从每个点击点周围该半径的球开始。',
  },
  unit: 'mm',
  range: [0.5, 200],
  default: 5,
};

/**
 * Where a contour starts: the region given, else balls around the clicked points, else an ellipsoid of 0.7 of the box.
 * @throws Unsegmentable `start_full` when it is all or nothing of the box
 */
export function contourStart(input: SegmentationInput, values: CheckedValues): Uint8Array {
  const start = startOf(input, values);
  let inside = 0;
  for (let i = 0; i < start.length; i++) {
    start[i] = Number(start[i] !== 0 && input.active[i] === 1);
    inside += start[i]!;
  }
  if (inside === 0 || inside === start.length) throw new Unsegmentable('start_full');
  return start;
}

function startOf({ size, spacing, seeds, start }: SegmentationInput, values: CheckedValues): Uint8Array {
  if (start?.some((v) => v !== 0)) return start.slice();
  const [nx, ny, nz] = size;
  const out = new Uint8Array(nx * ny * nz);
  const radius = values.number('radius');
  const centres = seeds.map((s) => [s % nx, Math.floor(s / nx) % ny, Math.floor(s / (nx * ny))] as const);
  const half = size.map((n) => (n === 1 ? 1 : 0.35 * n));
  for (let z = 0, i = 0; z < nz; z++)
    for (let y = 0; y < ny; y++)
      for (let x = 0; x < nx; x++, i++)
        out[i] = Number(
          centres.length > 0
            ? centres.some(
                ([cx, cy, cz]) =>
                  Math.hypot((x - cx) * spacing[0], (y - cy) * spacing[1], (z - cz) * spacing[2]) <= radius,
              )
            : Math.hypot(
                (x - (nx - 1) / 2) / half[0]!,
                (y - (ny - 1) / 2) / half[1]!,
                (z - (nz - 1) / 2) / half[2]!,
              ) <= 1,
        );
  return out;
}
