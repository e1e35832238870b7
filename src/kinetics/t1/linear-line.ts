import { spoiledEchoSignal } from '../signal/spoiled-gradient-echo.ts';
import { trueAngles, type FlipAngleProtocol } from './flip-angles.ts';
import { estimate, noEstimate, type T1Estimate } from './t1-estimate.ts';

/**
 * The spoiled gradient echo as a straight line, S/sinα = E · S/tanα + S0 (1−E), fitted with a weight for each flip
 * angle; E = exp(−TR·R1) is the slope. `no-answer` when the slope is not between 0 and 1. Errors follow from the
 * scatter about the line by propagation.
 *
 * @param weights one a flip angle, or undefined for equal weights.
 */
export function fitLine(
  signal: ArrayLike<number>,
  protocol: FlipAngleProtocol,
  b1: number,
  weights?: ArrayLike<number>,
): T1Estimate {
  const { repetitionTime, flipAngles } = protocol;
  const angles = trueAngles(protocol, b1);
  const n = angles.length;
  let [w0, wx, wy] = [0, 0, 0];
  const at = (i: number): [w: number, x: number, y: number] => [
    weights ? weights[i]! : 1,
    signal[i]! / Math.tan(angles[i]!),
    signal[i]! / Math.sin(angles[i]!),
  ];
  for (let i = 0; i < n; i++) {
    const [w, x, y] = at(i);
    w0 += w;
    wx += w * x;
    wy += w * y;
  }
  const [meanX, meanY] = [wx / w0, wy / w0];
  let [sxx, sxy] = [0, 0];
  for (let i = 0; i < n; i++) {
    const [w, x, y] = at(i);
    sxx += w * (x - meanX) ** 2;
    sxy += w * (x - meanX) * (y - meanY);
  }
  const e = sxy / sxx;
  if (!(e > 0 && e < 1)) return noEstimate('no-answer');
  const intercept = meanY - e * meanX;
  const s0 = intercept / (1 - e);
  if (!(s0 > 0)) return noEstimate('no-answer');
  const r1 = -Math.log(e) / repetitionTime;

  let [scatter, rss] = [0, 0];
  for (let i = 0; i < n; i++) {
    const [w, x, y] = at(i);
    scatter += w * (y - intercept - e * x) ** 2;
    rss += (signal[i]! - spoiledEchoSignal(s0, r1, { repetitionTime, flipAngle: flipAngles[i]! }, b1)) ** 2;
  }
  const variance = n > 2 ? scatter / (n - 2) : NaN;
  const varE = variance / sxx;
  const varIntercept = variance * (1 / w0 + meanX ** 2 / sxx);
  const covariance = -meanX * varE;
  const [byIntercept, byE] = [1 / (1 - e), intercept / (1 - e) ** 2];
  const varS0 = byIntercept ** 2 * varIntercept + byE ** 2 * varE + 2 * byIntercept * byE * covariance;
  return estimate(
    r1,
    s0,
    Math.sqrt(varE) / (e * repetitionTime),
    Math.sqrt(Math.max(0, varS0)),
    Math.sqrt(rss / n),
  );
}
