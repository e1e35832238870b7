import type { Finding, Severity } from '../../core/finding.ts';
import type { Facts } from '../../core/localised.ts';
import { RefusedInput } from '../../core/refusal.ts';
import { plasmaFromBlood } from '../signal/haematocrit.ts';
import { bolusShape, type BolusShape } from './bolus-shape.ts';
import { CHECK_TEXTS, type InputCheck } from './plausibility-texts.ts';

export interface JudgedInput {
  /** s, rising */
  readonly times: ArrayLike<number>;
  /** mM; NaN where a frame has no answer */
  readonly concentration: ArrayLike<number>;
  readonly compartment: 'blood' | 'plasma';
  readonly haematocrit: number;
  /** Tissue concentration at the same frames, mM. */
  readonly tissue?: ArrayLike<number>;
  /** mmol/kg, 0.1 when it is not known. */
  readonly dose?: number;
}

/** A finding about one property of the arterial input; `id` is the rule, `check` tells the properties apart. */
export interface InputVerdict extends Finding {
  readonly check: InputCheck;
}

/** Limits of SPEC §2: M-12, and M-06 for the frames before contrast. */
const BASELINE = { enough: 5, fewest: 3 };
const PEAK = [1, 10] as const; // mM in plasma
const OVER_TISSUE = 3;
const FRAMES_IN_WIDTH = 2;
const TAIL = [0.3, 1.5] as const; // mM in plasma at 0.1 mmol/kg, 5 min after arrival
const TAIL_AT = 300; // s
const PLATEAU = { share: 0.01, frames: 3 };

/**
 * Judges an arterial input by what blood does (SPEC M-06, M-12): frames before the bolus, height of the peak and over the
 * tissue, frames in the first pass, gaps, a cut-off top, the tail and the arrival. What cannot be judged is `na`, never a
 * pass. One verdict a check, in the order of `INPUT_CHECKS`.
 *
 * @param subject UID of the series or name of the region the input comes from.
 * @throws RefusedInput `inconsistent_attributes` for lengths that differ or times that do not rise; `settings_invalid`
 * for the haematocrit or the dose.
 */
export function judgeInput(input: JudgedInput, subject: string): InputVerdict[] {
  checkInput(input);
  const { times, concentration, compartment, haematocrit, tissue, dose = 0.1 } = input;
  const plasma =
    compartment === 'blood' ? plasmaFromBlood(concentration, haematocrit) : Float64Array.from(concentration);
  const whole = finiteFrames(plasma, times);
  const gaps = plasma.length - whole.values.length;
  const shape = whole.values.length >= 3 ? bolusShape(whole.values, whole.times) : null;
  const bolus = shape && shape.height > 0 ? shape : null;
  const tissueFrames = tissue && finiteFrames(tissue, times);
  const other =
    tissueFrames && tissueFrames.values.length >= 3
      ? bolusShape(tissueFrames.values, tissueFrames.times)
      : null;
  const tissueBolus = other && other.height > 0 ? other : null;

  /** Of whole blood, as the image shows both. */
  const overTissue = (blood: BolusShape, of: BolusShape) => (blood.height * (1 - haematocrit)) / of.height;
  const say = (check: InputCheck, severity: Severity, facts: Facts = {}): InputVerdict => {
    const { pass, doubt, remedy, na } = CHECK_TEXTS[check];
    return {
      id: check === 'baseline' ? 'M-06' : 'M-12',
      check,
      severity,
      subject,
      text: severity === 'pass' ? pass : severity === 'na' ? na : doubt,
      ...(severity === 'warn' || severity === 'fail' ? { remedy } : {}),
      facts,
    };
  };
  const gapVerdict = say('gaps', gaps === 0 ? 'pass' : 'warn', { frames: gaps });
  if (!bolus)
    return [
      say('baseline', 'na'),
      say('peak', 'na'),
      say('contrast', 'na'),
      say('sampling', 'na'),
      gapVerdict,
      say('plateau', 'na'),
      say('tail', 'na'),
      say('arrival', 'na'),
    ];
  return [
    say('baseline', baselineSeverity(bolus.baselineFrames), {
      frames: bolus.baselineFrames,
      expected: BASELINE.enough,
    }),
    say('peak', within(bolus.height, PEAK), { value: rounded(bolus.height), low: PEAK[0], high: PEAK[1] }),
    tissueBolus
      ? say('contrast', overTissue(bolus, tissueBolus) >= OVER_TISSUE ? 'pass' : 'warn', {
          value: rounded(overTissue(bolus, tissueBolus)),
          expected: OVER_TISSUE,
        })
      : say('contrast', 'na'),
    samplingVerdict(bolus, whole.times, say),
    gapVerdict,
    plateauVerdict(bolus, whole.values, say),
    tailVerdict(bolus, whole, dose, say),
    tissueBolus
      ? say(
          'arrival',
          bolus.arrival <= tissueBolus.arrival + stepAt(whole.times, bolus.peakFrame) ? 'pass' : 'warn',
          {
            value: rounded(bolus.arrival),
            tissue: rounded(tissueBolus.arrival),
          },
        )
      : say('arrival', 'na'),
  ];
}

type Say = (check: InputCheck, severity: Severity, facts?: Facts) => InputVerdict;

function samplingVerdict({ width, peakFrame }: BolusShape, times: Float64Array, say: Say): InputVerdict {
  if (width === Infinity) return say('sampling', 'na');
  const frames = width / stepAt(times, peakFrame);
  return say('sampling', frames >= FRAMES_IN_WIDTH ? 'pass' : 'warn', {
    value: rounded(frames),
    expected: FRAMES_IN_WIDTH,
  });
}

/** Frames in a row around the peak that differ from it by less than a hundredth of its height. */
function plateauVerdict({ height, peakFrame }: BolusShape, values: Float64Array, say: Say): InputVerdict {
  const isTop = (f: number) => values[peakFrame]! - values[f]! <= PLATEAU.share * height;
  let [from, to] = [peakFrame, peakFrame];
  while (from > 0 && isTop(from - 1)) from--;
  while (to < values.length - 1 && isTop(to + 1)) to++;
  const frames = to - from + 1;
  return say('plateau', frames < PLATEAU.frames ? 'pass' : 'warn', { frames });
}

function tailVerdict(
  { arrival, baseline, height }: BolusShape,
  { values, times }: { values: Float64Array; times: Float64Array },
  dose: number,
  say: Say,
): InputVerdict {
  const at = arrival + TAIL_AT;
  const next = times.findIndex((t) => t >= at);
  if (next < 1) return say('tail', 'na');
  const share = (at - times[next - 1]!) / (times[next]! - times[next - 1]!);
  const tail = values[next - 1]! + share * (values[next]! - values[next - 1]!) - baseline;
  const limits = [(TAIL[0] * dose) / 0.1, (TAIL[1] * dose) / 0.1] as const;
  return say('tail', within(tail, limits), {
    value: rounded(tail),
    low: rounded(limits[0]),
    high: rounded(limits[1]),
    ratio: tail > 0 ? rounded(height / tail) : '—',
  });
}

const baselineSeverity = (frames: number): Severity =>
  frames >= BASELINE.enough ? 'pass' : frames >= BASELINE.fewest ? 'warn' : 'fail';

const within = (value: number, [low, high]: readonly [number, number]): Severity =>
  value >= low && value <= high ? 'pass' : 'warn';

/** Three figures, as they are shown. */
const rounded = (value: number): number => Number(value.toPrecision(3));

/** Time between the frames at the peak, s: the longer of the two steps beside it. */
function stepAt(times: Float64Array, peak: number): number {
  const before = peak > 0 ? times[peak]! - times[peak - 1]! : 0;
  const after = peak < times.length - 1 ? times[peak + 1]! - times[peak]! : 0;
  return Math.max(before, after);
}

function finiteFrames(
  values: ArrayLike<number>,
  times: ArrayLike<number>,
): { values: Float64Array; times: Float64Array } {
  const frames = Array.from({ length: values.length }, (_, f) => f).filter((f) => Number.isFinite(values[f]));
  return {
    values: Float64Array.from(frames, (f) => values[f]!),
    times: Float64Array.from(frames, (f) => times[f]!),
  };
}

function checkInput({ times, concentration, tissue, dose, haematocrit }: JudgedInput): void {
  if (!(haematocrit >= 0 && haematocrit <= 0.8))
    throw new RefusedInput('settings_invalid', {
      key: 'haematocrit',
      expected: '0 … 0.8',
      received: haematocrit,
    });
  for (const [what, list] of [
    ['concentration', concentration],
    ['tissue', tissue ?? concentration],
  ] as const)
    if (list.length !== times.length)
      throw new RefusedInput('inconsistent_attributes', {
        what,
        expected: times.length,
        received: list.length,
      });
  for (let f = 1; f < times.length; f++)
    if (!(times[f]! > times[f - 1]!))
      throw new RefusedInput('inconsistent_attributes', {
        what: `times ${f + 1}`,
        expected: `> ${times[f - 1]} s`,
        received: times[f]!,
      });
  if (dose !== undefined && !(dose > 0 && dose < Infinity))
    throw new RefusedInput('settings_invalid', { key: 'dose', expected: '> 0 mmol/kg', received: dose });
}
