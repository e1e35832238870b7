import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { uidFromSeed } from '../../src/formats/dicom/write/uid.ts';
import type { FileSource } from '../../src/engine/api.ts';
import { CT_SERIES, madeCt, withTags, type Change } from '../quality/made-series.ts';
import { kinetex } from './kinetex.ts';

const folder = mkdtempSync(join(tmpdir(), 'kinetex-protocol-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function keep(name: string, files: readonly FileSource[]): Promise<void> {
  mkdirSync(join(folder, 'study'), { recursive: true });
  for (const [at, { content }] of files.entries())
    writeFileSync(
      join(folder, 'study', `${name}-${at}.dcm`),
      content instanceof Blob ? new Uint8Array(await content.arrayBuffer()) : content,
    );
}
const made = (name: string, changes: readonly Change[] = []) =>
  keep(name, madeCt(changes, name, { ...CT_SERIES, seriesUid: uidFromSeed(`protocol/${name}`) }));

interface Printed {
  reference: object;
  series: {
    uid: string;
    rules: { id: string; severity: string }[];
    protocol?: { verdict: string; settings: { name: string; value: string; outcome: string }[] };
  }[];
}

describe('kinetex qc with a reference protocol', () => {
  const file = join(folder, 'reference.json');
  const first = uidFromSeed('protocol/first');
  beforeAll(async () => {
    await made('first');
    await made('sharp', [withTags({ '00181210': ['SH', 'B70f'] })]);
    await made('thick', [withTags({ '00180050': ['DS', '2.6'] })]);
  });

  it('asks for the series when there are several', () => {
    const { status, stderr } = kinetex('qc', join(folder, 'study'), '--write-reference', file);
    expect(status).toBe(2);
    expect(stderr).toContain(first);
  });

  it('writes the protocol of one series, without identity', () => {
    const { status } = kinetex(
      ...['qc', join(folder, 'study'), '--write-reference', file, '--series', first, '--name', 'Chest'],
    );
    expect(status).toBe(0);
    const text = readFileSync(file, 'utf8');
    expect(JSON.parse(text)).toMatchObject({
      kind: 'kinetex reference protocol',
      name: 'Chest',
      modality: 'CT',
    });
    expect(text).not.toContain(first);
  });

  it('holds every series of the folder against it, and writes the table', () => {
    const table = join(folder, 'table.csv');
    const { status, stdout } = kinetex(
      ...['qc', join(folder, 'study'), '--reference', file, '--table', table, '--json'],
    );
    expect(status).toBe(0);
    const { series, reference } = JSON.parse(stdout) as Printed;
    expect(reference).toEqual({ name: 'Chest', modality: 'CT' });
    const outcome = Object.fromEntries(
      series.map((s) => [s.uid, [s.protocol?.verdict, s.rules.find((r) => r.id === 'G-14')?.severity]]),
    );
    // The rule and the table say the same.
    expect(outcome).toEqual({
      [first]: ['pass', 'pass'],
      [uidFromSeed('protocol/sharp')]: ['fail', 'fail'],
      [uidFromSeed('protocol/thick')]: ['warn', 'warn'],
    });
    const lines = readFileSync(table, 'utf8').trim().split('\r\n');
    expect(lines).toHaveLength(5);
    expect(lines[0]).toMatch(/^series,modality,verdict,Modality,Modality outcome,ConvolutionKernel,/);
    expect(
      lines
        .slice(2)
        .map((l) => l.split(',')[2])
        .toSorted(),
    ).toEqual(['fail', 'pass', 'warn']);
    expect(readFileSync(table, 'utf8')).not.toContain(first);
  });

  it('says in words what is off', () => {
    const { stdout, stderr } = kinetex('qc', join(folder, 'study'), '--reference', file);
    expect(stdout + stderr).toMatch(/fail {2}protocol {2}Kernel: B70f, reference /);
    expect(stdout + stderr).toMatch(/warn {2}protocol {2}Slice thickness: 2\.6 mm, reference /);
  });

  it('refuses a file that is none, and a name that is neither file nor series', () => {
    const other = join(folder, 'other.json');
    writeFileSync(other, '{"kind": "something else"}');
    const refused = kinetex('qc', join(folder, 'study'), '--reference', other);
    expect([refused.status, refused.stderr]).toEqual([
      3,
      expect.stringContaining('reference protocol') as string,
    ]);
    const unknown = kinetex('qc', join(folder, 'study'), '--reference', '1.2.3');
    expect([unknown.status, unknown.stderr]).toEqual([2, expect.stringContaining(first) as string]);
  });
});
