import { CurveFitter } from '../../kinetics/fit/fit-curve.ts';
import { residualBootstrap } from '../../kinetics/fit/residual-bootstrap.ts';
import { InputResponse } from '../../kinetics/input/input-response.ts';
import { modelOf } from '../../kinetics/models/registry.ts';
import type { CurveQuestion, InspectedFit } from '../kinetics/request.ts';
import { loadKernels } from '../wasm/kernels.ts';
import type { Job } from './job.ts';

/** Fits the models asked for to one curve, or evaluates one by hand-set parameters. */
export const inspectCurveJob: Job<CurveQuestion, readonly InspectedFit[]> = {
  async run({ seconds, input, curve, delay, models, byHand, bootstrap: draws }) {
    const kernels = draws ? await loadKernels() : null;
    const minutes = (s: Float64Array) => s.map((v) => v / 60);
    const response = new InputResponse(
      { minutes: minutes(input.seconds), concentration: input.plasma },
      minutes(seconds),
    );
    const value = models.map((id): InspectedFit => {
      const fitter = new CurveFitter(modelOf(id), response, { delay });
      if (byHand) return { model: id, fit: fitter.judge(curve, byHand), fitted: fitter.curve(byHand) };
      const fit = fitter.fitOne(curve);
      const fitted = fitter.curve(fit.parameters);
      const bootstrap =
        draws && fit.status !== 'failed' && fit.status !== 'no_enhancement'
          ? residualBootstrap(modelOf(id), response, { delay }, curve, fitted, { draws, kernels })
          : undefined;
      return { model: id, fit, fitted, ...(bootstrap && { bootstrap }) };
    });
    return { value };
  },
};
