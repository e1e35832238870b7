import { untrack } from 'svelte';
import type { RegionSource } from '../../core/region.ts';
import type { LessonRequest } from '../../engine/api.ts';
import type { DiscretisationSettings } from '../../radiomics/settings.ts';
import { isHidden } from '../state/gate.ts';
import type { Numbers } from '../state/verdicts.svelte.ts';
import type { Workspace } from '../state/workspace.svelte.ts';

/** The region that a lesson is shown on, and the slice of it that is on screen. */
export class Example {
  /** Regions that may be counted: those whose numbers a quality rule hides are not shown in a lesson either. */
  readonly placed = $derived.by<readonly RegionSource[]>(() => {
    const { volume, seriesUid, regions, placements } = this.workspace.session;
    if (!volume || seriesUid === null) return [];
    const { verdicts } = this.workspace.quality;
    return regions.filter(
      ({ id }) =>
        placements.get(id)?.state === 'placed' && !isHidden(verdicts.of({ series: seriesUid, region: id })),
    );
  });
  /** A region of the image whose numbers are hidden, or wait for the rules; the lesson is on the made-up image then. */
  readonly hidden = $derived.by<Numbers | null>(() => {
    const { seriesUid: series, regions, placements } = this.workspace.session;
    if (series === null || this.placed.length > 0) return null;
    const region = regions.find(({ id }) => placements.get(id)?.state === 'placed')?.id;
    return region === undefined ? null : { series, region };
  });
  /** The region at hand; null where there is none and the made-up image serves. */
  readonly region = $derived.by<RegionSource | null>(() => {
    const { extraction, learning } = this.workspace;
    if (learning.source === 'teaching') return null;
    const wanted = [learning.source, extraction.current?.region, extraction.chosen[0]?.id];
    const found = wanted.map((id) => this.placed.find((r) => r.id === id)).find((r) => r !== undefined);
    return found ?? this.placed[0] ?? null;
  });
  readonly slices = $derived.by(() => this.workspace.session.volume?.grid.size[2] ?? 1);
  /** The slice of the image that the crosshair lies in. */
  readonly slice = $derived.by(() => this.workspace.session.cursor?.[2] ?? this.slices >> 1);

  constructor(readonly workspace: Workspace) {}

  /**
   * What to ask the engine of the whole region, with these bins. It is the same from slice to slice, so that looking
   * through the slices asks nothing anew.
   */
  ofRegion(discretisation: DiscretisationSettings): LessonRequest {
    return this.#request(
      discretisation,
      untrack(() => this.slice),
    );
  }

  /** What to ask the engine of the slice on screen. */
  ofSlice(discretisation: DiscretisationSettings): LessonRequest {
    return this.#request(discretisation, this.slice);
  }

  #request(discretisation: DiscretisationSettings, slice: number): LessonRequest {
    const { extraction, session } = this.workspace;
    const { study, seriesUid: series, phase, placements } = session;
    const { settings } = extraction;
    if (!this.region || !study || series === null) return { region: null, settings, discretisation };
    const placement = placements.get(this.region.id);
    const resample = placement?.state === 'placed' && placement.resampled;
    const region = { study, series, phase, region: this.region.id, resample, slice };
    return { region, settings, discretisation };
  }
}
