import type { SegmentationFact, Values } from './method.ts';

/**
 * Classes put in the order of their mean intensity, from 1, and spread over the box.
 * @param labels class of each listed voxel, from 0
 */
export function labelsByMean(
  labels: Uint8Array,
  voxels: Uint32Array,
  values: Values,
  classes: number,
): { readonly labels: Uint8Array; readonly order: readonly number[] } {
  const sums = new Float64Array(classes);
  const sizes = new Float64Array(classes);
  for (let r = 0; r < voxels.length; r++) {
    sums[labels[r]!]! += values[voxels[r]!]!;
    sizes[labels[r]!]!++;
  }
  const mean = Array.from(sums, (s, c) => (sizes[c]! > 0 ? s / sizes[c]! : Infinity));
  const order = mean.map((_, c) => c).sort((a, b) => mean[a]! - mean[b]! || a - b);
  const place = new Uint8Array(classes);
  order.forEach((c, n) => (place[c] = n + 1));
  const out = new Uint8Array(values.length);
  for (let r = 0; r < voxels.length; r++) out[voxels[r]!] = place[labels[r]!]!;
  return { labels: out, order };
}

/** Number of voxels of each class and their mean. */
export function classFacts(labels: Uint8Array, values: Values, classes: number): SegmentationFact[] {
  const sums = new Float64Array(classes + 1);
  const sizes = new Float64Array(classes + 1);
  for (let i = 0; i < labels.length; i++) {
    sizes[labels[i]!]!++;
    if (labels[i]! > 0) sums[labels[i]!]! += values[i]!;
  }
  return Array.from({ length: classes }, (_, n) => n + 1).flatMap((c) => [
    {
      id: `voxels-${c}`,
      label:
        classes === 1
          ? { en: 'Voxels', ru: 'Вокселей', zh: '体素数' }
          : { en: `Voxels of class ${c}`, ru: `Вокселей в классе ${c}`, zh: `类别 ${c} 体素数` },
      value: sizes[c]!,
      unit: '',
    },
    ...(sizes[c]! > 0
      ? [
          {
            id: `mean-${c}`,
            label:
              classes === 1
                ? { en: 'Mean', ru: 'Среднее', zh: '均值' }
                : { en: `Mean of class ${c}`, ru: `Среднее класса ${c}`, zh: `类别 ${c} 均值` },
            value: sums[c]! / sizes[c]!,
            unit: 'intensity',
          },
        ]
      : []),
  ]);
}
