import type { Verdict } from '../../quality/gate.ts';

/**
 * What the rules said of the series and the regions that numbers come from, where this engine was asked before the numbers were
 * made (`assess`). A region that was not among those asked about, or was changed since, leaves it `notRun`.
 */
export type HeardVerdict = Verdict | 'not assessed';
