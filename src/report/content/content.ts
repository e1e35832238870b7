import type { Severity } from '../../core/finding.ts';
import type { Language } from '../../core/localised.ts';
import type { BiomarkerCard, Rung } from '../checklists/biomarker-card.ts';
import type { Answer, Evidence } from '../checklists/item.ts';
import type { MetricsScore } from '../checklists/metrics.ts';
import type { ReportedChecklist } from './checklist.ts';
import type { IbsiFact } from './ibsi-source.ts';

/** A fact under its name, both as shown. */
export interface Line {
  readonly label: string;
  readonly value: string;
}

/** A finding with its numbers, in the language of the report. */
export interface ReportedFinding {
  readonly id: string;
  readonly severity: Severity;
  readonly title: string;
  /** Series or region, as the report calls it. */
  readonly subject: string;
  readonly text: string;
  readonly remedy: string;
  readonly measured: readonly {
    readonly label: string;
    readonly value: number;
    readonly unit: string;
    readonly limit: string;
  }[];
  /** Why the person went on all the same. */
  readonly override?: string;
}

export interface ReportedFeature {
  readonly tag: string;
  readonly ibsi: string;
  readonly family: string;
  readonly name: string;
  readonly aggregation: string;
  readonly value: number | null;
  readonly unit: string;
  /** Why there is no value; empty when there is. */
  readonly reason: string;
}

export interface ReportedRegion {
  readonly region: string;
  readonly series: string;
  readonly voxels: number;
  readonly imageHash: string;
  readonly maskHash: string;
  readonly backend: string;
  readonly settingsHash: string;
  readonly qcHash: string;
  /** What the quality rules said of these numbers, in one line. */
  readonly verdict: string;
  /** Empty while a finding blocks and nobody has overridden it: `withheld` then says so. */
  readonly features: readonly ReportedFeature[];
  readonly withheld: boolean;
}

export interface ReportedMap {
  readonly id: string;
  readonly name: string;
  readonly unit: string;
  readonly voxels: number;
  /** Of the voxels that have a value; null without any. */
  readonly median: number | null;
  readonly lowerQuartile: number | null;
  readonly upperQuartile: number | null;
}

export interface ReportedKinetics {
  readonly model: string;
  /** The series that was fitted, as the report calls it. */
  readonly series: string;
  readonly region: string;
  readonly settings: readonly Line[];
  readonly input: string;
  readonly counts: readonly Line[];
  /** Fit of the region's mean curve. */
  readonly mean: readonly Line[];
  readonly maps: readonly ReportedMap[];
  readonly complete: boolean;
  readonly settingsHash: string;
  readonly qcHash: string;
  /** What the quality rules said of these numbers, in one line. */
  readonly verdict: string;
}

export interface ReportedPicture {
  /** PNG as base64. */
  readonly png: string;
  /** Length of the scale bar, mm, and as a share of the width. */
  readonly scale: { readonly millimetres: number; readonly share: number };
  /** What the ends of the grey or coloured scale stand for. */
  readonly bar: {
    readonly kind: 'grey' | 'viridis';
    readonly low: number;
    readonly high: number;
    readonly unit: string;
  };
  readonly columns: number;
  readonly rows: number;
  readonly caption: string;
  /** Patient directions at the left, right, upper and lower edge. */
  readonly edges: readonly [string, string, string, string];
}

export interface ReportedItem {
  readonly number: number;
  readonly title: string;
  /** As the provenance answers it, else `entered` by the person, or `missing`. */
  readonly state: IbsiFact['state'] | 'entered' | 'missing';
  readonly value: string;
}

export interface ReportedAnswer {
  readonly number: number;
  readonly title: string;
  /** Null: open, or a yes without evidence. */
  readonly answer: Answer | null;
  readonly evidence?: Evidence;
}

/** The whole report as data: what the JSON file holds, and what the HTML file shows. */
export interface ReportContent {
  readonly kind: 'kinetex report';
  readonly version: 1;
  readonly language: Language;
  readonly identified: boolean;
  readonly software: { readonly name: string; readonly version: string; readonly kernels: string };
  readonly hashes: { readonly settings: string; readonly quality: string };
  /** The worst of all findings. */
  readonly verdict: Severity;
  readonly study: readonly Line[];
  readonly series: readonly { readonly name: string; readonly facts: readonly Line[] }[];
  readonly findings: readonly ReportedFinding[];
  /** What a person answered about the series; null when nobody was asked. */
  readonly checklist: ReportedChecklist | null;
  readonly settings: readonly Line[];
  readonly regions: readonly ReportedRegion[];
  readonly kinetics: ReportedKinetics | null;
  readonly pictures: readonly ReportedPicture[];
  readonly ibsi: readonly ReportedItem[];
  readonly metrics: { readonly score: MetricsScore; readonly items: readonly ReportedAnswer[] } | null;
  readonly clear: readonly ReportedAnswer[] | null;
  readonly biomarkers: readonly (BiomarkerCard & {
    readonly technicallyValid: boolean | null;
    readonly rung: Rung;
  })[];
  readonly methods: string;
  readonly selfTest: {
    readonly passed: number;
    readonly failed: number;
    readonly backends: readonly string[];
  } | null;
}
