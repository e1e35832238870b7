// Dot products of one row with two or three others, 16 bytes at a time; rows are padded with zeros to an even number.

// @ts-ignore: decorator
@inline
function both(v: v128): f64 {
  return f64x2.extract_lane(v, 0) + f64x2.extract_lane(v, 1);
}

function dot1(a: usize, b: usize, bytes: usize, out: usize): void {
  let s = f64x2.splat(0);
  let t = s;
  let o: usize = 0;
  for (; o + 16 < bytes; o += 32) {
    s = f64x2.add(s, f64x2.mul(v128.load(a + o), v128.load(b + o)));
    t = f64x2.add(t, f64x2.mul(v128.load(a + o, 16), v128.load(b + o, 16)));
  }
  if (o < bytes) s = f64x2.add(s, f64x2.mul(v128.load(a + o), v128.load(b + o)));
  store<f64>(out, both(f64x2.add(s, t)));
}

function dot2(a: usize, b: usize, bytes: usize, out: usize): void {
  const c = b + bytes;
  let s = f64x2.splat(0);
  let t = s;
  let s2 = s;
  let t2 = s;
  let o: usize = 0;
  for (; o + 16 < bytes; o += 32) {
    const x = v128.load(a + o);
    const y = v128.load(a + o, 16);
    s = f64x2.add(s, f64x2.mul(x, v128.load(b + o)));
    t = f64x2.add(t, f64x2.mul(x, v128.load(c + o)));
    s2 = f64x2.add(s2, f64x2.mul(y, v128.load(b + o, 16)));
    t2 = f64x2.add(t2, f64x2.mul(y, v128.load(c + o, 16)));
  }
  if (o < bytes) {
    const x = v128.load(a + o);
    s = f64x2.add(s, f64x2.mul(x, v128.load(b + o)));
    t = f64x2.add(t, f64x2.mul(x, v128.load(c + o)));
  }
  store<f64>(out, both(f64x2.add(s, s2)));
  store<f64>(out, both(f64x2.add(t, t2)), 8);
}

function dot3(a: usize, b: usize, bytes: usize, out: usize): void {
  const c = b + bytes;
  const d = c + bytes;
  let s = f64x2.splat(0);
  let t = s;
  let u = s;
  for (let o: usize = 0; o < bytes; o += 16) {
    const x = v128.load(a + o);
    s = f64x2.add(s, f64x2.mul(x, v128.load(b + o)));
    t = f64x2.add(t, f64x2.mul(x, v128.load(c + o)));
    u = f64x2.add(u, f64x2.mul(x, v128.load(d + o)));
  }
  store<f64>(out, both(s));
  store<f64>(out, both(t), 8);
  store<f64>(out, both(u), 16);
}

/** Dot products of row `a` with `count` rows that follow one another from `b`, into `out`. */
export function dots(a: usize, b: usize, count: i32, bytes: usize, out: usize): void {
  while (count > 4 || count == 3) {
    dot3(a, b, bytes, out);
    b += 3 * bytes;
    out += 24;
    count -= 3;
  }
  while (count > 1) {
    dot2(a, b, bytes, out);
    b += 2 * bytes;
    out += 16;
    count -= 2;
  }
  if (count == 1) dot1(a, b, bytes, out);
}
