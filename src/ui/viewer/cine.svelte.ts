/** Phases a second that can be chosen. */
export const CINE_SPEEDS = [1, 2, 5, 10, 15, 25] as const;
/** Phases that are asked for ahead of the one on screen. */
const AHEAD = 3;

/** What a cine plays: phases that can be loaded ahead and shown. */
export interface CineSource<V> {
  readonly phases: () => number;
  readonly phase: () => number;
  /** Brings a phase into memory; asked for again, it answers at once while memory allows. */
  readonly load: (phase: number, signal: AbortSignal) => Promise<V>;
  readonly show: (phase: number, loaded: V) => void;
}

/** How long to wait, ms, until the next phase is due; 0 when it is late. Late phases are not skipped: each is seen. */
export const waitFor = (last: number, now: number, speed: number): number =>
  Math.max(0, last + 1000 / speed - now);

/** Plays the phases of a series one after another, again and again. */
export class Cine<V> {
  playing = $state(false);
  /** Phases a second that are asked for; a machine that cannot keep up shows fewer. */
  speed = $state(5);
  /** The next phase is not in memory yet. */
  waiting = $state(false);
  readonly #source: CineSource<V>;
  #stop: AbortController | undefined;

  constructor(source: CineSource<V>) {
    this.#source = source;
  }

  toggle(): void {
    if (this.playing) this.pause();
    else void this.play();
  }

  pause(): void {
    this.#stop?.abort();
    this.#stop = undefined;
    this.playing = false;
    this.waiting = false;
  }

  async play(): Promise<void> {
    const { phases, phase, load, show } = this.#source;
    if (this.playing || phases() < 2) return;
    const stop = new AbortController();
    const { signal } = stop;
    this.#stop = stop;
    this.playing = true;
    let last = performance.now();
    try {
      while (!signal.aborted) {
        const next = (phase() + 1) % phases();
        const coming = load(next, signal);
        for (let ahead = 1; ahead < Math.min(AHEAD, phases() - 1); ahead++) {
          load((next + ahead) % phases(), signal).catch(() => undefined);
        }
        const slow = setTimeout(() => (this.waiting = !signal.aborted), 200);
        let loaded: V;
        try {
          loaded = await coming;
        } finally {
          clearTimeout(slow);
        }
        if (signal.aborted) return;
        this.waiting = false;
        await pause(waitFor(last, performance.now(), this.speed));
        if (signal.aborted) return;
        last = performance.now();
        show(next, loaded);
        // The page draws and answers before the next one, however fast phases come.
        await painted();
      }
    } catch {
      // A phase that cannot be read, or that was stopped: the picture stays on the one before, and asking for it says why.
    } finally {
      if (this.#stop === stop) this.pause();
    }
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const painted = () =>
  new Promise((resolve) =>
    typeof requestAnimationFrame === 'function' && document.visibilityState === 'visible'
      ? requestAnimationFrame(resolve)
      : setTimeout(resolve),
  );
