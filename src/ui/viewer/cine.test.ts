import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Cine, waitFor } from './cine.svelte.ts';

describe('when the next phase is due', () => {
  it('is one share of a second after the last, and at once when late', () => {
    expect(waitFor(1000, 1010, 10)).toBe(90);
    expect(waitFor(1000, 1500, 10)).toBe(0);
  });
});

describe('a cine', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  const made = (phases: number, load: (phase: number) => Promise<string>) => {
    const shown: number[] = [];
    const asked: number[] = [];
    let phase = 0;
    const cine = new Cine<string>({
      phases: () => phases,
      phase: () => phase,
      load: (next) => {
        asked.push(next);
        return load(next);
      },
      show: (next) => {
        phase = next;
        shown.push(next);
      },
    });
    return { cine, shown, asked };
  };

  it('shows every phase in turn, at its speed, and begins anew at the end', async () => {
    const { cine, shown } = made(3, (phase) => Promise.resolve(`${phase}`));
    cine.speed = 10;
    void cine.play();
    await vi.advanceTimersByTimeAsync(450);
    // The first is due after 100 ms.
    expect(shown).toEqual([1, 2, 0, 1]);
    cine.pause();
    await vi.advanceTimersByTimeAsync(1000);
    expect(shown).toEqual([1, 2, 0, 1]);
    expect(cine.playing).toBe(false);
  });

  it('asks for phases ahead of the one on screen', async () => {
    const { cine, asked } = made(8, (phase) => Promise.resolve(`${phase}`));
    void cine.play();
    await vi.advanceTimersByTimeAsync(0);
    expect(asked).toEqual([1, 2, 3]);
    cine.pause();
  });

  it('waits for a phase that is slow, says so, and skips none', async () => {
    let answer: (v: string) => void = () => undefined;
    const slow = new Promise<string>((resolve) => (answer = resolve));
    const { cine, shown } = made(4, (phase) => (phase === 2 ? slow : Promise.resolve(`${phase}`)));
    cine.speed = 10;
    void cine.play();
    await vi.advanceTimersByTimeAsync(800);
    expect(shown).toEqual([1]);
    expect(cine.waiting).toBe(true);
    answer('2');
    await vi.advanceTimersByTimeAsync(50);
    expect(shown).toEqual([1, 2]);
    expect(cine.waiting).toBe(false);
    cine.pause();
  });

  it('stops at a phase that cannot be read', async () => {
    const { cine, shown } = made(4, (phase) =>
      phase === 2 ? Promise.reject(new Error('broken')) : Promise.resolve(`${phase}`),
    );
    void cine.play();
    await vi.advanceTimersByTimeAsync(1000);
    expect(shown).toEqual([1]);
    expect(cine.playing).toBe(false);
  });

  it('does not play a series of one phase', async () => {
    const { cine } = made(1, () => Promise.resolve(''));
    await cine.play();
    expect(cine.playing).toBe(false);
  });
});
