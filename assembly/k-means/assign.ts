// Twin of assignPlain in src/regions/segment/lloyd.ts: the same order of sums, points held as float32.

// @ts-ignore: decorator
@inline
function squared(point: usize, centre: usize, width: usize): f64 {
  let d: f64 = 0;
  for (let f: usize = 0; f < width; f++) {
    const e = <f64>load<f32>(point + (f << 2)) - load<f64>(centre + (f << 3));
    d += e * e;
  }
  return d;
}

/**
 * Nearest centre of each point. `points`: f32 [count][width]; `centres`: f64 [classes][width]; `labels`: u8, read for
 * what changed, then written; `sums` f64 [classes][width], `sizes` f64 [classes], `squares` one f64: overwritten.
 * Returns how many points changed their class.
 */
export function lloyd_assign(
  points: usize,
  count: i32,
  width: i32,
  centres: usize,
  classes: i32,
  labels: usize,
  sums: usize,
  sizes: usize,
  squares: usize,
): i32 {
  const w = <usize>width;
  const k = <usize>classes;
  memory.fill(sums, 0, (k * w) << 3);
  memory.fill(sizes, 0, k << 3);
  let total: f64 = 0;
  let moved: i32 = 0;
  let p = points;
  for (let r: usize = 0; r < <usize>count; r++) {
    let nearest: f64 = Infinity;
    let label: usize = 0;
    let centre = centres;
    for (let c: usize = 0; c < k; c++) {
      const d = squared(p, centre, w);
      centre += w << 3;
      if (d < nearest) {
        nearest = d;
        label = c;
      }
    }
    if (<usize>load<u8>(labels + r) != label) moved++;
    store<u8>(labels + r, <u8>label);
    total += nearest;
    const size = sizes + (label << 3);
    store<f64>(size, load<f64>(size) + 1);
    let sum = sums + ((label * w) << 3);
    for (let f: usize = 0; f < w; f++) {
      store<f64>(sum, load<f64>(sum) + <f64>load<f32>(p + (f << 2)));
      sum += 8;
    }
    p += w << 2;
  }
  store<f64>(squares, total);
  return moved;
}
