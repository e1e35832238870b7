import type { Finding } from '../../core/finding.ts';
import type { Series } from '../../core/series.ts';
import type { KineticResult, KineticSettings, UsedInput } from './request.ts';

/** A step this much longer than those on either side is a gap, and no change of pace. */
const LONGER = 1.7;

/** What a fit is judged by. */
export interface Checked {
  readonly series: Series;
  readonly settings: KineticSettings;
  readonly seconds: Float64Array;
  readonly input: UsedInput & { readonly findings: readonly Finding[] };
  readonly mean: KineticResult['mean'];
  readonly counts: KineticResult['counts'];
  readonly baselineFrames: number;
}

/** Findings about a fit: what of the input, the timing and the fits themselves makes its maps unreliable. */
export function kineticFindings({
  series,
  settings,
  seconds,
  input,
  mean,
  counts,
  baselineFrames,
}: Checked): Finding[] {
  const subject = series.uid;
  const findings: Finding[] = [...input.findings];
  const fitted = counts.converged + counts.at_bound + counts.failed;
  const poor = counts.at_bound + counts.failed;
  const step = median(seconds.slice(1).map((t, i) => t - seconds[i]));
  if (fitted > 0 && poor / fitted > 0.1)
    findings.push({
      id: 'M-22',
      severity: poor / fitted > 0.3 ? 'fail' : 'warn',
      subject,
      text: {
        en: '{share} % of the fits failed or ended at a bound: the model or the input does not suit these curves.',
        ru: '{share} % подгонок не удались или упёрлись в границу: модель или входная функция не подходят к этим кривым.',
        zh: '{share}% 的拟合失败或停在边界：模型或输入函数不适合这些曲线。',
      },
      remedy: {
        en: 'Look at single voxels in the inspector, try a simpler model, check the input and T1.',
        ru: 'Посмотрите отдельные воксели в инспекторе, попробуйте модель проще, проверьте входную функцию и T1.',
        zh: '在检查器中查看单个体素，尝试更简单的模型，并检查输入函数与 T1。',
      },
      facts: { share: Math.round((100 * poor) / fitted) },
    });
  if (counts.unconverted > 0)
    findings.push({
      id: 'R-kinetics-signal',
      severity: counts.unconverted > 0.1 * (fitted + counts.unconverted) ? 'warn' : 'info',
      subject,
      text: {
        en: '{count} voxels have signals that no concentration gives; they are left empty.',
        ru: 'У {count} вокселей сигнал не соответствует ни одной концентрации; они оставлены пустыми.',
        zh: '{count} 个体素的信号不对应任何浓度，已留空。',
      },
      facts: { count: counts.unconverted },
    });
  const judged = fitted + counts.no_enhancement;
  if (counts.no_enhancement > 0.5 * judged)
    findings.push({
      id: 'R-kinetics-flat',
      severity: fitted === 0 ? 'warn' : 'info',
      subject,
      text: {
        en: '{share} % of the curves do not enhance: they have no parameters, and the maps are empty there.',
        ru: '{share} % кривых не показывают накопления: параметров у них нет, карты там пусты.',
        zh: '{share}% 的曲线无增强：没有参数，图上留空。',
      },
      remedy: {
        en: 'Look whether contrast reached this region, and whether the series and its times are the right ones.',
        ru: 'Проверьте, дошёл ли контраст до области и те ли это серия и времена.',
        zh: '请检查对比剂是否到达该区域，以及序列和时间是否正确。',
      },
      facts: { share: Math.round((100 * counts.no_enhancement) / judged) },
    });
  findings.push(...timing(subject, settings, seconds, step, baselineFrames), ...gaps(subject, seconds));
  if (settings.signal.kind === 'spoiled-gradient-echo' && settings.t1.tissue.kind === 'fixed')
    findings.push({
      id: 'M-09',
      severity: 'warn',
      subject,
      text: {
        en: 'T1 before contrast is taken as {t1} s everywhere; 20 % off in T1 is about 20 % off in Ktrans, ve and vp.',
        ru: 'T1 до контраста принято равным {t1} с везде; ошибка T1 в 20 % даёт около 20 % в Ktrans, ve и vp.',
        zh: '增强前 T1 处处取 {t1} 秒；T1 偏差 20% 会使 Ktrans、ve、vp 偏差约 20%。',
      },
      remedy: {
        en: 'Give a T1 map, for instance from several flip angles.',
        ru: 'Дайте карту T1, например по нескольким углам отклонения.',
        zh: '请提供 T1 图，例如由多个翻转角得到。',
      },
      facts: { t1: settings.t1.tissue.seconds },
    });
  const enhances = mean !== null && mean.fit.status !== 'no_enhancement';
  if (enhances && settings.model === 'extended-tofts' && mean.fit.atBound.includes('vp'))
    findings.push(atBound(subject, 'vp'));
  const ve = mean?.fit.parameters.ve;
  if (ve !== undefined && ve >= 1) findings.push(atBound(subject, 've'));
  const tc = mean?.fit.parameters.Tc;
  if (tc !== undefined) {
    const error = mean?.fit.errors.Tc;
    if (tc < step || error === undefined || error / tc > 0.5)
      findings.push({
        id: 'R-kinetics-transit',
        severity: 'warn',
        subject,
        text: {
          en: 'The transit time of {transit} s cannot be told from frames of {step} s.',
          ru: 'Время транзита {transit} с нельзя определить при шаге фаз {step} с.',
          zh: '帧间隔为 {step} 秒时无法确定 {transit} 秒的通过时间。',
        },
        remedy: {
          en: 'Take extended Tofts, which does not ask for it.',
          ru: 'Возьмите расширенную модель Тофтса, ей оно не нужно.',
          zh: '改用不需要该参数的扩展 Tofts 模型。',
        },
        facts: { transit: Number(tc.toPrecision(2)), step: Number(step.toPrecision(2)) },
      });
  }
  return findings;
}

/** Rules of dynamic timing: step (M-05), frames before contrast (M-06), number and duration (M-07). */
function timing(
  subject: string,
  { model }: KineticSettings,
  seconds: Float64Array,
  step: number,
  baselineFrames: number,
): Finding[] {
  const findings: Finding[] = [];
  const needsFast = model !== 'tofts' && model !== 'patlak';
  const shown = Number(step.toPrecision(3));
  if (step > 10)
    findings.push({
      id: 'M-05',
      severity: step > 20 && needsFast ? 'fail' : 'warn',
      subject,
      text: {
        en: 'Frames are {step} s apart (5 s or less is wanted): the first pass is missed, and flow, vp and Ktrans are biased.',
        ru: 'Шаг фаз {step} с (нужно не более 5 с): первый пассаж пропущен, кровоток, vp и Ktrans смещены.',
        zh: '帧间隔为 {step} 秒（应不超过 5 秒）：首过未被采到，血流、vp 与 Ktrans 有偏差。',
      },
      remedy: {
        en: 'Take the Tofts model or curve-shape maps.',
        ru: 'Возьмите модель Тофтса или карты формы кривой.',
        zh: '请改用 Tofts 模型或曲线形态图。',
      },
      facts: { step: shown },
    });
  if (baselineFrames < 5)
    findings.push({
      id: 'M-06',
      severity: baselineFrames < 3 ? 'fail' : 'warn',
      subject,
      text: {
        en: 'Only {count} frames stand before the contrast (5 are wanted): their noise goes into every concentration.',
        ru: 'До контраста фаз: {count} (нужно 5): их шум входит в каждую концентрацию.',
        zh: '增强前只有 {count} 帧（应有 5 帧）：其噪声会进入每个浓度值。',
      },
      facts: { count: baselineFrames },
    });
  const minutes = (seconds[seconds.length - 1] - seconds[0]) / 60;
  if (minutes < 5)
    findings.push({
      id: 'M-07',
      severity: minutes < 3 && model !== 'patlak' && model !== 'two-compartment-uptake' ? 'fail' : 'warn',
      subject,
      text: {
        en: 'The series lasts {minutes} min (5 are wanted): ve rests on the wash-out, which is hardly seen.',
        ru: 'Серия длится {minutes} мин (нужно 5): ve определяется по вымыванию, которого почти не видно.',
        zh: '序列仅持续 {minutes} 分钟（应有 5 分钟）：ve 取决于几乎看不到的廓清。',
      },
      facts: { minutes: Number(minutes.toPrecision(2)) },
    });
  return findings;
}

/** Steps that are whole frames longer than both their neighbours: time points are missing there. */
function gaps(subject: string, seconds: Float64Array): Finding[] {
  const steps = Array.from(seconds.slice(1), (t, i) => t - seconds[i]);
  const odd = steps.flatMap((s, i) => {
    const beside = [steps[i - 1], steps[i + 1]].filter((b) => b !== undefined);
    return beside.length === 2 && s > LONGER * Math.max(...beside) ? [i] : [];
  });
  if (odd.length === 0) return [];
  const longest = odd.reduce((a, b) => (steps[b] > steps[a] ? b : a));
  return [
    {
      id: 'R-kinetics-gap',
      severity: 'warn',
      subject,
      text: {
        en: 'Frames seem to be missing in {count} places: the longest gap is {gap} s, after {at} s.',
        ru: 'Похоже, фаз не хватает в {count} местах: самый длинный пропуск {gap} с, после {at} с.',
        zh: '似有 {count} 处缺少期相：最长间隔 {gap} 秒，在 {at} 秒之后。',
      },
      remedy: {
        en: 'Look for the missing files; the fit takes the frames at their own times.',
        ru: 'Найдите недостающие файлы; подгонка берёт фазы в их собственные моменты времени.',
        zh: '请查找缺失文件；拟合按各期自身时间进行。',
      },
      facts: {
        count: odd.length,
        gap: Number(steps[longest].toPrecision(3)),
        at: Number(seconds[longest].toPrecision(3)),
      },
    },
  ];
}

function atBound(subject: string, quantity: string): Finding {
  return {
    id: 'R-kinetics-bound',
    severity: 'warn',
    subject,
    text: {
      en: '{quantity} of the region mean ended at its bound.',
      ru: '{quantity} средней кривой области упёрлось в границу.',
      zh: '区域平均曲线的 {quantity} 停在边界。',
    },
    facts: { quantity },
  };
}

function median(values: Float64Array): number {
  const sorted = values.toSorted();
  return sorted[sorted.length >> 1] ?? 0;
}
