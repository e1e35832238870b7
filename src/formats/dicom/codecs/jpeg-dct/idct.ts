/** Order of the 64 coefficients in the stream (T.81 Figure A.6). */
export const ZIGZAG = Uint8Array.from(
  Array.from({ length: 64 }, (_, i) => i)
    .map((i) => ({ i, x: i % 8, y: i >> 3 }))
    .sort((a, b) => {
      const d = a.x + a.y - (b.x + b.y);
      if (d !== 0) return d;
      return (a.x + a.y) % 2 === 0 ? a.x - b.x : a.y - b.y;
    })
    .map(({ i }) => i),
);

const COS = new Float64Array(64);
for (let x = 0; x < 8; x++) {
  for (let u = 0; u < 8; u++)
    COS[x * 8 + u] = (u === 0 ? Math.SQRT1_2 : 1) * 0.5 * Math.cos(((2 * x + 1) * u * Math.PI) / 16);
}

const rows = new Float64Array(64);

/**
 * Inverse discrete cosine transform of one block (T.81 A.3.3) in float64, dequantised on the way:
 * `out = Σᵤᵥ C(u)C(v)/4 · F·q · cos cos`, row by row and then column by column.
 */
export function inverseDct(
  coefficients: Int32Array,
  at: number,
  quantisation: Uint16Array,
  out: Float64Array,
): void {
  let onlyDc = true;
  for (let k = 1; k < 64; k++) {
    if (coefficients[at + k] !== 0) {
      onlyDc = false;
      break;
    }
  }
  if (onlyDc) {
    out.fill((coefficients[at] * quantisation[0]) / 8);
    return;
  }
  for (let v = 0; v < 8; v++) {
    for (let x = 0; x < 8; x++) {
      let sum = 0;
      for (let u = 0; u < 8; u++)
        sum += COS[x * 8 + u] * coefficients[at + v * 8 + u] * quantisation[v * 8 + u];
      rows[v * 8 + x] = sum;
    }
  }
  for (let x = 0; x < 8; x++) {
    for (let y = 0; y < 8; y++) {
      let sum = 0;
      for (let v = 0; v < 8; v++) sum += COS[y * 8 + v] * rows[v * 8 + x];
      out[y * 8 + x] = sum;
    }
  }
}
