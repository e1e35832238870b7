import { execFileSync, spawnSync } from 'node:child_process';
import { openAsBlob, readdirSync, readFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { FileSource, Study } from '../../src/engine/api.ts';
import { createNodeEngine } from '../../src/engine/node.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';

interface Case {
  readonly file: string;
  readonly kind: 'fixed' | 'series' | 'archive';
  readonly expect: 'error' | 'image' | 'object' | 'any';
  readonly detail: string;
}

const LIMIT = 5000; // ms of this process a case: other work on the machine does not count
const now = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};
const hasPython = spawnSync('python3', ['--version']).status === 0;
const ready = HAS_SHARED && hasPython;
if (HAS_SHARED && !hasPython)
  console.warn('SKIPPED: python3 is absent, so the hostile set cannot be made here.');

const folder = mkdtempSync(join(tmpdir(), 'kinetex-hostile-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function makeCases(): Case[] {
  if (!ready) return [];
  const good = join(folder, 'good.dcm');
  // Any bytes do: without mutants the good file is only named.
  writeFileSync(good, new Uint8Array(600));
  execFileSync('python3', [join(SHARED, 'tools/make_bad_dicom.py'), good, join(folder, 'out'), '--n', '0']);
  return JSON.parse(readFileSync(join(folder, 'out/manifest.json'), 'utf8')).cases;
}

async function sourcesOf(path: string): Promise<FileSource[]> {
  if (!statSync(path).isDirectory()) return [{ path, content: await openAsBlob(path) }];
  const inside = await Promise.all(
    readdirSync(path)
      .sort()
      .map((n) => sourcesOf(join(path, n))),
  );
  return inside.flat();
}

async function opened(
  name: string,
): Promise<{ study: Study; engine: ReturnType<typeof createNodeEngine>; took: number }> {
  const engine = createNodeEngine();
  const start = now();
  const study = await engine.open(await sourcesOf(join(folder, 'out', name)));
  return { study, engine, took: now() - start };
}

const cases = makeCases();

describe.skipIf(!ready)(`the hostile set: ${cases.length} cases through the whole importer`, () => {
  it('is as large as it was when this was written', () => {
    const count = (kind: string) => cases.filter((c) => c.kind === kind).length;
    expect([count('fixed'), count('series'), count('archive')]).toEqual([157, 19, 16]);
  });

  it.each(cases)('$file: $expect ($detail)', async ({ file, expect: wanted }) => {
    const { study, engine, took } = await opened(file);
    expect(took).toBeLessThan(LIMIT);
    for (const refusal of study.refused) {
      const { sentence, remedy } = engine.explain(refusal);
      for (const text of [sentence.en, sentence.ru, sentence.zh, remedy.en, remedy.ru, remedy.zh]) {
        // The name of the file may hold anything, also these words.
        expect(text.replaceAll(refusal.file, '')).not.toMatch(
          /\{\w+\}|Error:|\[object|is not a function|of undefined/,
        );
        expect(text.length).toBeGreaterThan(3);
      }
    }
    // Whatever opened must give pictures or a refusal, never a crash.
    for (const series of study.series) {
      await engine.volume(study, series.uid).catch((e: Error) => expect(e.name).toBe('RefusedInput'));
    }
    const shown = study.series.length > 0;
    if (wanted === 'error') {
      expect(study.refused.length).toBeGreaterThan(0);
      expect(study.series.map((s) => s.files)).toEqual([]);
    } else if (wanted === 'image') {
      expect(shown).toBe(true);
    } else if (wanted === 'object') {
      expect(shown).toBe(false);
      expect(study.objects.length).toBeGreaterThan(0);
    } else {
      // `any`: opened, listed or refused, but never lost without a word.
      expect(
        study.series.length + study.objects.length + study.refused.length + study.regions.length,
      ).toBeGreaterThan(0);
    }
  });

  it('opens the eight good files beside three bad ones and names each bad one', async () => {
    const { study } = await opened('series/one_bad_among_good/');
    expect(study.series.map((s) => s.size)).toEqual([[16, 16, 8, 1]]);
    expect(study.refused).toHaveLength(3);
  });
});
