import { describe, expect, it } from 'vitest';
import { RefusedInput } from '../../core/refusal.ts';
import { Latest } from './latest.svelte.ts';

/** An engine whose answers are given by hand. */
function byHand() {
  const asked: number[] = [];
  const waiting: { give: (answer: string) => void; fail: (error: unknown) => void }[] = [];
  const latest = new Latest(
    (question: number) =>
      new Promise<string>((give, fail) => {
        asked.push(question);
        waiting.push({ give, fail });
      }),
  );
  const settle = async (how: (w: (typeof waiting)[number]) => void): Promise<void> => {
    how(waiting.shift()!);
    await new Promise((resolve) => setTimeout(resolve));
  };
  return { latest, asked, settle };
}

describe('the newest of many questions', () => {
  it('is asked one at a time, and those that were overtaken never', async () => {
    const { latest, asked, settle } = byHand();
    for (const question of [1, 2, 3, 4]) latest.ask(question);
    expect(asked).toEqual([1]);
    await settle((w) => w.give('one'));
    expect([latest.answer, latest.asked]).toEqual(['one', 1]);
    expect(asked).toEqual([1, 4]);
    await settle((w) => w.give('four'));
    expect([latest.answer, latest.asked]).toEqual(['four', 4]);
    latest.ask(5);
    expect(asked).toEqual([1, 4, 5]);
  });

  it('tells why there is no answer, and recovers', async () => {
    const { latest, settle } = byHand();
    latest.ask(1);
    await settle((w) => w.fail(new RefusedInput('settings_invalid', { key: 'bins' })));
    expect([latest.answer, latest.trouble?.kind]).toEqual([undefined, 'settings_invalid']);
    latest.ask(2);
    await settle((w) => w.give('two'));
    expect([latest.answer, latest.trouble]).toEqual(['two', null]);
  });

  it('takes null for an answer', async () => {
    const latest = new Latest(async (_: number): Promise<string | null> => null);
    latest.ask(1);
    await new Promise((resolve) => setTimeout(resolve));
    expect(latest.answer).toBeNull();
  });
});
