import { Random } from '../../../core/random.ts';
import { randomIndex, shuffled } from '../random-index.ts';

/** A perceptron with one hidden layer: y = softmax(V·tanh(W·x + b) + c). All weights in one array. */
export interface Network {
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
  /** W and b row by row (inputs + 1 a hidden unit), then V and c (hidden + 1 an output). */
  readonly weights: Float64Array;
}

/** Weights drawn from N(0, 1/inputs of the unit), biases 0. */
export function newNetwork(inputs: number, hidden: number, outputs: number, seed: number): Network {
  const random = new Random(seed);
  const weights = new Float64Array(hidden * (inputs + 1) + outputs * (hidden + 1));
  const draw = (from: number, units: number, fan: number) => {
    for (let u = 0; u < units; u++)
      for (let i = 0; i < fan; i++) weights[from + u * (fan + 1) + i] = random.normal() / Math.sqrt(fan);
  };
  draw(0, hidden, inputs);
  draw(hidden * (inputs + 1), outputs, hidden);
  return { inputs, hidden, outputs, weights };
}

/** Fills the hidden values and the probabilities of one input. */
export function forward(net: Network, x: Float64Array, h: Float64Array, p: Float64Array): void {
  const { inputs, hidden, outputs, weights } = net;
  let w = 0;
  for (let u = 0; u < hidden; u++) {
    let s = weights[w + inputs]!;
    for (let i = 0; i < inputs; i++) s += weights[w + i]! * x[i]!;
    h[u] = Math.tanh(s);
    w += inputs + 1;
  }
  let most = -Infinity;
  for (let o = 0; o < outputs; o++) {
    let s = weights[w + hidden]!;
    for (let u = 0; u < hidden; u++) s += weights[w + u]! * h[u]!;
    p[o] = s;
    most = Math.max(most, s);
    w += hidden + 1;
  }
  let sum = 0;
  for (let o = 0; o < outputs; o++) sum += p[o] = Math.exp(p[o]! - most);
  for (let o = 0; o < outputs; o++) p[o]! /= sum;
}

/**
 * Adds the gradient of −ln p(class) at one input to `gradient`; returns the loss.
 * Source: Rumelhart DE, Hinton GE, Williams RJ. Nature 1986;323:533.
 */
export function backward(
  net: Network,
  x: Float64Array,
  target: number,
  h: Float64Array,
  p: Float64Array,
  gradient: Float64Array,
): number {
  const { inputs, hidden, outputs, weights } = net;
  forward(net, x, h, p);
  const second = hidden * (inputs + 1);
  const back = new Float64Array(hidden);
  for (let o = 0; o < outputs; o++) {
    const e = p[o]! - Number(o === target);
    const row = second + o * (hidden + 1);
    for (let u = 0; u < hidden; u++) {
      gradient[row + u]! += e * h[u]!;
      back[u]! += e * weights[row + u]!;
    }
    gradient[row + hidden]! += e;
  }
  for (let u = 0; u < hidden; u++) {
    const e = back[u]! * (1 - h[u]! * h[u]!);
    const row = u * (inputs + 1);
    for (let i = 0; i < inputs; i++) gradient[row + i]! += e * x[i]!;
    gradient[row + inputs]! += e;
  }
  return -Math.log(Math.max(p[target]!, 1e-300));
}

export interface Lesson {
  readonly inputs: readonly Float64Array[];
  readonly classes: ArrayLike<number>;
}

const BATCH = 32;

/**
 * Trains in place by Adam on batches of 32 in seeded order; returns the mean loss of each epoch.
 * Source: Kingma DP, Ba J. ICLR 2015, algorithm 1.
 */
export function trainNetwork(
  net: Network,
  { inputs, classes }: Lesson,
  {
    epochs,
    rate,
    seed,
    after,
  }: { epochs: number; rate: number; seed: number; after?: (epoch: number) => void },
): number[] {
  const random = new Random(seed);
  const { weights } = net;
  const first = new Float64Array(weights.length);
  const second = new Float64Array(weights.length);
  const h = new Float64Array(net.hidden);
  const p = new Float64Array(net.outputs);
  const course: number[] = [];
  let step = 0;
  for (let epoch = 0; epoch < epochs; epoch++) {
    after?.(epoch);
    const order = shuffled(random, inputs.length);
    let total = 0;
    for (let from = 0; from < order.length; from += BATCH) {
      const batch = order.subarray(from, from + BATCH);
      const gradient = new Float64Array(weights.length);
      for (const r of batch) total += backward(net, inputs[r]!, classes[r]!, h, p, gradient);
      step++;
      const [c1, c2] = [1 - 0.9 ** step, 1 - 0.999 ** step];
      for (let i = 0; i < weights.length; i++) {
        const g = gradient[i]! / batch.length;
        first[i] = 0.9 * first[i]! + 0.1 * g;
        second[i] = 0.999 * second[i]! + 0.001 * g * g;
        weights[i]! -= (rate * (first[i]! / c1)) / (Math.sqrt(second[i]! / c2) + 1e-8);
      }
    }
    course.push(total / inputs.length);
  }
  return course;
}

/** As many rows of the smallest class as of the largest, drawn with replacement. */
export function balanced(
  rows: readonly number[],
  classOf: ArrayLike<number>,
  count: number,
  seed: number,
): number[] {
  const random = new Random(seed);
  const by = Array.from({ length: count }, (_, c) => rows.filter((r) => classOf[r] === c));
  const most = Math.max(...by.map((b) => b.length));
  return by.flatMap((b) =>
    b.length === 0
      ? []
      : [...b, ...Array.from({ length: most - b.length }, () => b[randomIndex(random, b.length)]!)],
  );
}
