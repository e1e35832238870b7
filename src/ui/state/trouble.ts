import { REFUSAL_KINDS, RefusedInput, type Refusal } from '../../core/refusal.ts';

/**
 * Any error of an engine call as a refusal, for which the engine has a sentence and a remedy in each language.
 * What is no refusal is a defect of ours: its text is not for the person, who reads `worker_failed`.
 */
export function asRefusal(error: unknown, subject: string): Refusal {
  if (error instanceof RefusedInput) return error.toRefusal(subject);
  if (isRefusal(error)) return error;
  return { kind: 'worker_failed', file: subject, facts: {} };
}

function isRefusal(error: unknown): error is Refusal {
  return (
    typeof error === 'object' &&
    error !== null &&
    'kind' in error &&
    'facts' in error &&
    'file' in error &&
    (REFUSAL_KINDS as readonly unknown[]).includes(error.kind)
  );
}
