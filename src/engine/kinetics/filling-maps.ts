import type { Volume } from '../../core/volume.ts';
import type { CurveBlock } from '../../kinetics/dynamic/gather.ts';
import { BLOCK_STATUSES } from '../../kinetics/fit/fit-block.ts';
import type { Model, QuantityId } from '../../kinetics/models/model.ts';
import { QUANTITIES } from '../../kinetics/models/quantities.ts';
import type { FittedVoxels } from '../jobs/fit-voxels.ts';
import { GrowingMap } from './maps.ts';
import type { KineticMap, KineticResult } from './request.ts';

/** Voxels whose parameters are shown; those at a bound are, and the map of statuses says so. */
const ANSWERED: readonly string[] = ['converged', 'at_bound'];

/** Maps that say how far the others can be trusted. */
const QUALITY = [
  {
    id: 'r2',
    unit: '',
    name: { en: 'coefficient of determination R²', ru: 'коэффициент детерминации R²', zh: '决定系数 R²' },
  },
  {
    id: 'rmse',
    unit: 'mmol/L',
    name: { en: 'root mean square residual', ru: 'среднеквадратичный остаток', zh: '残差均方根' },
  },
  {
    id: 'aicc',
    unit: '',
    name: {
      en: 'corrected Akaike information criterion AICc',
      ru: 'исправленный информационный критерий Акаике AICc',
      zh: '修正赤池信息准则 AICc',
    },
  },
  {
    id: 'status',
    unit: '',
    name: {
      en: 'fit status (1 converged, 2 at a bound, 3 no enhancement, 4 failed, 5 no concentration)',
      ru: 'итог подгонки (1 сошлась, 2 на границе, 3 нет накопления, 4 не удалась, 5 нет концентрации)',
      zh: '拟合状态（1 收敛，2 在边界，3 无增强，4 失败，5 无浓度）',
    },
  },
] as const;

/** Every map of a fit, as its voxels come in. */
export class FillingMaps {
  readonly counts = { converged: 0, at_bound: 0, no_enhancement: 0, failed: 0, unconverted: 0, not_done: 0 };
  /** Concentrations, laid out as the block; NaN where none. */
  readonly curves: Float32Array;
  /** Where the last voxels were fitted. */
  backend: KineticResult['backend'] = 'wasm';
  private readonly quantities: readonly QuantityId[];
  private readonly parameters: readonly GrowingMap[];
  private readonly spreads: readonly GrowingMap[];
  private readonly quality: readonly GrowingMap[];

  constructor(
    model: Model,
    fitsDelay: boolean,
    { grid, modality }: Volume,
    private readonly block: CurveBlock,
  ) {
    this.curves = new Float32Array(block.curves.length).fill(Number.NaN);
    this.quantities = [
      ...model.parameters.map((p) => p.quantity),
      ...(fitsDelay ? (['delay'] as const) : []),
      ...model.derived,
    ];
    const maps = () =>
      this.quantities.map((q) => new GrowingMap(q, QUANTITIES[q].name, QUANTITIES[q].unit, grid, modality));
    this.parameters = maps();
    this.spreads = maps();
    this.quality = QUALITY.map((q) => new GrowingMap(q.id, q.name, q.unit, grid, modality));
  }

  /** Puts the voxels from number `from` to before `to` in their places. */
  take(from: number, to: number, { block, concentrations, unconverted, backend }: FittedVoxels): void {
    this.backend = backend;
    this.curves.set(concentrations, from * this.block.frames);
    const places = this.block.voxels.subarray(from, to);
    const status = (v: number) => BLOCK_STATUSES[block.status[v]];
    const answered = (v: number) => unconverted[v] === 0 && ANSWERED.includes(status(v));
    const judged = (v: number) => answered(v) || (unconverted[v] === 0 && status(v) === 'no_enhancement');
    for (let v = 0; v < to - from; v++) this.counts[unconverted[v] ? 'unconverted' : status(v)]++;
    this.quantities.forEach((q, i) => {
      this.parameters[i].put(places, block.parameters.get(q)!, answered);
      this.spreads[i].put(places, block.errors.get(q)!, answered);
    });
    this.quality[0].put(places, block.r2, judged);
    this.quality[1].put(places, block.rmse, judged);
    this.quality[2].put(places, block.aicc, judged);
    const codes = Float32Array.from(block.status, (s, v) => (unconverted[v] ? BLOCK_STATUSES.length : s));
    this.quality[3].put(places, codes, () => true);
  }

  /** Voxels that a stopped fit did not reach. */
  leaveOut(voxels: number): void {
    this.counts.not_done += voxels;
  }

  values(): KineticMap[] {
    return this.parameters.map((m) => m.finish());
  }

  errors(): KineticMap[] {
    return this.spreads.map((m) => m.finish());
  }

  /** Values and the maps of their quality. */
  all(): KineticMap[] {
    return [...this.values(), ...this.quality.map((m) => m.finish())];
  }
}
