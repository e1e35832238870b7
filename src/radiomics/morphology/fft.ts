/** Complex numbers as two arrays. */
export interface Complex {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

/** Smallest length ≥ n with no prime factor above 5. */
export function fftLength(n: number): number {
  for (let m = Math.max(1, n); ; m++) {
    let rest = m;
    for (const p of [2, 3, 5]) while (rest % p === 0) rest /= p;
    if (rest === 1) return m;
  }
}

/**
 * Discrete Fourier transform X_k = Σ x_j e^{−2πi jk/n}, by the self-sorting method of Stockham with factors 2, 3
 * and 5: the oracle of the kernel, written for reading.
 * @throws RangeError when n has another prime factor
 */
export function fft({ re, im }: Complex): Complex {
  const n = re.length;
  let from: Complex = { re: re.slice(), im: im.slice() };
  let to: Complex = { re: new Float64Array(n), im: new Float64Array(n) };
  // Before each step the array holds transforms of length `done`, interleaved: element (k, j) at k·(n/done) + j.
  for (let done = 1; done < n;) {
    const rest = n / done;
    const p = [2, 3, 5].find((f) => rest % f === 0);
    if (p === undefined) throw new RangeError(`length ${n} has a prime factor above 5`);
    const apart = rest / p;
    for (let k = 0; k < done; k++) {
      for (let j = 0; j < apart; j++) {
        for (let r = 0; r < p; r++) {
          let sr = 0;
          let si = 0;
          for (let t = 0; t < p; t++) {
            const angle = (-2 * Math.PI * (((k + r * done) * t) % (done * p))) / (done * p);
            const [c, s] = [Math.cos(angle), Math.sin(angle)];
            const at = k * rest + j + t * apart;
            sr += from.re[at]! * c - from.im[at]! * s;
            si += from.re[at]! * s + from.im[at]! * c;
          }
          to.re[(k + r * done) * apart + j] = sr;
          to.im[(k + r * done) * apart + j] = si;
        }
      }
    }
    [from, to] = [to, from];
    done *= p;
  }
  return from;
}
