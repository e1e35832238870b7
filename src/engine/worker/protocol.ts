import type { Facts } from '../../core/localised.ts';
import type { RefusalKind } from '../../core/refusal.ts';

/** How a job ended, as data: comlink keeps only name, message and stack of an error. */
export type Outcome =
  | { readonly ended: 'done'; readonly value: unknown }
  | { readonly ended: 'refused'; readonly kind: RefusalKind; readonly facts: Facts }
  | { readonly ended: 'error'; readonly detail: string };

export interface WorkerApi {
  run(job: string, input: unknown, report: (share: number, what?: string) => void): Promise<Outcome>;
}
