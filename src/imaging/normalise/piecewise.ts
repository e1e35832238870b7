/**
 * A map that is linear between landmarks and goes on with the slope of its end pieces beyond them. Landmarks that share
 * a place keep the last of them; with a single place left the map is a shift.
 * From 0, 10, 20 to 0, 20, 30: 5 → 10, 15 → 25, 30 → 40, −5 → −10.
 * @param from places in rising order
 * @param to what becomes of them, in rising order
 */
export function piecewise(from: readonly number[], to: readonly number[]): (value: number) => number {
  const x: number[] = [];
  const y: number[] = [];
  from.forEach((v, n) => {
    if (x.length > 0 && v <= x.at(-1)!) y[y.length - 1] = to[n]!;
    else {
      x.push(v);
      y.push(to[n]!);
    }
  });
  const last = x.length - 1;
  if (last === 0) return (v) => v - x[0]! + y[0]!;
  return (v) => {
    let piece = 0;
    while (piece < last - 1 && v > x[piece + 1]!) piece++;
    const slope = (y[piece + 1]! - y[piece]!) / (x[piece + 1]! - x[piece]!);
    return y[piece]! + slope * (v - x[piece]!);
  };
}

/** Root of the mean square of what parts two lists. */
export const rootMeanSquare = (a: readonly number[], b: readonly number[]): number =>
  Math.sqrt(a.reduce((sum, v, n) => sum + (v - b[n]!) ** 2, 0) / a.length);
