import { describe, expect, it } from 'vitest';
import { binsOnSlider, movedTo } from './bins.ts';

const fbn = { method: 'FBN', bins: 32, width: 25 } as const;
const fbs = { method: 'FBS', bins: 32, width: 25 } as const;

describe('slider of bins', () => {
  it('stands at the number, or at what the width gives', () => {
    expect(binsOnSlider(fbn, 400)).toBe(32);
    expect(binsOnSlider(fbs, 400)).toBe(16);
    expect(binsOnSlider({ ...fbn, bins: 1000 }, 400)).toBe(128);
    expect(binsOnSlider({ ...fbs, width: NaN }, 400)).toBe(2);
    expect(binsOnSlider(fbs, 0)).toBe(2);
  });

  it('sets the number, or the width that gives it', () => {
    expect(movedTo(fbn, 8, 400)).toEqual({ ...fbn, bins: 8 });
    expect(movedTo(fbs, 30, 400)).toEqual({ ...fbs, width: 13.3 });
    expect(movedTo(fbs, 30, 0)).toEqual(fbs);
    expect(movedTo({ ...fbn, method: 'none' }, 4, 400)).toEqual({ ...fbn, bins: 4 });
  });
});
