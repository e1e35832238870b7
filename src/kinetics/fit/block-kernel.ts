import type { KernelModule } from '../../core/kernel-module.ts';
import type { InputResponse } from '../input/input-response.ts';
import type { Model, ModelId } from '../models/model.ts';
import type { FitPlan } from './fit-plan.ts';

/** Numbers of the models in assembly/kinetics/_models.ts. */
const MODEL_NUMBERS: Readonly<Record<ModelId, number>> = {
  tofts: 0,
  'extended-tofts': 1,
  patlak: 2,
  'two-compartment-uptake': 3,
  'two-compartment-exchange': 4,
  'adiabatic-tissue-homogeneity': 5,
};
const ENTRY_BYTES = 64;

/** Values of one voxel: status, iterations, RMSE, R², AICc, then quantities, then their errors; internal units. */
export interface FitRecords {
  readonly values: Float64Array;
  readonly stride: number;
}
export const RECORD_HEAD = 5;

/** Fits `voxels` curves from number `first` on by the Wasm kernel; the records are a view until the arena's next reset. */
export function fitByKernel(
  model: Model,
  response: InputResponse,
  plan: FitPlan,
  curves: Float32Array | Float64Array,
  first: number,
  voxels: number,
  { arena, call }: KernelModule,
): FitRecords {
  const { frames, input } = response;
  const nodes = input.minutes.length;
  const row = (frames + 1) & ~1;
  const bank = bankOf(plan);
  const stride = RECORD_HEAD + 2 * (plan.fitted.length + model.derived.length);
  arena.reset();
  const minutesAt = arena.alloc(8 * frames);
  const nodesAt = arena.alloc(8 * nodes);
  const valuesAt = arena.alloc(8 * nodes);
  const boxAt = arena.alloc(32 * plan.fitted.length);
  const curvesAt = arena.alloc(8 * row * bank.curves.length);
  const entriesAt = arena.alloc(bank.entries.byteLength);
  const inputWork = arena.alloc(call('kinetics_input_bytes', frames, nodes));
  const modelWork = arena.alloc(call('kinetics_model_bytes', frames));
  const entries = bank.entries.byteLength / ENTRY_BYTES;
  const bankWork = arena.alloc(call('kinetics_bank_bytes', bank.curves.length, entries));
  const tissueAt = arena.alloc(8 * row * voxels);
  const recordsAt = arena.alloc(8 * stride * voxels);
  const doubles = (at: number, count: number) => new Float64Array(arena.buffer, at, count);
  doubles(minutesAt, frames).set(response.minutes);
  doubles(nodesAt, nodes).set(input.minutes);
  doubles(valuesAt, nodes).set(input.concentration);
  const box = doubles(boxAt, 4 * plan.fitted.length);
  [plan.lower, plan.upper, plan.sizes, plan.plainStart].forEach((part, i) => {
    box.set(part, i * plan.fitted.length);
  });
  bank.curves.forEach((curve, i) => {
    doubles(curvesAt + 8 * row * i, frames).set(curve);
  });
  new Uint8Array(arena.buffer, entriesAt, bank.entries.byteLength).set(new Uint8Array(bank.entries));
  const tissue = doubles(tissueAt, row * voxels);
  if (row === frames) tissue.set(curves.subarray(first * frames, (first + voxels) * frames));
  else
    for (let v = 0; v < voxels; v++)
      tissue.set(curves.subarray((first + v) * frames, (first + v + 1) * frames), v * row);
  call('kinetics_open_input', frames, minutesAt, nodes, nodesAt, valuesAt, inputWork);
  const delayed = plan.fitsDelay ? 1 : 0;
  const own = model.parameters.length;
  call('kinetics_open_model', MODEL_NUMBERS[model.id], own, delayed, plan.fixedDelay, boxAt, modelWork);
  call('kinetics_open_bank', bank.curves.length, curvesAt, entries, entriesAt, plan.startCount, bankWork);
  call('kinetics_fit', tissueAt, voxels, recordsAt);
  return { values: doubles(recordsAt, stride * voxels), stride };
}

interface PackedBank {
  readonly curves: readonly Float64Array[];
  readonly entries: ArrayBuffer;
}
const packed = new WeakMap<FitPlan, PackedBank>();

/** The bank as the kernel reads it: every curve once, and entries of 64 bytes; made once a plan. */
function bankOf(plan: FitPlan): PackedBank {
  const known = packed.get(plan);
  if (known) return known;
  const numbers = new Map<Float64Array, number>();
  const numberOf = (curve: Float64Array) => {
    const number = numbers.get(curve) ?? numbers.size;
    numbers.set(curve, number);
    return number;
  };
  const list = plan.bank.entries;
  const entries = new ArrayBuffer(ENTRY_BYTES * list.length);
  list.forEach(({ part, delay, delayIndex, gram }, i) => {
    const [a, b] = part.curves;
    const numbersOf = [numberOf(a), b ? numberOf(b) : -1, part.group, delayIndex];
    new Int32Array(entries, ENTRY_BYTES * i, 4).set(numbersOf);
    new Float64Array(entries, ENTRY_BYTES * i + 16, 6).set([...gram, delay, ...part.rates]);
  });
  const made = { curves: [...numbers.keys()], entries };
  packed.set(plan, made);
  return made;
}
