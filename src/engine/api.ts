import type { Attributes } from '../core/dicom.ts';
import type { Finding } from '../core/finding.ts';
import type { Language, Localised } from '../core/localised.ts';
import type { Refusal } from '../core/refusal.ts';
import type { RegionSource } from '../core/region.ts';
import type { Mask, Volume } from '../core/volume.ts';
import type { PopulationInput } from '../kinetics/aif/population.ts';
import type { CaseResult } from '../kinetics/cases/curve-case.ts';
import type { ModelFreeDefinition, ModelFreeId } from '../kinetics/model-free/definitions.ts';
import type { Model, ModelId, Quantity, QuantityId } from '../kinetics/models/model.ts';
import type { RelaxivityPreset } from '../kinetics/signal/contrast-agents.ts';
import type { BinnedHistogram } from '../radiomics/binned-histogram.ts';
import type { Aggregation, AbsenceReason, FamilyDescription } from '../radiomics/family.ts';
import type { DiscretisationSettings, ExtractionSettings } from '../radiomics/settings.ts';
import type { SliceMatrix } from '../radiomics/slice-matrix.ts';
import type { RegionFiles, RegionFormat } from '../report/region-files/region-files.ts';
import type { ReportFiles } from '../report/measurements/report-files.ts';
import type { Carried, Origin } from '../quality/carried.ts';
import type { Verdict } from '../quality/gate.ts';
import type { Rule } from '../quality/rules/rule.ts';
import type { ProtocolDifference, ProtocolSetting } from '../quality/rules/protocol.ts';
import type { ProtocolTable } from '../quality/rules/protocol-table.ts';
import type { ReferenceProtocol } from '../quality/rules/reference-protocol.ts';
import type { RuleProfile } from '../quality/rules/profile.ts';
import type { PerturbationRanges } from '../quality/perturbations/perturbation.ts';
import type {
  PerturbationRequest,
  PerturbationStudy,
  ReaderPairsOptions,
  ReaderProposal,
  ReaderRequest,
  ReaderStudy,
} from './repeatability/request.ts';
import type { HeardVerdict } from './quality/heard-verdict.ts';
import type { AssessRequest, Assessment } from './quality/request.ts';
import type { BenchOptions, BenchRow } from '../quality/segmentation-bench/bench.ts';
import type { FeatureStability } from '../quality/biopsy-stability.ts';
import type { SegmentationRequest } from '../regions/segment/crop.ts';
import type { SegmentationMethod } from '../regions/segment/method.ts';
import type { SegmentationOutcome } from '../regions/segment/segment.ts';
import type { Study } from './study/study.ts';
import type {
  CurveQuestion,
  InspectedFit,
  KineticMap,
  KineticRequest,
  KineticResult,
  KineticSettings,
  ModelChoice,
  ModelChoiceRequest,
  MotionRequest,
  MotionResult,
  ShapeRequest,
  ShapeResult,
  T1Request,
  T1Result,
} from './kinetics/request.ts';
import type { PreprocessingRecord } from '../core/preprocessing.ts';
import type { PreprocessingStep } from '../imaging/preprocess/step.ts';
import type { Preprocessed, PreprocessRequest } from './preprocess/request.ts';
import type { CallOptions } from './call-options.ts';
import type { RegionTools } from './regions/api.ts';
import type { Statistics } from './statistics.ts';
import type { Constancy, PhysicalPhantoms } from './equipment/api.ts';
import type { Report, ReportOptions, ReportRequest } from './report/request.ts';
import type { ReportChecklists } from './report/checklists.ts';

export type { CallOptions } from './call-options.ts';
export type { Study, StudyObject } from './study/study.ts';

/** A file as it comes in: dropped, picked, or read by the command line. */
export interface FileSource {
  /** Name with folders, as the person knows it. Shown as text, never used as a path. */
  readonly path: string;
  readonly content: Blob | Uint8Array<ArrayBuffer>;
  /** What the person said a NIfTI, NRRD or MGH file is; without it, its values decide. */
  readonly use?: 'image' | 'mask';
}

/** A picture for lists: 8-bit grey, windowed as the viewer would. */
export interface Thumbnail {
  readonly columns: number;
  readonly rows: number;
  readonly grey: Uint8Array<ArrayBuffer>;
}

/** A region brought onto the grid of a series. */
export interface PlacedRegion {
  readonly source: RegionSource;
  readonly mask: Mask;
  readonly voxels: number;
  /** `resampled` when the source's grid differs from the image's and the person agreed to resample it. */
  readonly placement: 'same_grid' | 'rasterised' | 'resampled';
  readonly findings: readonly Finding[];
}

export interface FeatureRow {
  readonly tag: string;
  readonly ibsi: string;
  readonly family: string;
  readonly name: string;
  /** Export name in the chosen scheme, e.g. `original_glcm_Contrast`. */
  readonly column: string;
  readonly aggregation: Aggregation;
  readonly value: number | null;
  readonly unit: string;
  readonly reason?: AbsenceReason;
}

export interface Diagnostic {
  readonly stage: string;
  readonly name: string;
  readonly tag: string;
  readonly value: number | null;
}

export type NameScheme = 'ibsi' | 'pyradiomics' | 'mirp';

export interface FeatureTable {
  readonly settings: ExtractionSettings;
  readonly software: { readonly name: 'kinetex'; readonly version: string; readonly kernels: string };
  readonly image: {
    readonly uid: string;
    readonly description: string;
    readonly modality: string;
    readonly unit: string;
    /** Phase of a 4-D series, from 0. */
    readonly phase: number;
    readonly hash: string;
    /** How the image was made from another, where it was. */
    readonly preprocessing?: PreprocessingRecord;
  };
  readonly mask: { readonly name: string; readonly voxels: number; readonly hash: string };
  readonly diagnostics: readonly Diagnostic[];
  readonly features: readonly FeatureRow[];
  readonly findings: readonly Finding[];
  /** Where it was computed. */
  readonly backend: BackendName;
  readonly milliseconds: number;
  /** True when the whole table came from the cache of an earlier run. */
  readonly fromCache: boolean;
  /** What the rules said before it was made; set by the engine. */
  readonly verdict?: HeardVerdict;
}

export interface ExtractRequest {
  readonly study: Study;
  readonly series: string;
  readonly phase?: number;
  readonly region: string;
  readonly settings: ExtractionSettings;
  /** Forces a backend; default: the fastest that is present. */
  readonly backend?: BackendName;
  /** Resample a region that lies on another grid instead of refusing it. */
  readonly resample?: boolean;
}

/** What a lesson is about: a slice of a region, or the made-up image of 6 × 6 voxels. */
export interface LessonRequest {
  readonly region: {
    readonly study: Study;
    readonly series: string;
    readonly phase: number;
    readonly region: string;
    readonly resample: boolean;
    /** Index along the third axis of the image. */
    readonly slice: number;
  } | null;
  readonly settings: ExtractionSettings;
  /** Bins in place of those of the settings. */
  readonly discretisation: DiscretisationSettings;
}

export interface MatrixRequest extends LessonRequest {
  /** A family that has a matrix. */
  readonly family: string;
  /** One of the four directions of the slice, by its number; null: all together. */
  readonly direction: number | null;
}

/** A matrix of one slice beside the image it counts. */
export interface MatrixPicture {
  /** Voxels across and down the slice, around the region. */
  readonly size: readonly [number, number];
  /** Their edges, mm. */
  readonly spacing: readonly [number, number];
  readonly unit: string;
  readonly image: Float64Array;
  /** Grey level of each voxel; 0 outside the region. */
  readonly levels: Uint16Array;
  /** Lower edge of level 1 and width of all, in intensity units. */
  readonly lower: number;
  readonly width: number;
  readonly matrix: SliceMatrix;
}

/** Why there is no picture. */
export type NoPicture = 'slice_empty' | 'no_levels' | 'too_many_levels';

/** Of the kinetic digital reference object; seconds. */
export interface ReferenceObjectSettings {
  readonly step?: number;
  readonly duration?: number;
  readonly seed?: number;
}

export type BackendName = 'wasm' | 'reference' | 'webgpu';

export interface Backend {
  readonly name: BackendName;
  readonly present: boolean;
  /** `Wasm SIMD ×8`, the GPU's name; empty when it is missing. */
  readonly detail: string;
  /** Why it is missing: no Wasm SIMD, no WebGPU in this platform, or no GPU that it offers. */
  readonly missing?: 'no_simd' | 'no_webgpu' | 'no_gpu';
}

export interface SelfTestRow {
  readonly backend: BackendName;
  readonly family: string;
  readonly tag: string;
  readonly name: string;
  readonly aggregation: Aggregation;
  readonly expected: number;
  readonly tolerance: number;
  readonly got: number | null;
  readonly pass: boolean;
}

export interface SelfTestReport {
  readonly rows: readonly SelfTestRow[];
  readonly passed: number;
  readonly failed: number;
  readonly backends: readonly Backend[];
  readonly milliseconds: number;
}

export interface CacheState {
  readonly available: boolean;
  readonly entries: number;
  readonly bytes: number;
  /** Why it is not available or not complete, e.g. storage refused or full. */
  readonly problem?: 'unavailable' | 'full' | 'blocked_by_other_tab' | 'incognito';
}

/** How regions and reports leave. */
export interface ExportOptions extends CallOptions {
  /** UID of the series on whose grid they are written and whose instances they refer to. */
  readonly series: string;
  /** Name the patient, keep UIDs and the time; default: nothing of the source that identifies leaves. */
  readonly identified?: boolean;
  /** Resample regions that lie on another grid instead of refusing them. */
  readonly resample?: boolean;
}

/** A semi-automatic method on one phase of a series; masks and strokes lie on its grid. */
export interface SegmentCall extends SegmentationRequest {
  readonly study: Study;
  readonly series: string;
  readonly phase?: number;
  readonly backend?: 'wasm' | 'reference';
}

/** What the rules said about each table, in their order; null where nobody asked. */
export type Verdicts = readonly (Verdict | null)[];

/** A fitted case, with what it says of the rules on the image that its curve came from. */
export interface CurveFit extends CaseResult {
  readonly origin?: Origin;
}

/** What became of a file of curves: one result a case, and the cases that were refused. */
export interface CurveFits {
  readonly model: ModelId;
  readonly results: readonly CurveFit[];
  /** `file` is the id of the case. */
  readonly refused: readonly Refusal[];
  /** What the cases say of the rules together. Those under a block that nobody answered for are refused. */
  readonly carried: Carried;
}

/**
 * The only door to computation: the same object in the page (`window.kinetex`), in tests and in the command line.
 * Every call takes a signal to cancel (the promise then rejects with an AbortError) and a progress callback.
 */
export interface Engine {
  readonly version: string;
  /** Loads what the first picture does not need, so that afterwards nothing is asked of the server. */
  prepare(): Promise<void>;
  readonly families: readonly FamilyDescription[];
  readonly kineticModels: readonly Model[];
  segmentationMethods(): Promise<readonly SegmentationMethod[]>;
  readonly populationInputs: readonly PopulationInput[];
  readonly relaxivities: readonly RelaxivityPreset[];
  readonly kineticQuantities: Readonly<Record<QuantityId, Quantity>>;
  readonly curveShapeDefinitions: Readonly<Record<ModelFreeId, ModelFreeDefinition>>;
  /** Opens files into a new study, or adds them to one. `onStudy` gets each intermediate state as files are read. */
  open(
    files: readonly FileSource[],
    options?: CallOptions & { readonly into?: Study; readonly onStudy?: (study: Study) => void },
  ): Promise<Study>;
  /** The project's own phantoms, stored as DICOM, opened like anyone's files. */
  openSample(options?: CallOptions & { readonly onStudy?: (study: Study) => void }): Promise<Study>;
  /** The kinetic digital reference object (QIBA layout, Tofts, noise by slice) as DICOM files. */
  referenceObject(settings?: ReferenceObjectSettings, options?: CallOptions): Promise<readonly FileSource[]>;
  /** A digital phantom as DICOM images, NIfTI masks and `truth.json`. */
  phantomFiles(
    id: string,
    values?: Readonly<Record<string, number>>,
    options?: CallOptions,
  ): Promise<readonly FileSource[]>;
  /** Files in one zip archive. */
  zip(files: readonly FileSource[]): Promise<Uint8Array<ArrayBuffer>>;
  /** Forgets the study's pixels and files. */
  close(study: Study): void;
  inspect(study: Study): readonly Finding[];
  /** The rules of acquisition, as data. */
  rules(): Promise<readonly Rule[]>;
  readonly ruleProfile: {
    /** The rules with the limits of a profile, as a JSON text that can be kept, edited and read back. */
    toJson(profile: RuleProfile, language: Language): Promise<string>;
    /** @throws RefusedInput for what is no profile, unknown rules, and limits that are none. */
    fromJson(text: string): Promise<RuleProfile>;
  };
  /** The settings that features follow, and where they differ from those of another series or of a kept protocol. */
  protocol(
    study: Study,
    series: string,
    reference?: string | ReferenceProtocol,
  ): Promise<{
    readonly settings: readonly ProtocolSetting[];
    readonly differences: readonly ProtocolDifference[];
  }>;
  readonly referenceProtocol: {
    /** The protocol of a series under a name. */
    from(study: Study, series: string, name: string): Promise<ReferenceProtocol>;
    toJson(reference: ReferenceProtocol): Promise<string>;
    /** @throws RefusedInput for what is no protocol. */
    fromJson(text: string): Promise<ReferenceProtocol>;
    /** Every series of a study against it. */
    table(study: Study, reference: ReferenceProtocol): Promise<ProtocolTable>;
    /** The table as comma-separated values; `named`: with the descriptions and UIDs of the series. */
    csv(table: ProtocolTable, options?: { readonly named?: boolean }): Promise<string>;
  };
  /** Every rule on one series, from headers, pixels and the regions given, with its numbers and its proof. */
  assess(request: AssessRequest, options?: CallOptions): Promise<Assessment>;
  /** The image of one phase; kept in memory while the study is open. `onSlice` may be told of planes that are ready early. */
  volume(study: Study, series: string, phase?: number, options?: CallOptions): Promise<Volume>;
  thumbnail(study: Study, series: string, options?: CallOptions): Promise<Thumbnail>;
  /** Attributes of one DICOM file, for the tag browser. */
  attributes(study: Study, file: string, options?: CallOptions): Promise<Attributes>;
  placeRegion(
    study: Study,
    region: string,
    series: string,
    options?: CallOptions & { readonly resample?: boolean },
  ): Promise<PlacedRegion>;
  /** Drawing, editing, comparing regions, with undo and autosave. */
  readonly regions: RegionTools;
  extract(request: ExtractRequest, options?: CallOptions): Promise<FeatureTable>;
  /** Ranges of a perturbation study that stands in for a test-retest. */
  perturbationDefaults(): Promise<PerturbationRanges>;
  /** Features of regions under repeated small changes of image and region, with the verdict on each feature. */
  perturbationStudy(request: PerturbationRequest, options?: CallOptions): Promise<PerturbationStudy>;
  /** Which region of the second reader answers to which of the first. */
  readerPairs(study: Study, options?: ReaderPairsOptions): Promise<ReaderProposal>;
  /** Features of two readers' regions, pair by pair, and how far they agree. */
  readerStudy(request: ReaderRequest, options?: CallOptions): Promise<ReaderStudy>;
  /** Steps that an image can be prepared by, as data. */
  preprocessingSteps(): Promise<readonly PreprocessingStep[]>;
  /** Field correction, resampling, normalisation: the image after its steps, with figures and evidence of each. */
  preprocess(request: PreprocessRequest, options?: CallOptions): Promise<Preprocessed>;
  /** A study with a preprocessed image as one more series, which keeps how it was made. */
  addPreprocessed(study: Study, result: Preprocessed, label: string): Promise<Study>;
  /** A preprocessed image as a gzipped NIfTI file. */
  preprocessedAsNifti(result: Preprocessed): Promise<Uint8Array<ArrayBuffer>>;
  /** Semi-automatic segmentation: labels on the box, or why there are none. `maskOf` of the domain brings them to the image. */
  segment(call: SegmentCall, options?: CallOptions): Promise<SegmentationOutcome>;
  /** Features over the placements of a digital biopsy that `segment` gave. */
  biopsyStability(
    call: SegmentCall,
    biopsy: Extract<SegmentationOutcome, { outcome: 'done' }>,
    settings: ExtractionSettings,
    options?: CallOptions,
  ): Promise<{ readonly features: readonly FeatureStability[]; readonly findings: readonly Finding[] }>;
  /** Tools on digital phantoms: Dice, volume bias, HD95. */
  segmentationBench(options: BenchOptions, call?: CallOptions): Promise<readonly BenchRow[]>;
  /** Settings that suit a dynamic series, from its headers: what the form starts with. */
  proposeKinetics(study: Study, series: string): KineticSettings;
  /** Kinetic maps of a dynamic series; `onMaps` gets them as they fill, and stopping keeps what is done. */
  kinetics(
    request: KineticRequest,
    options?: CallOptions & { readonly onMaps?: (maps: readonly KineticMap[]) => void },
  ): Promise<KineticResult>;
  /** Motion between the frames of a dynamic series, with its verdict. */
  motion(request: MotionRequest, options?: CallOptions): Promise<MotionResult>;
  /** The model of the lowest AICc in every voxel, with the fit of the one that wins most. */
  modelChoice(request: ModelChoiceRequest, options?: CallOptions): Promise<ModelChoice>;
  /** T1 before contrast, from several flip angles or inversion times. */
  t1Maps(request: T1Request, options?: CallOptions): Promise<T1Result>;
  /** Maps of the shape of enhancement curves: no model, no input, no T1; for any series with a phase before the agent. */
  curveShapes(request: ShapeRequest, options?: CallOptions): Promise<ShapeResult>;
  /** Models fitted to one curve, or one evaluated by hand-set parameters: the fit inspector. */
  inspectCurve(question: CurveQuestion, options?: CallOptions): Promise<readonly InspectedFit[]>;
  /** A study with a map as one more series, an image like any other: radiomics of Ktrans is one click away. */
  addMap(study: Study, series: string, map: KineticMap, label: string): Promise<Study>;
  /** A map as a gzipped NIfTI file. */
  mapAsNifti(map: KineticMap): Uint8Array<ArrayBuffer>;
  /** Units, model, hashes and verdict of such a file: JSON to lie beside it under the same name. */
  mapSidecar(map: KineticMap, made: KineticResult | ShapeResult | T1Result, verdict?: Verdict): string;
  /**
   * A map as a DICOM Parametric Map. Patient, study and frame of reference are those of the series when `identified`,
   * else nothing of the patient, and UIDs that stand for the originals as in every other export. How it was made, hashes and
   * verdict stand in its derivation description.
   */
  mapAsDicom(
    study: Study,
    map: KineticMap,
    made: KineticResult | ShapeResult,
    options?: { readonly verdict?: Verdict | undefined; readonly identified?: boolean },
  ): Promise<Uint8Array<ArrayBuffer>>;
  /** Everything about a fit but its pixels: settings, versions, input, mean curve and its fit, counts, findings. */
  kineticsJson(result: KineticResult, verdict?: Verdict): string;
  shapesJson(result: ShapeResult, verdict?: Verdict): string;
  /** Input, region mean and fitted curve as a table of times and concentrations, with hashes and verdict in each row. */
  kineticsCsv(result: KineticResult, verdict?: Verdict): string;
  /**
   * Fits a kinetic model to curves from a JSON text (cases of time, aif, tissue). Parameters come back under the file's
   * own names and units. @throws RefusedInput when the text holds no cases.
   */
  fitCurves(text: string, model: ModelId, options?: CallOptions): Promise<CurveFits>;
  /** The matrix of one slice with what each cell counts, for teaching; at most 256 grey levels. */
  matrix(request: MatrixRequest, options?: CallOptions): Promise<MatrixPicture | NoPicture>;
  /** The region's intensities with the bins drawn in, and advice on their number; null when it has none. */
  histogram(request: LessonRequest, options?: CallOptions): Promise<BinnedHistogram | null>;
  backends(): Promise<readonly Backend[]>;
  selfTest(options?: CallOptions): Promise<SelfTestReport>;
  /**
   * CSV of tables with one row a feature; decimal point or comma. Cells never start a formula.
   * `identified`: names of regions and reasons as they are, even where they tell of somebody.
   */
  exportCsv(
    tables: readonly FeatureTable[],
    options: { names: NameScheme; decimalComma?: boolean; verdicts?: Verdicts; identified?: boolean },
  ): string;
  /** Without UID and description of the series: the hash of the pixels names the image. */
  exportJson(
    tables: readonly FeatureTable[],
    options: { names: NameScheme; verdicts?: Verdicts; identified?: boolean },
  ): string;
  /** Would this text, such as the name of a region, be replaced in an export that is not identified? */
  tells(text: string): boolean;
  /**
   * Regions as files: DICOM SEG or RT Structure Set, NIfTI, or NRRD as 3D Slicer keeps it. A region that cannot be written
   * is named in `refused` or by a finding that blocks; the others are written.
   * @param regions ids of the study's regions, or regions that are not part of it (drawn ones, with `origin: 'drawn'`)
   */
  exportRegions(
    study: Study,
    regions: readonly (string | RegionSource)[],
    format: RegionFormat,
    options: ExportOptions & { readonly separate?: boolean },
  ): Promise<RegionFiles>;
  /** Feature tables as a DICOM structured report (TID 1500), and the segmentation that it refers to. */
  exportReport(
    study: Study,
    tables: readonly {
      readonly region: string | RegionSource;
      readonly table: FeatureTable;
      readonly verdict?: Verdict | null;
    }[],
    options: ExportOptions,
  ): Promise<ReportFiles>;
  /** A series with its findings, features, maps and checklists as one HTML file for people, and the same as JSON. */
  report(request: ReportRequest, options?: ReportOptions): Promise<Report>;
  /** Items of the checklists that a report can hold, and how they are scored; loaded when first asked for. */
  reportChecklists(): Promise<ReportChecklists>;
  /** Sentence and remedy of a refusal in a language. */
  explain(refusal: Refusal): { readonly sentence: Localised; readonly remedy: Localised };
  /** Sentence for why a feature has no value. */
  explainAbsence(reason: AbsenceReason): Localised;
  /** Physical phantoms: found in an image, measured against their truths. */
  phantoms(): Promise<PhysicalPhantoms>;
  /** Acceptance, periodic and constancy runs of devices, and their control charts. */
  constancy(): Promise<Constancy>;
  /** Agreement, repeatability and tests on tables. */
  statistics(): Promise<Statistics>;
  readonly cache: {
    state(): Promise<CacheState>;
    /** Erases everything the product stored in this browser, and says whether nothing is left. */
    eraseAll(): Promise<boolean>;
    /** Keep nothing on this machine (shared computers). */
    setIncognito(on: boolean): Promise<void>;
  };
}
