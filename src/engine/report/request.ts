import type { Language } from '../../core/localised.ts';
import type { RegionSource } from '../../core/region.ts';
import type { BiomarkerCard } from '../../report/checklists/biomarker-card.ts';
import type { Answers } from '../../report/checklists/item.ts';
import type { MetricsConditions } from '../../report/checklists/metrics.ts';
import type { ReportTable } from '../../report/content/build.ts';
import type { GivenAnswers } from '../../report/content/checklist.ts';
import type { WrittenReport } from '../../report/content/write-report.ts';
import type { Override, Verdict } from '../../quality/gate.ts';
import type { Diagnostic } from '../../imaging/diagnostics.ts';
import type { CallOptions } from '../call-options.ts';
import type { KineticResult } from '../kinetics/request.ts';
import type { Assessment } from '../quality/request.ts';
import type { Study } from '../study/study.ts';

/** A feature table of the engine, as far as a report reads it. */
export interface MeasuredTable extends Pick<ReportTable, 'settings' | 'features' | 'findings' | 'backend'> {
  readonly mask: { readonly name: string; readonly voxels: number; readonly hash: string };
  readonly image: { readonly phase: number; readonly hash: string; readonly unit: string };
  readonly diagnostics: readonly Diagnostic[];
}

/** What goes into a report. What is absent is left out of it; findings never are. */
export interface ReportRequest {
  readonly study: Study;
  /** UID of the series that it is about. */
  readonly series: string;
  readonly tables?: readonly {
    readonly region: string | RegionSource;
    readonly table: MeasuredTable;
    /** What the rules said of these numbers; absent: as the findings say. */
    readonly verdict?: Verdict | null;
  }[];
  /** Findings of the rules on the series; absent: the rules are run. */
  readonly assessment?: Assessment;
  /** What a person answered about the series in the checklist; the rules are run with it. */
  readonly checklist?: GivenAnswers | null;
  readonly kinetics?: KineticResult | null;
  readonly kineticVerdict?: Verdict | null;
  readonly selfTest?: {
    readonly passed: number;
    readonly failed: number;
    readonly backends: readonly { readonly name: string; readonly present: boolean }[];
  } | null;
  /** Slices of the regions as pictures; absent: yes. */
  readonly pictures?: boolean;
  /** Why numbers are used all the same, where no verdict is given that says so. */
  readonly override?: Override;
  /** What the person says of items of the IBSI guideline, by number. */
  readonly entered?: Readonly<Record<number, string>>;
  readonly metrics?: { readonly answers: Answers; readonly conditions: MetricsConditions } | null;
  readonly clear?: Answers | null;
  readonly biomarkers?: readonly BiomarkerCard[];
}

export interface ReportOptions extends CallOptions {
  readonly language?: Language;
  /** Name the patient; default: nothing of the source that identifies leaves. */
  readonly identified?: boolean;
}

/** One report in two forms: a page for people, and the same as data. */
export type Report = WrittenReport;
