import type { ReportContent } from '../content/content.ts';
import type { Answered, Evidence } from './item.ts';

const yes = (kind: Evidence['kind'], reference: string, text: string): Answered => ({
  answer: 'yes',
  evidence: { kind, reference, text },
});

/**
 * Answers that a report itself is evidence for; a draft that the person may change. Only objects that are there answer:
 * headers, settings, a table, a self-test without failures. Everything about the study as a whole stays open.
 */
export function draftAnswers(content: ReportContent): {
  readonly metrics: Readonly<Record<number, Answered>>;
  readonly clear: Readonly<Record<number, Answered>>;
} {
  const metrics: Record<number, Answered> = {};
  const clear: Record<number, Answered> = {};
  const value = (number: number): string =>
    content.ibsi.find((i) => i.number === number && i.state === 'filled')?.value ?? '';
  const series = content.series[0];
  const protocol = [14, 18, 21, 22, 29, 30, 33].map(value).filter((v) => v !== '');
  // Voxel edges alone are no protocol.
  if (series && protocol.length >= 3 && value(7) !== '')
    metrics[6] = clear[16] = yes('series', series.name, `${value(7)}; ${protocol.join('; ')}`);
  const regions = content.regions.filter((r) => r.features.length > 0);
  if (regions.length === 0) return { metrics, clear };
  const settings = (text: string): Answered => yes('settings', content.hashes.settings, text);
  metrics[13] = settings(
    content.settings
      .map((l) => `${l.label} ${l.value}`)
      .join(', ')
      .slice(0, 300),
  );
  clear[21] = settings(value(55) || value(56));
  if (value(50)) clear[22] = settings(`${value(50)}; ${value(51)}`);
  if (value(56)) clear[23] = settings(value(56));
  if (value(57)) clear[24] = settings(value(57));
  clear[25] = settings(value(61));
  if (value(58)) {
    clear[26] = settings(value(58));
    clear[27] = settings(value(58));
  }
  clear[28] = metrics[13];
  const { selfTest, software } = content;
  if (selfTest && selfTest.failed === 0 && selfTest.passed > 0)
    metrics[12] = yes(
      'self-test',
      software.kernels,
      `${software.name} ${software.version}: ${selfTest.passed} / ${selfTest.passed}`,
    );
  for (const record of [metrics, clear])
    for (const [number, { evidence }] of Object.entries(record))
      if (!evidence?.text) delete record[Number(number)];
  return { metrics, clear };
}
