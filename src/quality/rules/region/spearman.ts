/** Spearman's rank correlation, ties by their mean rank; NaN when one side is constant or holds no number. */
export function spearman(a: Float64Array, b: Float64Array): number {
  const [p, q] = [ranks(a), ranks(b)];
  const middle = (a.length + 1) / 2;
  let [both, first, second] = [0, 0, 0];
  for (let i = 0; i < p.length; i++) {
    const [x, y] = [p[i]! - middle, q[i]! - middle];
    both += x * y;
    first += x * x;
    second += y * y;
  }
  return both / Math.sqrt(first * second);
}

function ranks(values: Float64Array): Float64Array {
  const out = new Float64Array(values.length);
  if (values.some(Number.isNaN)) return out.fill(NaN);
  const order = Array.from(values.keys()).sort((i, j) => values[i]! - values[j]!);
  for (let from = 0; from < order.length;) {
    let to = from;
    while (to + 1 < order.length && values[order[to + 1]!] === values[order[from]!]) to++;
    for (let n = from; n <= to; n++) out[order[n]!] = (from + to) / 2 + 1;
    from = to + 1;
  }
  return out;
}
