import { allFinite, mean, squaresAboutMean } from '../moments.ts';
import { noValue, isNoValue, type Outcome } from '../outcome.ts';
import { meanSquares } from '../agreement/two-way.ts';
import { REPEATABILITY_FACTOR } from './within-subject.ts';

export interface Reproducibility {
  /** σ²_w: repeats, or the residual where each cell holds one value (then the interaction is part of it). */
  readonly within: number;
  /** σ²_cond: site, reader or scanner. */
  readonly condition: number;
  /** σ²_int: subject × condition; null where it cannot be told from the residual. */
  readonly interaction: number | null;
  /** Names of components that came out negative and were set to 0. */
  readonly setToZero: readonly ('condition' | 'interaction')[];
  /** 2.77·√(σ²_w + σ²_cond + σ²_int). */
  readonly rdc: number;
}

/**
 * Reproducibility over conditions by random-effects analysis of variance (Raunig 2015): expected mean squares solved for
 * the components. One value a cell: σ²_cond = (MSC − MSE)/n. r values a cell: σ²_int = (MSI − MSW)/r and
 * σ²_cond = (MSC − MSI)/(n·r).
 * @param cells subjects × conditions × repeats, equal counts
 */
export function reproducibility(
  cells: readonly (readonly (readonly number[])[])[],
): Outcome<Reproducibility> {
  const r = cells[0]?.[0]?.length ?? 0;
  if (r === 0) return noValue('too_few');
  if (cells.some((row) => row.some((cell) => cell.length !== r))) return noValue('unbalanced');
  if (!cells.every((row) => row.every(allFinite))) return noValue('not_finite');
  const ms = meanSquares(cells.map((row) => row.map(mean)));
  if (isNoValue(ms)) return ms;
  const setToZero: ('condition' | 'interaction')[] = [];
  const kept = (name: 'condition' | 'interaction', component: number) => {
    if (component >= 0) return component;
    setToZero.push(name);
    return 0;
  };
  const condition = kept('condition', (ms.columns - ms.error) / ms.n);
  if (r === 1) {
    const rdc = REPEATABILITY_FACTOR * Math.sqrt(ms.error + condition);
    return { within: ms.error, condition, interaction: null, setToZero, rdc };
  }
  const squares = cells.flat().reduce((s, cell) => s + squaresAboutMean(cell), 0);
  const within = squares / (ms.n * ms.k * (r - 1));
  const interaction = kept('interaction', ms.error - within / r);
  const rdc = REPEATABILITY_FACTOR * Math.sqrt(within + condition + interaction);
  return { within, condition, interaction, setToZero, rdc };
}
