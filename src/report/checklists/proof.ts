import type { Answered, Answers, Evidence } from './item.ts';

/** What a report holds that evidence can point at. */
export interface Proofs {
  /** Series under the names that the report calls them by. */
  readonly series: readonly string[];
  /** Names of the regions whose numbers it shows, with commas between. */
  readonly regions: string;
  /** Hash of the settings; empty without any. */
  readonly settings: string;
  /** Hash of the kernels, when their self-test was run and all of it passed. */
  readonly selfTest: string | null;
}

/** Is what the evidence points at in this report? What a person wrote stands for itself. */
function isThere({ kind, reference }: Evidence, proofs: Proofs): boolean {
  switch (kind) {
    case 'entered':
      return true;
    case 'series':
      return proofs.series.includes(reference);
    case 'region':
      return reference !== '' && reference === proofs.regions;
    case 'settings':
      return reference !== '' && reference === proofs.settings;
    case 'self-test':
      return reference !== '' && reference === proofs.selfTest;
  }
}

/** Answers without the evidence that points at nothing in this report: such a yes does not count as one. */
export function proven(answers: Answers, proofs: Proofs): Answers {
  return Object.fromEntries(
    Object.entries<Answered>(answers).map(([number, given]) => {
      const { evidence, ...bare } = given;
      return [number, evidence && !isThere(evidence, proofs) ? bare : given];
    }),
  );
}
