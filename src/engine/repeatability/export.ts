import { together, verdictText, type Verdict } from '../../quality/gate.ts';
import type { ExtractionSettings } from '../../radiomics/settings.ts';
import { csvText } from '../../report/feature-table/csv.ts';
import type { RobustList } from '../../statistics/verdict/repeated-table.ts';
import { releasedVerdict } from '../export.ts';
import { settingsHashOf } from '../settings-hash.ts';
import { wordsOut } from '../study/told.ts';

/** What the rules said of numbers, as it leaves with them; null: nobody asked. */
export interface Said {
  readonly settingsHash: string;
  readonly qcHash: string;
  readonly verdict: Verdict | null;
}

/**
 * What goes with measurements of several regions together.
 * @param verdicts on each region that was measured; none or a null among them: nobody asked
 */
export function saidOf(settings: ExtractionSettings, verdicts: readonly (Verdict | null)[]): Said {
  const known = verdicts.filter((v) => v !== null);
  const verdict = known.length > 0 && known.length === verdicts.length ? together(known) : null;
  return {
    settingsHash: settingsHashOf(settings),
    qcHash: verdict?.qcHash ?? '',
    verdict: releasedVerdict(verdict, wordsOut(false)),
  };
}

/**
 * A long table with what the rules said at the end of each row: of its own region. `kinetex repeatability` reads it back.
 * @param verdicts on each region that was measured, in the order of the table, in which every region has as many rows
 */
export function withVerdicts(
  csv: string,
  settings: ExtractionSettings,
  verdicts: readonly (Verdict | null)[],
): string {
  const [head = '', ...rows] = csv.split('\n').filter((line) => line !== '');
  const words = wordsOut(false);
  const settingsHash = settingsHashOf(settings);
  const cells = verdicts.map((v) => {
    const said = v ? verdictText(releasedVerdict(v, words)) : 'not judged';
    return [settingsHash, v?.qcHash ?? '', csvText(said)].join();
  });
  const each = rows.length / cells.length;
  const lines = rows.map((row, n) => `${row},${cells[Math.floor(n / each)]}`);
  return `${[`${head},settings_hash,qc_hash,verdict`, ...lines].join('\n')}\n`;
}

/** A list of robust features with what was said of the numbers that it rests on. */
export const robustWith = (
  list: RobustList,
  { qcHash, verdict }: Omit<Said, 'settingsHash'>,
): RobustList => ({
  ...list,
  ...(verdict && { qcHash, verdict: verdictText(verdict) }),
});
