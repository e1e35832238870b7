import type { Finding } from '../../core/finding.ts';
import type { Vec3 } from '../../core/geometry.ts';
import type { ParameterValues } from '../../core/parameters.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import type { VoxelBox } from '../../regions/box.ts';
import type { MarkKind, Origin, Reading, Reader, RegionProperties } from '../../regions/document/document.ts';
import type { PackedMask } from '../../regions/document/packed-mask.ts';
import type { Brush } from '../../regions/draw/brush.ts';
import type { FloodFill } from '../../regions/draw/flood-fill.ts';
import type { PlanePolygon } from '../../regions/draw/polygon-fill.ts';
import type { Operation, OperationId } from '../../regions/edit/operation.ts';
import type { Piece } from '../../regions/morphology/components.ts';
import type { Box } from '../../regions/segment/crop.ts';
import type { Difference } from '../../regions/difference.ts';
import type { MaskComparison } from '../../regions/compare.ts';
import type { CallOptions } from '../call-options.ts';
import type { Study } from '../study/study.ts';

/** A region in the list: read from a file, or one that can be edited. */
export interface RegionEntry extends RegionProperties {
  readonly id: string;
  /** `imported`: as its file has it; `regions.adopt` makes a copy that can be edited. */
  readonly kind: 'imported' | 'editable';
  /** Series whose grid it lies on; undefined for imported ones. */
  readonly series: string | undefined;
  readonly reader: Reader;
  /** Known for editable regions. */
  readonly voxels: number | undefined;
  /** mm³. */
  readonly volume: number | undefined;
  /** Holds its voxels; null where there are none or that is not known. */
  readonly box: VoxelBox | null;
  readonly origins: readonly Origin[];
  /** Share of the voxels that an automatic tool proposed and that were changed since (SPEC R24); undefined elsewhere. */
  readonly editedShare: number | undefined;
}

/** What has changed, so that a picture is drawn anew where it must be. */
export type RegionChange =
  /** Voxels of a region, inside this box; its mask (`regions.mask`) holds them already. */
  | { readonly kind: 'voxels'; readonly region: string; readonly series: string; readonly box: VoxelBox }
  /** Names, colours, order, visibility, history: ask for `entries` and `study` again. */
  | { readonly kind: 'list' }
  | { readonly kind: 'autosave'; readonly autosave: AutosaveState };

/** How the work is kept in this browser. */
export type AutosaveState =
  | 'saved'
  | 'saving'
  /** Not kept, and why; work goes on. */
  | 'incognito'
  | 'unavailable'
  | 'full'
  | 'blocked_by_other_tab'
  /** Another tab works on the same study: it keeps its own work, this one is not kept. */
  | 'open_in_other_tab';

/** What was found of earlier work on this study. */
export interface Restored {
  readonly regions: number;
  readonly steps: number;
  /** Names of regions whose stored voxels did not match their checksum, and were left out. */
  readonly damaged: readonly string[];
}

/** A stroke under way. */
export interface Stroke {
  /** To a point in voxel coordinates with fractions; the box that changed, for drawing, or null. */
  move(point: Vec3): VoxelBox | null;
  /** Keeps the stroke as one step of the history. */
  end(): void;
  /** Takes it back. */
  cancel(): void;
}

/** Marks of one kind on a series. */
export interface MarkLayer {
  readonly id: string;
  readonly kind: MarkKind;
  /** As of the last step. */
  readonly voxels: number;
  /** Voxel indices; of `points` only. */
  readonly points: readonly Vec3[];
  /** Holds its voxels; null where there are none. */
  readonly box: VoxelBox | null;
  /** The live voxels. */
  readonly mask: Mask;
}

export interface EditRequest {
  readonly operation: OperationId;
  readonly values: ParameterValues;
  readonly series: string;
  readonly phase?: number;
  /** Region to start from and to change; null: a new one. */
  readonly region: string | null;
  /** Second region, on the same series. */
  readonly other?: string;
  /** Voxel index. */
  readonly seed?: Vec3;
}

/** The result of an operation before it is accepted. Plain data. */
export interface EditPreview {
  readonly request: EditRequest;
  readonly mask: PackedMask;
  readonly voxels: number;
  /** mm³. */
  readonly volume: number;
  /** What was worked out on the way: a threshold, a range, a number of pieces. */
  readonly facts: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
  /** Of `islands`: the connected pieces of the region as it was, the thousand largest, with size and box. */
  readonly pieces?: readonly Piece[];
  readonly milliseconds: number;
}

/** A mask made elsewhere (a segmentation method) that becomes a region, or the new voxels of one. */
export interface RegionResult {
  readonly series: string;
  /** Null: a new region. */
  readonly region: string | null;
  readonly mask: PackedMask | Uint8Array;
  readonly name?: string;
  readonly tool: string;
  readonly parameters: ParameterValues;
  /** Made by a method, not by hand: how much of it is corrected later is told (SPEC R24). */
  readonly automatic: boolean;
}

export interface HistoryEntry {
  readonly number: number;
  readonly tool: string;
  readonly subject: string;
  readonly when: number;
  /** False for steps that were taken back and can be done again. */
  readonly done: boolean;
}

export interface RegionComparison extends MaskComparison {
  readonly names: readonly [string, string];
  readonly difference: Difference;
}

/** Drawing, editing and comparing regions of a study, with undo, redo and autosave. */
export interface RegionTools {
  /** Threshold, growing, islands, …: names, help and forms. */
  readonly operations: readonly Operation[];
  /** Brings back earlier work on the same images, when this browser kept any. Call once after a study was read. */
  restore(study: Study): Promise<Restored>;
  onChange(study: Study, listener: (change: RegionChange) => void): () => void;
  /** The study with its editable regions among the others, for `extract`, `kinetics`, `placeRegion` and exports. */
  study(study: Study): Study;
  entries(study: Study): readonly RegionEntry[];
  /** Voxels of an editable region: the array is the live one, it changes while a stroke runs. */
  mask(study: Study, region: string): Mask;

  create(study: Study, request: { readonly series: string; readonly name?: string }): string;
  /** An editable copy of an imported region on the grid of a series; the import itself is no longer listed. */
  adopt(
    study: Study,
    region: string,
    series: string,
    options?: CallOptions & { readonly resample?: boolean },
  ): Promise<string>;
  /** An editable region on another series of the same frame of reference. */
  copyTo(study: Study, region: string, series: string, options?: CallOptions): Promise<string>;
  change(study: Study, region: string, properties: Partial<RegionProperties>): void;
  remove(study: Study, region: string): void;

  /** @throws RefusedInput `settings_invalid` for a locked region. */
  stroke(study: Study, region: string, brush: Brush): Stroke;
  polygon(
    study: Study,
    region: string,
    polygon: PlanePolygon,
  ): { readonly changed: number; readonly selfCrossing: boolean };
  fill(study: Study, region: string, fill: FloodFill): { readonly changed: number; readonly open: boolean };

  /** Strokes and points for methods, of the reader who reads; they are undone and kept like regions, and not listed. */
  marks(study: Study, series: string): readonly MarkLayer[];
  /** A stroke of one tissue; voxels of the other that it covers change sides. */
  markStroke(study: Study, series: string, kind: 'lesion' | 'background', brush: Brush): Stroke;
  /** Sets a point, or takes away the one that is there. */
  markPoint(study: Study, series: string, point: Vec3): void;
  clearMarks(study: Study, series: string): void;

  /** Computes and commits nothing. Only the newest answer of a moving slider matters: let older ones run out. */
  preview(study: Study, request: EditRequest, options?: CallOptions): Promise<EditPreview>;
  /**
   * What of a preview is on screen, at once and in this thread: the three slices that meet in a voxel are written into
   * the bytes of a picture. False, and nothing written, where they cannot be told without the whole image.
   */
  glimpse(study: Study, request: EditRequest, volume: Volume, at: Vec3, into: Uint8Array): boolean;
  /** A preview as bytes for the picture; `into` is cleared and used again when given. */
  previewMask(preview: Pick<EditPreview, 'mask'>, into?: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>;
  /** Makes a preview real; returns the region's id. */
  accept(
    study: Study,
    preview: EditPreview,
    options?: { readonly into?: 'same' | 'new'; readonly name?: string },
  ): string;
  /**
   * One class of a segmentation on the image; with `at`, a voxel, only the piece that holds it (or the largest, where
   * that voxel is of another class).
   */
  classMask(
    study: Study,
    series: string,
    found: { readonly box: Box; readonly labels: Uint8Array },
    label: number,
    at?: Vec3,
  ): PackedMask;
  /** Takes the result of a segmentation method; returns the region's id. */
  put(study: Study, result: RegionResult): string;

  undo(study: Study): boolean;
  redo(study: Study): boolean;
  history(study: Study): readonly HistoryEntry[];
  /** Second reader: while `second`, the regions of the first reader are hidden, also from `study`. */
  setReading(study: Study, reading: Reading): void;
  reading(study: Study): Reading;

  /** Agreement of two regions on a series, and where they differ. */
  compare(
    study: Study,
    regions: readonly [string, string],
    series: string,
    options?: CallOptions,
  ): Promise<RegionComparison>;

  autosave(study: Study): AutosaveState;
  /** Settles once everything done so far is kept, or cannot be. */
  saved(study: Study): Promise<void>;
}
