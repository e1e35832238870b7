import { greatest, type Train } from './classifier.ts';

const NEIGHBOURS = 7;

/**
 * The class that most of the 7 nearest marks have; the lowest of equals. Marks lie in a tree halved along its widest
 * axis, so that only marks near the point are looked at. Source: Cover T, Hart P. IEEE Trans Inf Theory 1967;13:21.
 */
export const trainNearestNeighbours: Train = ({ data, width, count, classes, classCount }) => {
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  const axes = new Uint8Array(count);
  const halve = (from: number, to: number): void => {
    if (to - from < 2) return;
    axes[(from + to) >> 1] = widest(order, from, to);
    const axis = axes[(from + to) >> 1]!;
    order.subarray(from, to).sort((a, b) => data[a * width + axis]! - data[b * width + axis]! || a - b);
    halve(from, (from + to) >> 1);
    halve(((from + to) >> 1) + 1, to);
  };
  const widest = (rows: Uint32Array, from: number, to: number): number => {
    let best = 0;
    let most = -1;
    for (let f = 0; f < width; f++) {
      let low = Infinity;
      let high = -Infinity;
      for (let i = from; i < to; i++) {
        const v = data[rows[i]! * width + f]!;
        low = Math.min(low, v);
        high = Math.max(high, v);
      }
      if (high - low > most) {
        most = high - low;
        best = f;
      }
    }
    return best;
  };
  halve(0, count);

  const k = Math.min(NEIGHBOURS, count);
  const far = new Float64Array(k);
  const who = new Uint32Array(k);
  const votes = new Float64Array(classCount);
  const search = (points: ArrayLike<number>, at: number, from: number, to: number): void => {
    if (from >= to) return;
    const middle = (from + to) >> 1;
    const row = order[middle]!;
    let d = 0;
    for (let f = 0; f < width; f++) d += (points[at + f]! - data[row * width + f]!) ** 2;
    if (d < far[k - 1]!) {
      let i = k - 1;
      for (; i > 0 && far[i - 1]! > d; i--) {
        far[i] = far[i - 1]!;
        who[i] = who[i - 1]!;
      }
      far[i] = d;
      who[i] = row;
    }
    const beyond = points[at + axes[middle]!]! - data[row * width + axes[middle]!]!;
    const [near, other] =
      beyond < 0
        ? [
            [from, middle],
            [middle + 1, to],
          ]
        : [
            [middle + 1, to],
            [from, middle],
          ];
    search(points, at, near![0]!, near![1]!);
    if (beyond * beyond < far[k - 1]!) search(points, at, other![0]!, other![1]!);
  };
  return (points, at) => {
    far.fill(Infinity);
    search(points, at, 0, count);
    votes.fill(0);
    for (let i = 0; i < k; i++) votes[classes[who[i]!]!]!++;
    return greatest(votes);
  };
};
