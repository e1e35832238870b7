import { describe, expect, it } from 'vitest';
import { emptyMask } from '../../regions/document/packed-mask.ts';
import type { RegionRecord } from '../../regions/document/document.ts';
import { RegionWork } from './work.ts';

const record = (id: string, size: readonly [number, number, number]): RegionRecord => ({
  id,
  name: id,
  colour: [0, 0, 0],
  locked: false,
  visible: true,
  series: 's',
  reader: 'first',
  mask: emptyMask(size),
  origins: [{ when: 0, tool: 'new', parameters: {}, times: 1 }],
});

describe('a region larger than memory', () => {
  it('is refused in words when it is to be drawn on; it stays in the list, and the others are drawn on', () => {
    const work = new RegionWork();
    // 2⁵⁰ voxels: packed and empty it takes no more than its list of slices.
    const huge = record('huge', [2 ** 24, 2 ** 24, 4]);
    const small = record('small', [4, 4, 4]);
    work.commit('new', '', [
      { kind: 'add', record: huge, at: 0 },
      { kind: 'add', record: small, at: 1 },
    ]);
    expect(() => work.live(huge)).toThrow('too_large');
    try {
      work.live(huge);
    } catch (error) {
      expect(error).toMatchObject({ facts: { case: 'region_memory', region: 'huge' } });
    }
    expect(work.document.state.regions).toHaveLength(2);
    expect(work.live(small)).toHaveLength(64);
  });
});
