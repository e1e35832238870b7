import { describe, expect, it } from 'vitest';
import { loadKernels } from '../../../../tests/kernels.ts';
import { Random } from '../../../core/random.ts';
import { dice, imageOf, markOf } from '../input.testing.ts';
import { segment } from '../segment.ts';
import { betaForNoise } from './costs.ts';
import { gridCut, gridCutReference } from './grid-cut.ts';
import { FlowNetwork } from './max-flow.ts';
import {
  cheapestLabels,
  expandClasses,
  iterateModes,
  pottsEnergy,
  solveBinary,
  type PottsProblem,
} from './potts.ts';

const kernels = await loadKernels();

it('sends 23 through the network of Cormen, Leiserson, Rivest and Stein (figure 26.6; SPEC R21)', () => {
  const network = new FlowNetwork(6);
  const edges = [
    [0, 1, 16],
    [0, 2, 13],
    [1, 3, 12],
    [2, 1, 4],
    [2, 4, 14],
    [3, 2, 9],
    [3, 5, 20],
    [4, 3, 7],
    [4, 5, 4],
  ] as const;
  for (const [from, to, capacity] of edges) network.add(from, to, capacity);
  expect(network.maxFlow(0, 5)).toBe(23);
  // The cut that the book shows: {s, v1, v2, v4} against {v3, t}.
  expect([...network.sourceSide(0)]).toEqual([1, 1, 1, 0, 1, 0]);
});

describe('the smoothness that the noise asks for', () => {
  const classes = (contrast: number) => ({ mean: [0, 10 * contrast], deviation: [10, 10] });

  it('is c·(3.5 − c/2) over the borders of a voxel, by hand', () => {
    expect(betaForNoise(classes(2), [9, 9, 9], [1, 1, 1])).toBeCloseTo(5 / 6, 12);
    expect(betaForNoise(classes(1), [9, 9, 1], [1, 1, 1])).toBeCloseTo(3 / 4, 12);
    // Borders across slices of twice the distance weigh half: 2 + 2 + 1.
    expect(betaForNoise(classes(2), [9, 9, 9], [1, 1, 2])).toBeCloseTo(5 / 5, 12);
    // At most that of c = 3.5, and of three classes that of the two nearest.
    expect(betaForNoise(classes(40), [9, 9, 9], [1, 1, 1])).toBeCloseTo(6.125 / 6, 12);
    const three = { mean: [0, 20, 100], deviation: [10, 10, 10] };
    expect(betaForNoise(three, [9, 9, 9], [1, 1, 1])).toBeCloseTo(5 / 6, 12);
  });

  it('lets one voxel of pure noise in some thousands stand on its own', () => {
    // By the normal distribution 2.3 of 10 000 lie beyond 3.5 deviations; islands of two and more are rarer.
    const random = new Random(17);
    const size = [60, 60, 30] as const;
    for (const contrast of [1, 2]) {
      const image = imageOf(size, (x) => (x < 30 ? 0 : contrast) + random.normal());
      const scribbles = markOf(size, (x, _y, z) =>
        z !== 15 ? 0 : x > 4 && x < 20 ? 2 : x > 40 && x < 56 ? 1 : 0,
      );
      const found = segment(image, { method: 'markov-random-field', scribbles }, kernels);
      if (found.outcome !== 'done') throw new Error(found.reason);
      const wrong = found.labels.filter((l, p) => p % 60 < 25 && l === 1).length;
      expect(wrong / (25 * 60 * 30)).toBeLessThan(1e-3);
    }
  });
});

/** A random problem on a small lattice. */
function randomProblem(
  random: Random,
  size: readonly [number, number, number],
  classes: number,
): PottsProblem {
  const count = size[0] * size[1] * size[2];
  const whole = (n: number) => Math.floor(random.uniform() * n);
  const data = Int32Array.from({ length: classes * count }, () => whole(40) - 10);
  const weights = ([0, 1, 2] as const).map((axis) =>
    Int32Array.from({ length: count }, (_, p) => {
      const at = [p % size[0], Math.floor(p / size[0]) % size[1], Math.floor(p / (size[0] * size[1]))][axis]!;
      return at < size[axis] - 1 ? whole(20) : 0;
    }),
  );
  return { size, classes, data, weights: weights as unknown as PottsProblem['weights'] };
}

/** Every labelling tried. */
function bestEnergy(problem: PottsProblem): number {
  const count = problem.size[0] * problem.size[1] * problem.size[2];
  let best = Infinity;
  for (let n = 0; n < problem.classes ** count; n++) {
    const labels = new Uint8Array(count);
    for (let p = 0, rest = n; p < count; p++, rest = Math.floor(rest / problem.classes))
      labels[p] = rest % problem.classes;
    best = Math.min(best, pottsEnergy(problem, labels));
  }
  return best;
}

describe('Potts energies', () => {
  it('the cut is the optimum among all labellings of 3 × 3 and 2 × 2 × 2, by kernel and reference (SPEC R21)', () => {
    const random = new Random(11);
    for (let n = 0; n < 60; n++) {
      const problem = randomProblem(random, n % 2 ? [3, 3, 1] : [2, 2, 2], 2);
      const best = bestEnergy(problem);
      expect(solveBinary(problem, null).energy).toBe(best);
      expect(solveBinary(problem, kernels).energy).toBe(best);
    }
  });

  it('expansion never raises the energy and ends within twice the optimum; usually in it', () => {
    const random = new Random(12);
    let optimal = 0;
    for (let n = 0; n < 20; n++) {
      const problem = randomProblem(random, [3, 3, 1], 3);
      for (let i = 0; i < problem.data.length; i++) problem.data[i]! += 10; // costs from 0, as the bound asks
      const found = expandClasses(problem, 10, kernels);
      for (let i = 1; i < found.course.length; i++)
        expect(found.course[i]).toBeLessThan(found.course[i - 1]!);
      const best = bestEnergy(problem);
      expect(found.energy).toBeLessThanOrEqual(2 * best);
      expect(found.energy).toBe(pottsEnergy(problem, found.labels));
      expect(expandClasses(problem, 10, null).energy).toBe(found.energy);
      optimal += Number(found.energy === best);
    }
    expect(optimal).toBeGreaterThan(15);
  });

  it('expansion of two classes is the cut', () => {
    const random = new Random(13);
    for (let n = 0; n < 20; n++) {
      const problem = randomProblem(random, [5, 4, 3], 2);
      expect(expandClasses(problem, 20, kernels).energy).toBe(solveBinary(problem, kernels).energy);
    }
  });

  it('iterated modes never raise the energy and remove lone flips of a two-class square (SPEC R21)', () => {
    const size = [12, 12, 1] as const;
    const square = (x: number, y: number) => Number(x > 3 && x < 9 && y > 3 && y < 9);
    const flips = new Set(['1,1', '6,6', '10,4', '7,8']);
    const seen = imageOf(size, (x, y) => (flips.has(`${x},${y}`) ? 1 - square(x, y) : square(x, y))).data;
    const data = new Int32Array(2 * 144);
    for (let p = 0; p < 144; p++) data[(1 - seen[p]!) * 144 + p] = 100;
    const one = (axis: 0 | 1) =>
      Int32Array.from({ length: 144 }, (_, p) => ((axis ? Math.floor(p / 12) : p % 12) < 11 ? 60 : 0));
    const problem: PottsProblem = { size, classes: 2, data, weights: [one(0), one(1), new Int32Array(144)] };
    const found = iterateModes(problem, 50);
    for (let i = 1; i < found.course.length; i++)
      expect(found.course[i]).toBeLessThanOrEqual(found.course[i - 1]!);
    expect(found.labels).toEqual(markOf(size, square));
    expect(pottsEnergy(problem, cheapestLabels(problem))).toBeGreaterThan(found.energy);
  });
});

it('the kernel leaves the same voxels to the source as the reference, on lattices with one-way edges', () => {
  const random = new Random(14);
  for (let n = 0; n < 30; n++) {
    const size = [1 + (n % 7), 1 + (n % 5), 1 + (n % 4)] as const;
    const count = size[0] * size[1] * size[2];
    const whole = (m: number) => Math.floor(random.uniform() * m);
    const edges = new Int32Array(6 * count);
    for (let p = 0; p < count; p++) {
      const at = [p % size[0], Math.floor(p / size[0]) % size[1], Math.floor(p / (size[0] * size[1]))];
      for (let d = 0; d < 6; d++) {
        const to = at[d >> 1]! + (d & 1 ? -1 : 1);
        if (to >= 0 && to < size[(d >> 1) as 0 | 1 | 2]) edges[6 * p + d] = whole(3) === 0 ? 0 : whole(9);
      }
    }
    const terminal = Int32Array.from({ length: count }, () => whole(41) - 20);
    const expected = gridCutReference({ size, terminal, edges });
    expect(gridCut({ size, terminal, edges }, kernels)).toEqual(expected);
  }
});

describe('as a method', () => {
  const size = [24, 24, 8] as const;
  const inside = (x: number, y: number, z: number) =>
    Number((x - 12) ** 2 + (y - 12) ** 2 + 4 * (z - 4) ** 2 < 50);
  const random = new Random(15);
  const image = imageOf(size, (x, y, z) => 100 * inside(x, y, z) + 40 * random.normal());
  const scribbles = markOf(size, (x, y, z) =>
    z !== 4 ? 0 : y > 10 && y < 14 && x > 8 && x < 16 ? 1 : y === 2 ? 2 : 0,
  );

  it.each(['potts', 'contrast'])('finds a lesion in strong noise from two strokes (%s)', (edges) => {
    const found = segment(
      image,
      { method: 'markov-random-field', scribbles, parameters: { edges } },
      kernels,
    );
    if (found.outcome !== 'done') throw new Error(found.reason);
    expect(found.proposed).toBe(1);
    expect(
      dice(
        found.labels.map((l) => Number(l === 1)),
        markOf(size, inside),
      ),
    ).toBeGreaterThan(edges === 'potts' ? 0.85 : 0.6);
    for (let i = 0; i < scribbles.length; i++)
      if (scribbles[i]! > 0) expect(found.labels[i]).toBe(scribbles[i]);
  });

  it('parts three tissues without strokes, the same by kernel and reference', () => {
    const three = imageOf([18, 10, 4], (x) => 100 * Math.floor(x / 6) + 20 * random.normal());
    const request = { method: 'markov-random-field', parameters: { classes: 3 } } as const;
    const found = segment(three, request, kernels);
    expect(found).toEqual(segment(three, request, null));
    if (found.outcome !== 'done') throw new Error(found.reason);
    expect(found.labels).toEqual(markOf([18, 10, 4], (x) => 1 + Math.floor(x / 6)));
  });

  it('says what is wrong with the strokes', () => {
    const one = scribbles.map((v) => Number(v === 1));
    expect(segment(image, { method: 'markov-random-field', scribbles: one })).toMatchObject({
      reason: 'one_class',
    });
    const gap = scribbles.map((v) => (v === 2 ? 3 : v));
    expect(segment(image, { method: 'markov-random-field', scribbles: gap })).toMatchObject({
      reason: 'few_marks',
      facts: { class: 2 },
    });
  });
});
