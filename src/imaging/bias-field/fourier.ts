/**
 * Discrete Fourier transform in place, X_k = Σ x_n·exp(∓2πi·kn/N), radix 2; the inverse is divided by N.
 * @param re @param im real and imaginary parts; a power of two long
 */
export function transform(re: Float64Array, im: Float64Array, inverse: boolean): void {
  const n = re.length;
  for (let i = 1, j = 0; i < n; i++) {
    let bit = n >> 1;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      [re[i], re[j]] = [re[j]!, re[i]!];
      [im[i], im[j]] = [im[j]!, im[i]!];
    }
  }
  for (let span = 2; span <= n; span <<= 1) {
    const angle = ((inverse ? 2 : -2) * Math.PI) / span;
    for (let k = 0; k < span / 2; k++) {
      const c = Math.cos(angle * k);
      const s = Math.sin(angle * k);
      for (let from = k; from < n; from += span) {
        const to = from + span / 2;
        const x = re[to]! * c - im[to]! * s;
        const y = re[to]! * s + im[to]! * c;
        re[to] = re[from]! - x;
        im[to] = im[from]! - y;
        re[from]! += x;
        im[from]! += y;
      }
    }
  }
  if (inverse) {
    for (let i = 0; i < n; i++) {
      re[i]! /= n;
      im[i]! /= n;
    }
  }
}
