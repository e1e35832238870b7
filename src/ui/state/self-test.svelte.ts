import type { Refusal } from '../../core/refusal.ts';
import type { Engine, SelfTestReport } from '../../engine/api.ts';
import { t } from '../i18n/language.svelte.ts';
import { wasStopped, type Jobs } from './jobs.svelte.ts';
import { asRefusal } from './trouble.ts';

/** The last run of the self-test. */
export class SelfTest {
  report = $state.raw<SelfTestReport | null>(null);
  trouble = $state.raw<Refusal | null>(null);
  share = $state<number | null>(null);
  running = $state(false);
  #stop: AbortController | null = null;

  constructor(
    readonly engine: Engine,
    readonly jobs: Jobs,
  ) {}

  async run(): Promise<void> {
    if (this.running) return;
    this.running = true;
    this.share = null;
    this.trouble = null;
    const stop = new AbortController();
    this.#stop = stop;
    try {
      this.report = await this.jobs.run(
        () => t('jobs.selfTest'),
        ({ signal, onProgress }) =>
          this.engine.selfTest({
            signal: AbortSignal.any([signal, stop.signal]),
            onProgress: (share) => {
              this.share = share;
              onProgress(share);
            },
          }),
      );
    } catch (error) {
      if (!wasStopped(error)) this.trouble = asRefusal(error, '');
    } finally {
      this.running = false;
    }
  }

  stop(): void {
    this.#stop?.abort();
  }
}
