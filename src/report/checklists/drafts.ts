import type { Localised } from '../../core/localised.ts';
import type { ReportContent } from '../content/content.ts';
import type { Answered, Evidence } from './item.ts';

/** Features come from the image itself. */
const ORIGINAL: Localised = {
  en: 'original image, no filter',
  ru: 'исходное изображение без фильтров',
  zh: '原始图像，未滤波',
};

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
  const titled = (...numbers: readonly number[]): string =>
    content.ibsi
      .filter((i) => numbers.includes(i.number) && i.state === 'filled')
      .map((i) => `${i.title}: ${i.value}`)
      .join('; ');
  const told = (number: number): string => content.ibsi.find((i) => i.number === number)?.value ?? '';
  const series = content.series[0];
  const protocol = [14, 15, 18, 21, 22, 25, 27, 30, 33].filter((n) => value(n) !== '');
  // Voxel edges alone are no protocol.
  if (series && protocol.length >= 3 && value(7) !== '')
    metrics[6] = clear[16] = yes('series', series.name, titled(7, ...protocol, 28, 29));
  const regions = content.regions.filter((r) => r.features.length > 0);
  if (regions.length === 0) return { metrics, clear };
  const settings = (text: string): Answered => yes('settings', content.hashes.settings, text);
  metrics[13] = settings(
    content.settings
      .map((l) => `${l.label} ${l.value}`)
      .join(', ')
      .slice(0, 300),
  );
  const names = regions.map((r) => r.region).join(', ');
  if (value(48)) metrics[8] = clear[19] = yes('region', names, value(48));
  clear[21] = settings(titled(45, 46, 47, 50, 51, 55, 56));
  clear[22] = settings([told(50), told(51)].filter(Boolean).join('; '));
  if (value(56)) clear[23] = settings(value(56));
  clear[24] = settings(value(57) || ORIGINAL[content.language]);
  clear[25] = settings(value(61));
  if (value(58)) {
    clear[26] = settings(value(58));
    clear[27] = settings(String(new Set(regions[0]!.features.map((f) => f.tag)).size));
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
