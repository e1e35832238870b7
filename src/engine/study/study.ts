import type { Finding } from '../../core/finding.ts';
import type { Refusal } from '../../core/refusal.ts';
import type { RegionSource } from '../../core/region.ts';
import type { Series } from '../../core/series.ts';

/** A valid file that is no image: structured report, plan, DICOMDIR, … Listed as what it is. */
export interface StudyObject {
  readonly file: string;
  readonly kind: string;
}

/** What was opened. Plain data, replaced (not changed) as files arrive: compare by identity. */
export interface Study {
  readonly id: string;
  readonly series: readonly Series[];
  readonly regions: readonly RegionSource[];
  readonly objects: readonly StudyObject[];
  readonly refused: readonly Refusal[];
  /** Findings that concern no single series. */
  readonly findings: readonly Finding[];
  readonly files: readonly string[];
}
