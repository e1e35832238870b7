import type { CurveFit, CurveFits } from '../api.ts';
import type { JobContext } from '../../core/job-context.ts';
import { refusedCase } from '../../core/refusal-cases.ts';
import { RefusedInput, type Refusal } from '../../core/refusal.ts';
import { fitCase } from '../../kinetics/cases/curve-case.ts';
import { caseOf, readCases } from '../../kinetics/cases/read-cases.ts';
import type { ModelId } from '../../kinetics/models/model.ts';
import { modelOf } from '../../kinetics/models/registry.ts';
import { carriedOf, isClosed, originOf, type Origin } from '../../quality/carried.ts';
import { verdictText } from '../../quality/gate.ts';
import type { Job } from './job.ts';

interface FitCurvesInput {
  readonly text: string;
  readonly model: ModelId;
}

/** Fits every case of a text; a bad one is refused by its name, and the rest goes on. */
export const fitCurvesJob: Job<FitCurvesInput, CurveFits> = {
  run({ text, model: id }, context: JobContext) {
    const model = modelOf(id);
    const { head, cases } = readCases(text);
    const results: CurveFit[] = [];
    const origins: Origin[] = [];
    const refused: Refusal[] = [];
    for (const [i, fields] of cases.entries()) {
      try {
        const origin = originOf(fields, head);
        origins.push(origin);
        if (isClosed(origin)) throw refusedCase('withheld', { verdict: verdictText(origin.verdict!) });
        const fitted = fitCase(model, caseOf(fields, head, i + 1));
        results.push(origin.verdict ? { ...fitted, origin } : fitted);
      } catch (error) {
        if (!(error instanceof RefusedInput)) throw error;
        refused.push(error.toRefusal(typeof fields.id === 'string' ? fields.id : `case ${i + 1}`));
      }
      context.onProgress?.((i + 1) / cases.length);
    }
    return { value: { model: id, results, refused, carried: carriedOf(origins) } };
  },
};
