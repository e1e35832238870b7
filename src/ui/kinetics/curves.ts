import type { InspectedFit, KineticResult } from '../../engine/kinetics/request.ts';
import type { Curve } from '../charts/curves.ts';
import type { Answer } from './inspector.svelte.ts';

interface Shown {
  readonly result: KineticResult;
  readonly answer: Answer;
  readonly hand: InspectedFit | null;
  readonly mean?: Float64Array;
  /** Factor that the input is drawn with; absent: not drawn. */
  readonly inputScale?: number;
  readonly nameOf: (model: string) => string;
  readonly texts: Readonly<Record<'measured' | 'mean' | 'hand' | 'input', string>>;
}

/** Colours of the models that are compared, in their order; the fitted one has its own. */
const MODEL_COLOURS = ['--curve-a', '--curve-b', '--curve-c', '--curve-d', '--curve-e', '--curve-f'] as const;

/** What the inspector draws: the measured curve in dots, the fit over it, and what else was asked for. */
export function chartCurves({ result, answer, hand, mean, inputScale, nameOf, texts }: Shown): Curve[] {
  const x = result.seconds;
  const { input } = result;
  const curves: Curve[] = [];
  if (inputScale !== undefined)
    curves.push({
      id: 'input',
      label: texts.input,
      colour: '--curve-input',
      kind: 'line',
      x: input.seconds,
      y: input.plasma.map((v) => v * inputScale),
    });
  if (mean)
    curves.push({ id: 'mean', label: texts.mean, colour: '--curve-mean', kind: 'dashed', x, y: mean });
  curves.push({
    id: 'measured',
    label: texts.measured,
    colour: '--curve-measured',
    kind: 'dots',
    x,
    y: answer.curve,
  });
  answer.fits.forEach(({ model, fitted }, at) => {
    const own = model === result.model;
    const colour = own ? '--curve-fit' : MODEL_COLOURS[at % MODEL_COLOURS.length]!;
    curves.push({ id: model, label: nameOf(model), colour, kind: 'line', x, y: fitted });
  });
  if (hand)
    curves.push({
      id: 'hand',
      label: texts.hand,
      colour: '--curve-hand',
      kind: 'dashed',
      x,
      y: hand.fitted,
    });
  return curves;
}
