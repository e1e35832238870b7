import source from '../../../shaders/kinetics/fit.wgsl?raw';
import { emptyBlock, putFit, type FitBlock } from '../../kinetics/fit/fit-block.ts';
import { CurveFitter } from '../../kinetics/fit/fit-curve.ts';
import { planFit, type FitPlan, type FitSettings } from '../../kinetics/fit/fit-plan.ts';
import type { Minimum } from '../../kinetics/fit/levenberg-marquardt.ts';
import type { InputResponse } from '../../kinetics/input/input-response.ts';
import type { Model, ModelId } from '../../kinetics/models/model.ts';

/** Numbers of the models in the shader. */
const NUMBERS: Readonly<Record<ModelId, number>> = {
  tofts: 0,
  'extended-tofts': 1,
  patlak: 2,
  'two-compartment-uptake': 3,
  'two-compartment-exchange': 4,
  'adiabatic-tissue-homogeneity': 5,
};
/** Floats that the shader writes for a voxel: five parameters, cost, state, and the upper half of JᵀJ. */
const ROW = 22;
const MOST = 5;
const ENTRY_WORDS = 12;
/** Aim for one dispatch, ms: far under a driver's watchdog. */
const AIM = 60;

/**
 * Fits one model to every curve of a block on the GPU, in float32: starts and search are those of the reference, and
 * standard errors, status and derived quantities are worked out from its minima in float64. Parameters agree with the
 * reference within 1e-3 where its standard error is below a fifth.
 * @param curves mmol/L, voxel after voxel.
 * @returns undefined when the block exceeds what the device can bind. @throws when the device is lost meanwhile.
 */
export async function fitBlockOnGpu(
  device: GPUDevice,
  model: Model,
  response: InputResponse,
  settings: FitSettings,
  curves: Float32Array,
  voxels: number,
): Promise<FitBlock | undefined> {
  const plan = planFit(model, response, settings);
  const { frames } = response;
  const { bank, entries } = bankOf(plan, frames);
  const largest = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
  if (Math.max(4 * curves.length, 4 * ROW * voxels, bank.byteLength) > largest) return undefined;
  const buffers: GPUBuffer[] = [];
  const filled = (data: Float32Array<ArrayBuffer> | ArrayBuffer, usage: GPUBufferUsageFlags): GPUBuffer => {
    const buffer = device.createBuffer({
      size: Math.max(32, data.byteLength),
      usage: usage | GPUBufferUsage.COPY_DST,
    });
    device.queue.writeBuffer(buffer, 0, data);
    buffers.push(buffer);
    return buffer;
  };
  const { STORAGE, UNIFORM, COPY_SRC, COPY_DST, MAP_READ } = GPUBufferUsage;
  try {
    const found = device.createBuffer({ size: 4 * ROW * voxels, usage: STORAGE | COPY_SRC });
    const readable = device.createBuffer({ size: 4 * ROW * voxels, usage: MAP_READ | COPY_DST });
    buffers.push(found, readable);
    const fixed = [
      filled(Float32Array.from(curves), STORAGE),
      filled(nodesOf(response), STORAGE),
      filled(Float32Array.from(response.minutes), STORAGE),
      filled(entries, STORAGE),
      filled(bank, STORAGE),
      filled(boundsOf(plan), STORAGE),
      found,
    ];
    const pipeline = await device.createComputePipelineAsync({
      layout: 'auto',
      compute: {
        module: device.createShaderModule({ code: source }),
        entryPoint: 'fit',
        constants: {
          MODEL: NUMBERS[model.id],
          PARAMETERS: model.parameters.length,
          FITS_DELAY: plan.fitsDelay ? 1 : 0,
        },
      },
    });
    let piece = 256;
    for (let first = 0; first < voxels;) {
      const last = Math.min(voxels, first + piece);
      const task = new ArrayBuffer(32);
      new Uint32Array(task).set([
        first,
        last,
        frames,
        response.input.minutes.length,
        entries.byteLength / (4 * ENTRY_WORDS),
        plan.startCount,
      ]);
      new Float32Array(task)[6] = plan.fixedDelay;
      const group = device.createBindGroup({
        layout: pipeline.getBindGroupLayout(0),
        entries: [filled(task, UNIFORM), ...fixed].map((buffer, binding) => ({
          binding,
          resource: { buffer },
        })),
      });
      const start = Date.now();
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(0, group);
      pass.dispatchWorkgroups(Math.ceil((last - first) / 64));
      pass.end();
      device.queue.submit([encoder.finish()]);
      await device.queue.onSubmittedWorkDone();
      const took = Math.max(1, Date.now() - start);
      first = last;
      piece = Math.min(2 ** 20, Math.max(64, Math.round((piece * Math.min(8, AIM / took)) / 64) * 64));
    }
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(found, 0, readable, 0, 4 * ROW * voxels);
    device.queue.submit([encoder.finish()]);
    await readable.mapAsync(GPUMapMode.READ);
    const rows = new Float32Array(readable.getMappedRange().slice(0));
    return concluded(model, response, settings, plan, curves, voxels, rows);
  } finally {
    for (const buffer of buffers) buffer.destroy();
  }
}

/** Minutes, concentration, slope and integral at each node. */
function nodesOf({ input }: InputResponse): Float32Array<ArrayBuffer> {
  const { minutes, concentration } = input;
  const n = minutes.length;
  const nodes = new Float32Array(4 * n);
  let integral = 0;
  for (let j = 0; j < n; j++) {
    const span = j + 1 < n ? minutes[j + 1] - minutes[j] : 0;
    const slope = span > 0 ? (concentration[j + 1] - concentration[j]) / span : 0;
    nodes.set([minutes[j], concentration[j], slope, integral], 4 * j);
    integral += span > 0 ? ((concentration[j] + concentration[j + 1]) / 2) * span : 0;
  }
  return nodes;
}

function boundsOf({ lower, upper, sizes }: FitPlan): Float32Array<ArrayBuffer> {
  const bounds = new Float32Array(4 * MOST);
  lower.forEach((low, i) => bounds.set([low, upper[i], sizes[i], 0], 4 * i));
  return bounds;
}

/** Every curve of the bank once, and the linear problems as the shader reads them. */
function bankOf(
  { bank }: FitPlan,
  frames: number,
): { bank: Float32Array<ArrayBuffer>; entries: ArrayBuffer } {
  const numbers = new Map<Float64Array, number>();
  const numberOf = (curve: Float64Array) => {
    const number = numbers.get(curve) ?? numbers.size;
    numbers.set(curve, number);
    return number;
  };
  const entries = new ArrayBuffer(4 * ENTRY_WORDS * bank.entries.length);
  bank.entries.forEach(({ part, delay, delayIndex, gram }, i) => {
    const at = 4 * ENTRY_WORDS * i;
    const [a, b] = part.curves;
    new Uint32Array(entries, at, 4).set([numberOf(a), b ? numberOf(b) : 0xffffffff, part.group, delayIndex]);
    new Float32Array(entries, at + 16, 6).set([...gram, delay, part.rates[0] ?? 0, part.rates[1] ?? 0]);
  });
  const curves = new Float32Array(frames * numbers.size);
  for (const [curve, number] of numbers) curves.set(curve, number * frames);
  return { bank: curves, entries };
}

/** Minima of the shader as results: errors, status and what follows from the parameters, in float64. */
function concluded(
  model: Model,
  response: InputResponse,
  settings: FitSettings,
  plan: FitPlan,
  curves: Float32Array,
  voxels: number,
  rows: Float32Array,
): FitBlock {
  const fitter = new CurveFitter(model, response, settings);
  const block = emptyBlock([...plan.fitted, ...model.derived], voxels);
  const n = plan.fitted.length;
  const { frames } = response;
  for (let v = 0; v < voxels; v++) {
    const row = rows.subarray(v * ROW, (v + 1) * ROW);
    const curve = Float64Array.from(curves.subarray(v * frames, (v + 1) * frames));
    putFit(block, v, row[6] === 0 ? fitter.fit(curve) : fitter.conclude(curve, minimumOf(row, plan, n)));
  }
  return { ...block, done: voxels };
}

function minimumOf(row: Float32Array, { lower, upper }: FitPlan, n: number): Minimum {
  const parameters = Float64Array.from(row.subarray(0, n));
  const normal = Array.from({ length: n }, () => new Float64Array(n));
  for (let a = 0, at = 7; a < MOST; a++)
    for (let b = a; b < MOST; b++, at++)
      if (b < n) {
        normal[a][b] = row[at];
        normal[b][a] = row[at];
      }
  // float32 bounds: what stands on them to its last digit is at them.
  const touches = (v: number, bound: number) => v === Math.fround(bound);
  return {
    parameters,
    cost: row[5],
    converged: row[6] === 2,
    iterations: 0,
    atBound: Int8Array.from(parameters, (v, i) => (touches(v, lower[i]) ? -1 : touches(v, upper[i]) ? 1 : 0)),
    normal,
  };
}
