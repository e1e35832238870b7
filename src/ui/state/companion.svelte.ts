import type { Refusal } from '../../core/refusal.ts';
import type { Series } from '../../core/series.ts';
import type { Volume } from '../../core/volume.ts';
import type { Engine } from '../../engine/api.ts';
import { t } from '../i18n/language.svelte.ts';
import { linkOf } from '../viewer/linked.ts';
import { wasStopped, type Jobs } from './jobs.svelte.ts';
import type { Session } from './session.svelte.ts';
import { asRefusal } from './trouble.ts';

/** The second series beside the one of the session. */
export class Companion {
  uid = $state<string | null>(null);
  phase = $state(0);
  volume = $state.raw<Volume | null>(null);
  trouble = $state.raw<Refusal | null>(null);
  readonly #engine: Engine;
  readonly #jobs: Jobs;
  readonly #session: Session;
  #loading: AbortController | null = null;

  constructor(engine: Engine, jobs: Jobs, session: Session) {
    this.#engine = engine;
    this.#jobs = jobs;
    this.#session = session;
  }

  get series(): Series | null {
    return this.#session.study?.series.find(({ uid }) => uid === this.uid) ?? null;
  }

  /** Brings a series, or another phase of it, beside the first. */
  async show(uid: string, phase = 0): Promise<void> {
    const { study } = this.#session;
    const series = study?.series.find((s) => s.uid === uid);
    if (!study || !series) return;
    this.#loading?.abort();
    const loading = new AbortController();
    this.#loading = loading;
    if (this.uid !== uid) this.volume = null;
    this.uid = uid;
    this.phase = phase;
    this.trouble = null;
    try {
      const volume = await this.#jobs.run(
        () => t('jobs.volume'),
        ({ signal, onProgress }) =>
          this.#engine.volume(study, uid, phase, {
            onProgress,
            signal: AbortSignal.any([signal, loading.signal]),
          }),
      );
      if (!loading.signal.aborted) this.volume = volume;
    } catch (error) {
      if (!wasStopped(error) && this.#loading === loading)
        this.trouble = asRefusal(error, series.description || series.modality);
    }
  }

  /** Chooses a series when there is none: one of the same space that is not on the left, else any other. */
  propose(): void {
    const { study, series } = this.#session;
    if (!study || !series || (this.series && this.uid !== series.uid)) return;
    const others = study.series.filter(({ uid }) => uid !== series.uid);
    const linked = others.find((other) => linkOf(series, other) === 'linked');
    const best = linked ?? others[0];
    if (best) void this.show(best.uid);
  }

  clear(): void {
    this.#loading?.abort();
    this.uid = null;
    this.volume = null;
    this.trouble = null;
  }
}
