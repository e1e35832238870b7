import type { Affine, Vec3 } from '../../core/geometry.ts';

/** Letters of the patient axes (LPS), at their positive and negative ends. */
const ENDS = [
  ['L', 'R'],
  ['P', 'A'],
  ['S', 'I'],
] as const;

/** The patient axis that a step runs along most, and which way. */
function main(step: Vec3): { readonly axis: 0 | 1 | 2; readonly positive: boolean } {
  const sizes = step.map(Math.abs);
  const axis = sizes.indexOf(Math.max(...sizes)) as 0 | 1 | 2;
  return { axis, positive: step[axis] >= 0 };
}

/**
 * Whether columns and rows are turned round, so that a picture hangs as radiologists read it: the patient's left and
 * back to the right, the back to the bottom, the head on top.
 */
export function flipsOf({ matrix }: Affine): readonly [boolean, boolean] {
  const [across, down] = [main(matrix[0]), main(matrix[1])];
  return [!across.positive, down.axis === 2 ? down.positive : !down.positive];
}

/** Letters of the left, right, upper and lower edge of the picture as it hangs. */
export function edgeLetters(affine: Affine): [string, string, string, string] {
  const [flipX, flipY] = flipsOf(affine);
  const ends = (step: Vec3, flip: boolean): [string, string] => {
    const { axis, positive } = main(step);
    const [plus, minus] = ENDS[axis];
    return positive !== flip ? [minus, plus] : [plus, minus];
  };
  return [...ends(affine.matrix[0], flipX), ...ends(affine.matrix[1], flipY)];
}
