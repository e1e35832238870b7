import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { randomMask } from '../regions.testing.ts';
import {
  bytesOfStep,
  commit,
  NEW_DOCUMENT,
  redo,
  undo,
  withOrigin,
  type Change,
  type Origin,
  type RegionDocument,
  type RegionRecord,
} from './document.ts';
import { bytesOf, deltaBetween, unpackMask } from './packed-mask.ts';

const origin = (tool: string): Origin => ({ when: 0, tool, parameters: {}, times: 1 });

const record = (id: string, seed = 1): RegionRecord => ({
  id,
  name: id,
  colour: [1, 2, 3],
  locked: false,
  visible: true,
  series: 's',
  reader: 'first',
  mask: randomMask([40, 5, 4], 0.2, seed),
  origins: [origin('new')],
});

/** The document with voxels as plain text, to compare by. */
const plain = ({ state }: RegionDocument): string =>
  JSON.stringify({ ...state, regions: state.regions.map((r) => ({ ...r, mask: [...unpackMask(r.mask)] })) });

/** One of every kind of change that suits the document. */
function changeOf(document: RegionDocument, kind: number, seed: number): Change {
  const { regions, reading } = document.state;
  const region = regions[seed % Math.max(1, regions.length)];
  if (kind === 0 || !region) {
    return { kind: 'add', record: record(`r${document.nextNumber}`, seed), at: seed % (regions.length + 1) };
  }
  if (kind === 1) return { kind: 'remove', record: region, at: regions.indexOf(region) };
  if (kind === 2) {
    const delta = deltaBetween(region.mask, randomMask([40, 5, 4], 0.3, seed));
    const after = withOrigin(region.origins, { when: seed, tool: 'brush', parameters: { radius: 3 } });
    return { kind: 'mask', region: region.id, delta, before: region.origins, after };
  }
  if (kind === 3) {
    const { name, colour } = region;
    return {
      kind: 'properties',
      region: region.id,
      before: { name, colour },
      after: { name: `${seed}`, colour: [seed % 256, 0, 0] },
    };
  }
  if (kind === 4) {
    const known = document.state.overrides['imported'];
    return {
      kind: 'properties',
      region: 'imported',
      before: known ?? {},
      after: { visible: seed % 2 === 0 },
    };
  }
  if (kind === 5) {
    const out = !document.state.leftOut.includes('imported');
    return { kind: 'left-out', region: 'imported', out };
  }
  return { kind: 'reading', before: reading, after: reading === 'first' ? 'second' : 'first' };
}

const step = (changes: readonly Change[]) => ({ when: 0, tool: 't', subject: '', changes });

describe('history', () => {
  it('undo takes back any step whole, redo brings it again, whatever was done', () => {
    const acts = fc.array(fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 1000 })), {
      minLength: 1,
      maxLength: 15,
    });
    fc.assert(
      fc.property(acts, (list) => {
        const seen = [NEW_DOCUMENT];
        for (const [kind, seed] of list) {
          const last = seen[seen.length - 1];
          seen.push(commit(last, step([changeOf(last, kind, seed)])));
        }
        let document = seen[seen.length - 1];
        for (let n = seen.length - 2; n >= 0; n--) {
          document = undo(document);
          expect(plain(document)).toBe(plain(seen[n]));
        }
        expect(undo(document)).toBe(document);
        for (let n = 1; n < seen.length; n++) {
          document = redo(document);
          expect(plain(document)).toBe(plain(seen[n]));
        }
        expect(redo(document)).toBe(document);
      }),
      { numRuns: 60 },
    );
  });

  it('a new step forgets what was taken back, and numbers are never used twice', () => {
    const a = commit(NEW_DOCUMENT, step([{ kind: 'add', record: record('a'), at: 0 }]));
    const b = commit(undo(a), step([{ kind: 'add', record: record('b'), at: 0 }]));
    expect(b.steps.map((s) => s.number)).toEqual([2]);
    expect(redo(b)).toBe(b);
  });

  it('is bounded in steps and in bytes; the last step can always be taken back', () => {
    let document = NEW_DOCUMENT;
    const limits = { steps: 3, bytes: 1e9 };
    for (let n = 0; n < 5; n++) {
      document = commit(document, step([changeOf(document, 0, n)]), limits);
    }
    expect(document.steps.map((s) => s.number)).toEqual([3, 4, 5]);
    expect(document.state.regions).toHaveLength(5);
    const one = bytesOfStep(document.steps[0]);
    expect(one).toBe(bytesOf(record('x').mask));
    const tight = commit(document, step([changeOf(document, 0, 9)]), { steps: 9, bytes: 2 * one });
    expect(tight.steps).toHaveLength(2);
    const tiny = commit(document, step([changeOf(document, 0, 9)]), { steps: 9, bytes: 1 });
    expect(tiny.steps).toHaveLength(1);
    expect(undo(tiny).state.regions).toHaveLength(5);
  });

  it('a stroke on a region of 512 × 512 × 300 shares the slices that it did not touch', () => {
    const big = { ...record('a'), mask: randomMask([64, 64, 30], 0.5, 3) };
    const before = commit(NEW_DOCUMENT, step([{ kind: 'add', record: big, at: 0 }]));
    const slices = [...big.mask.slices];
    slices[7] = randomMask([64, 64, 1], 0.5, 4).slices[0];
    const delta = deltaBetween(big.mask, { size: big.mask.size, slices });
    expect([delta.from, delta.slices.length]).toEqual([7, 1]);
    const change: Change = { kind: 'mask', region: 'a', delta, before: big.origins, after: big.origins };
    const after = commit(before, step([change])).state.regions[0].mask;
    expect(after.slices.map((s, z) => s === big.mask.slices[z])).toEqual(slices.map((_, z) => z !== 7));
  });
});

describe('origins', () => {
  it('count the same tool in a row, and keep how the region began', () => {
    const use = (tool: string, radius: number) => ({ when: 1, tool, parameters: { radius } });
    let origins: RegionRecord['origins'] = [origin('new')];
    for (const o of [use('brush', 3), use('brush', 3), use('brush', 5), use('eraser', 5)]) {
      origins = withOrigin(origins, o);
    }
    expect(origins.map((o) => [o.tool, o.parameters['radius'], o.times])).toEqual([
      ['new', undefined, 1],
      ['brush', 3, 2],
      ['brush', 5, 1],
      ['eraser', 5, 1],
    ]);
  });
});
