import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { decodePixels } from '../../../formats/dicom/decode.ts';
import { readDicom } from '../../../formats/dicom/read.ts';
import { CurveFitter } from '../../../kinetics/fit/fit-curve.ts';
import { InputResponse } from '../../../kinetics/input/input-response.ts';
import { tofts } from '../../../kinetics/models/tofts/index.ts';
import { assembleSeries } from '../../../series/assemble.ts';
import { startVolume } from '../../../series/volume.ts';
import { parkerBlood } from '../tissue-kinetics.ts';
import { kineticReferenceFiles } from './files.ts';
import { kineticReferenceObject } from './index.ts';
import { KTRANS, PATCH, SCAN, SNR, TISSUE_ROWS, VE } from './layout.ts';

/** Signals of the object as our readers give them back from its DICOM files: `phases[phase].data`, and times. */
async function readBack(parameters: Parameters<typeof kineticReferenceFiles>[0]) {
  const files = kineticReferenceFiles(parameters);
  const bytesOf = new Map(files.map((f) => [f.path, f.bytes]));
  const instances = new Map(files.map((f) => [f.path, readDicom(f.bytes, f.path)]));
  const { series, findings } = assembleSeries([...instances.values()]);
  expect(findings).toEqual([]);
  expect(series).toHaveLength(1);
  const [{ size, planes, times, files: paths }] = series;
  const phases: Float32Array[] = [];
  for (let phase = 0; phase < size[3]; phase++) {
    const filling = startVolume(series[0]);
    for (let k = 0; k < size[2]; k++) {
      const plane = planes[phase * size[2] + k];
      const path = paths[plane.file];
      filling.put(k, plane, await decodePixels(bytesOf.get(path)!, instances.get(path)!));
    }
    phases.push(filling.volume.data as Float32Array);
  }
  return { size, times: times!, phases };
}

type ReadBack = Awaited<ReturnType<typeof readBack>>;

/** Mean signal over columns of patches [from, to) of a row of patches, on one slice, for every phase. */
function patchMean({ size, phases }: ReadBack, slice: number, row: number, from: number, to: number) {
  return Float64Array.from(phases, (data) => {
    let sum = 0;
    for (let j = row * PATCH; j < (row + 1) * PATCH; j++)
      for (let i = from * PATCH; i < to * PATCH; i++) sum += data[i + size[0] * (j + size[1] * slice)];
    return sum / (PATCH * PATCH * (to - from));
  });
}

/** Spoiled gradient echo inverted, SPEC §4, worked out here anew: concentration from signal over its baseline. */
function concentration(signal: Float64Array, t1: number, before: number): Float64Array {
  const cos = Math.cos((SCAN.flipAngle * Math.PI) / 180);
  const e0 = Math.exp(-SCAN.repetitionTime / t1);
  const base = signal.subarray(0, before).reduce((s, v) => s + v / before, 0);
  return signal.map((s) => {
    const k = (((1 - e0) / (1 - cos * e0)) * s) / base;
    return (-Math.log((1 - k) / (1 - k * cos)) / SCAN.repetitionTime - 1 / t1) / SCAN.relaxivity;
  });
}

/** Bias of Ktrans and ve in percent, cell by cell, fitted to patch means of a slice with the input of that slice. */
function biasOf(read: ReadBack, slice: number) {
  const minutes = Float64Array.from(read.times, (s) => s / 60);
  const before = read.times.filter((t) => t <= SCAN.arrival - 1e-6).length;
  const blood = concentration(patchMean(read, slice, TISSUE_ROWS.blood, 0, VE.length), SCAN.t1.blood, before);
  const plasma = blood.map((c) => c / (1 - SCAN.haematocrit));
  const fitter = new CurveFitter(tofts, new InputResponse({ minutes, concentration: plasma }, minutes), {
    delay: 0,
    // The cell of Ktrans 0.35 and ve 0.01 empties 35 times a minute.
    bounds: { ve: { lower: 1e-3, upper: 1 } },
  });
  return KTRANS.flatMap((ktrans, r) =>
    VE.map((ve, c) => {
      const signal = patchMean(read, slice, TISSUE_ROWS.first + r, c, c + 1);
      const fit = fitter.fit(concentration(signal, SCAN.t1.tissue, before));
      return {
        ktrans,
        ve,
        status: fit.status,
        byKtrans: 100 * (fit.parameters.Ktrans! / ktrans - 1),
        byVe: 100 * (fit.parameters.ve! / ve - 1),
      };
    }),
  );
}

type Cell = ReturnType<typeof biasOf>[number];
const percent = (x: number) => (x < 0 ? '−' : '') + Math.abs(x).toFixed(2);

/** Table of one step: a row for each Ktrans, in each cell the bias of Ktrans / of ve, percent. */
const tableOf = (cells: readonly Cell[]) => [
  `| Ktrans, 1/min | ${VE.map((ve) => `ve ${ve}`).join(' | ')} |`,
  `|---|${VE.map(() => '---:|').join('')}`,
  ...KTRANS.map(
    (ktrans) =>
      `| ${ktrans} | ${cells
        .filter((c) => c.ktrans === ktrans)
        .map((c) => `${percent(c.byKtrans)} / ${percent(c.byVe)}`)
        .join(' | ')} |`,
  ),
];

const median = (x: readonly number[]) => [...x].sort((a, b) => a - b)[Math.floor(x.length / 2)];

describe('kinetic reference object', () => {
  const object = kineticReferenceObject({ step: 10, duration: 400 });
  const stored: ReadBack = {
    size: [...object.phases[0].grid.size, object.phases.length],
    times: object.times,
    phases: object.phases.map((p) => p.data as Float32Array),
  };

  it('has the blood of Parker, and tissue that follows it as quadrature says', () => {
    const blood = concentration(patchMean(stored, 0, TISSUE_ROWS.blood, 0, 5), SCAN.t1.blood, 6);
    const parker = object.times.map((t) => parkerBlood((t - SCAN.arrival) / 60));
    blood.forEach((c, n) => expect(Math.abs(c - parker[n])).toBeLessThan(1e-4));
    const [ktrans, ve, frame] = [KTRANS[4], VE[2], 20];
    const tissue = concentration(patchMean(stored, 0, TISSUE_ROWS.first + 4, 2, 3), SCAN.t1.tissue, 6);
    const minutes = (object.times[frame] - SCAN.arrival) / 60;
    const steps = 20_000;
    let sum = 0;
    for (let n = 0; n <= steps; n++) {
      const u = (n * minutes) / steps;
      const weight = n === 0 || n === steps ? 1 : n % 2 ? 4 : 2;
      sum += weight * (parkerBlood(u) / 0.55) * Math.exp((-ktrans / ve) * (minutes - u));
    }
    const exact = (ktrans * sum * minutes) / steps / 3;
    expect(Math.abs(tissue[frame] / exact - 1)).toBeLessThan(2e-4);
  });

  it('has the noise of its ladder, slice by slice, and none on the first', () => {
    const [columns, rows] = object.phases[0].grid.size;
    for (const [k, snr] of SNR.entries()) {
      const strip = stored.phases.flatMap((data) =>
        Array.from(data.subarray(k * columns * rows, k * columns * rows + columns * PATCH)),
      );
      const mean = strip.reduce((s, v) => s + v, 0) / strip.length;
      const deviation = Math.sqrt(strip.reduce((s, v) => s + (v - mean) ** 2, 0) / strip.length);
      if (snr === Infinity) expect(deviation).toBeLessThan(1e-3);
      else expect(Math.abs((deviation / mean) * snr - 1), `1:${snr}`).toBeLessThan(0.06);
    }
  });

  it('has a region with its truth for every pair', () => {
    expect(object.masks).toHaveLength(2 + KTRANS.length * VE.length);
    for (const { region } of object.truth) {
      const mask = object.masks.find((m) => m.name === region)!;
      expect(mask.data.reduce((s, v) => s + v, 0)).toBe(PATCH * PATCH * SNR.length);
    }
  });

  /*
   * The whole way: made, written as DICOM, read, turned into concentration with the input of the strip, and fitted.
   * What is left at 0.5 s is the rounding of signals to whole numbers; at longer steps it is the input, which is
   * straight between frames, and shows where ve/Ktrans is shorter than the step.
   * The tables of docs/kinetics.md are these; WRITE_DOCS=1 writes them anew.
   */
  it('gives back Ktrans and ve of every cell from its DICOM files', async () => {
    const lines: string[] = [];
    // Limits, percent: what rounding leaves, and what a frame longer than part of ve/Ktrans adds.
    for (const { step, rounding, slow } of [
      { step: 0.5, rounding: 0.25, slow: 0 },
      { step: 3, rounding: 0.35, slow: 7 },
      { step: 6, rounding: 0.6, slow: 18 },
    ]) {
      const read = await readBack({ step });
      const cells = biasOf(read, 0);
      for (const cell of cells) {
        const where = `${step} s, Ktrans ${cell.ktrans}, ve ${cell.ve}`;
        const limit = rounding + (slow * step * cell.ktrans) / cell.ve / 60;
        expect(cell.status, where).toBe('converged');
        expect(Math.abs(cell.byKtrans), where).toBeLessThan(limit);
        expect(Math.abs(cell.byVe), where).toBeLessThan(limit);
      }
      lines.push('', `Frames ${step} s apart, no noise; bias of Ktrans / of ve, %:`, '', ...tableOf(cells));
      if (step === 3) lines.push('', ...ladderOf(read));
    }
    judgeDocs(lines.slice(1));
  }, 300_000);
});

/** How the bias of patch means grows on the ladder of noise. */
function ladderOf(read: ReadBack): string[] {
  const rows = SNR.map((snr, k) => {
    const cells = biasOf(read, k);
    const spread = (pick: (c: Cell) => number) => median(cells.map((c) => Math.abs(pick(c))));
    const [byKtrans, byVe] = [spread((c) => c.byKtrans), spread((c) => c.byVe)];
    // Blood before contrast is darker than tissue: magnitude noise lifts it by σ²/2S, 380/SNR² percent of itself.
    expect(byKtrans).toBeLessThan(0.2 + 40 / snr + 760 / snr ** 2);
    return `| ${snr === Infinity ? '∞' : snr} | ${percent(byKtrans)} | ${percent(byVe)} |`;
  });
  return [
    'Noise ladder, frames 3 s apart; median over the thirty cells of the size of the bias of patch means, %:',
    '',
    '| SNR before contrast | Ktrans | ve |',
    '|---:|---:|---:|',
    ...rows,
  ];
}

/** Numbers of the page must be these, to the last digit printed or one beside it. */
function judgeDocs(lines: readonly string[]): void {
  const path = join(import.meta.dirname, '../../../../docs/kinetics.md');
  const page = readFileSync(path, 'utf8');
  const [start, end] = ['<!-- reference object: begin -->\n', '<!-- reference object: end -->'];
  const [from, to] = [page.indexOf(start) + start.length, page.indexOf(end)];
  expect(to).toBeGreaterThanOrEqual(from);
  const text = `\n${lines.join('\n')}\n\n`;
  if (process.env.WRITE_DOCS) writeFileSync(path, page.slice(0, from) + text + page.slice(to));
  else {
    const numbers = (t: string) => (t.replaceAll('−', '-').match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
    const [written, found] = [numbers(page.slice(from, to)), numbers(text)];
    expect(written).toHaveLength(found.length);
    written.forEach((w, n) => expect(Math.abs(w - found[n])).toBeLessThan(0.011));
  }
}
