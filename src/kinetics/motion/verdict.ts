import type { Finding, Severity } from '../../core/finding.ts';
import type { Localised } from '../../core/localised.ts';
import type { FrameMotion } from './measure.ts';

/** Limits of rule M-16, pixels; and the share of the radius of the region that fails. */
const WARN = 1;
const FAIL = 2;
const RADIUS_SHARE = 1 / 3;

const MOVED: Localised = {
  en: 'The patient moved between frames: {pixels} pixels ({mm} mm) in frame {frame}, {count} frames over one pixel.',
  ru: 'Пациент двигался между фазами: {pixels} пикселя ({mm} мм) в фазе {frame}; фаз со сдвигом больше пикселя: {count}.',
  zh: '患者在各期之间发生移动：第 {frame} 期移动 {pixels} 像素（{mm} mm），超过 1 像素的期数：{count}。',
};
const STILL: Localised = {
  en: 'No frame moved by more than a pixel; the largest motion is {pixels} pixels ({mm} mm), in frame {frame}.',
  ru: 'Ни одна фаза не сместилась больше чем на пиксель; наибольший сдвиг {pixels} пикселя ({mm} мм) в фазе {frame}.',
  zh: '各期移动均未超过 1 像素；最大移动为第 {frame} 期的 {pixels} 像素（{mm} mm）。',
};
const UNKNOWN: Localised = {
  en: 'Motion can not be measured in {count} of the frames: they show too few edges, or no shift and turn brings them onto the reference.',
  ru: 'Движение нельзя измерить в части фаз (их {count}): на них слишком мало контуров, или никакой сдвиг и поворот не совмещает их с опорной фазой.',
  zh: '有 {count} 期无法测量移动：可用边缘过少，或任何平移和旋转都无法与参考期对齐。',
};
const REMEDY: Localised = {
  en: 'Apply the rigid correction, or leave these frames out; check the curve of the region afterwards.',
  ru: 'Примените жёсткую коррекцию или исключите эти фазы; затем проверьте кривую области.',
  zh: '请应用刚性校正或剔除这些期相，然后检查区域曲线。',
};

/**
 * Rule M-16: motion over one pixel warns, over two pixels or a third of the region's radius fails; frames in which
 * nothing can be followed are told, and are never a pass.
 * @param subject UID of the series.
 * @param radius radius of the region, mm, when motion was measured around one.
 */
export function judgeMotion(motions: readonly FrameMotion[], subject: string, radius?: number): Finding[] {
  const out: Finding[] = [];
  const told = (severity: Severity, text: Localised, facts: Finding['facts'], remedy?: Localised) =>
    out.push({ id: 'M-16', severity, subject, text, facts, ...(remedy && { remedy }) });
  const measured = motions.flatMap((m, n) => (m.status === 'measured' ? [{ ...m, frame: n + 1 }] : []));
  const unknown = motions.length - measured.length;
  if (measured.length > 1) {
    const worst = measured.reduce((a, b) => (b.displacement > a.displacement ? b : a));
    const facts = {
      frame: worst.frame,
      pixels: Number(worst.pixels.toFixed(2)),
      mm: Number(worst.displacement.toFixed(2)),
    };
    const failed =
      worst.pixels > FAIL || (radius !== undefined && worst.displacement > radius * RADIUS_SHARE);
    const count = measured.filter((m) => m.pixels > WARN).length;
    if (failed || count > 0) told(failed ? 'fail' : 'warn', MOVED, { ...facts, count }, REMEDY);
    else if (unknown === 0) told('pass', STILL, facts);
  }
  if (unknown > 0) told('na', UNKNOWN, { count: unknown });
  return out;
}
