import type { Finding, Severity } from '../core/finding.ts';
import type { Facts, Localised } from '../core/localised.ts';
import type { IntensityUnit } from '../core/volume.ts';
import type { ChainSettings } from './chain-settings.ts';
import type { IntensitySummary } from './diagnostics.ts';
import type { NoLevels } from './discretise.ts';
import type { Discretised } from './region-sample.ts';
import { isIdentity, type GridPlan } from './resample/plan.ts';

export interface ChainFacts {
  readonly region: string;
  readonly unit: IntensityUnit;
  readonly settings: ChainSettings;
  readonly plan: GridPlan;
  readonly sheared: boolean;
  /** Voxels drawn, after interpolation, and after re-segmentation. */
  readonly initialVoxels: number;
  readonly voxels: number;
  readonly kept: number;
  /** Voxels of the region without a value in the image. */
  readonly gaps: number;
  readonly initial: IntensitySummary | null;
  readonly interpolated: IntensitySummary | null;
  readonly final: IntensitySummary | null;
  readonly levels: Discretised | NoLevels;
  readonly image: Float64Array;
  readonly intensity: Uint8Array;
}

const CALIBRATED = new Set(['HU', 'SUVbw', 'GML', 'Bq/mL', 'mm²/s', 'Gy', 'percent']);

/** What the image chain has to say about one region: rules V-01 to V-12 of SPEC §2.5 as far as they concern it. */
export function chainFindings(f: ChainFacts): Finding[] {
  const found: Finding[] = [];
  const say = (
    id: string,
    severity: Severity,
    text: Localised,
    facts: Facts = {},
    remedy?: Localised,
  ): void => {
    found.push({ id, severity, subject: f.region, text, facts, ...(remedy ? { remedy } : {}) });
  };
  if (f.sheared) {
    say('G-04', 'fail', TEXTS.sheared, {}, TEXTS.shearedRemedy);
  }
  if (f.initialVoxels === 0) {
    say('V-01', 'block', TEXTS.empty, {}, TEXTS.emptyRemedy);
    return found;
  }
  if (f.voxels + f.gaps === 0) {
    say('V-01', 'block', TEXTS.vanished, { drawn: f.initialVoxels }, TEXTS.vanishedRemedy);
    return found;
  }
  if (f.gaps > 0) say('V-01', 'warn', TEXTS.gaps, { count: f.gaps });
  regionSize(f, say);
  const { unit, settings, levels, kept, final } = f;
  if (kept > 0 && final !== null && final.min === final.max) {
    say('V-09', 'fail', TEXTS.flat, { value: final.min });
  }
  interpolationFindings(f, say);
  const rangeLower = settings.resegmentation.range?.[0] ?? null;
  if (kept > 0 && final !== null) discretisationFindings({ unit, rangeLower, levels, kept, ...final }, say);
  return found;
}

/** What decides whether a region has a fitting number of grey levels. */
export interface BinFacts {
  readonly unit: IntensityUnit;
  /** Lower bound of the re-segmentation range, when there is one. */
  readonly rangeLower: number | null;
  readonly levels: Discretised | NoLevels;
  /** Voxels of the intensity mask, and their least and largest intensity. */
  readonly kept: number;
  readonly min: number;
  readonly max: number;
}

/** Rules V-09 and V-10 of SPEC §2.5 alone: too few or too many bins, or too few voxels for them. */
export function binFindings(region: string, f: BinFacts): Finding[] {
  const found: Finding[] = [];
  const say: Say = (id, severity, text, facts = {}, remedy) => {
    found.push({ id, severity, subject: region, text, facts, ...(remedy ? { remedy } : {}) });
  };
  if (f.kept > 0 && f.min === f.max) say('V-09', 'fail', TEXTS.flat, { value: f.min });
  else if (f.kept > 0) discretisationFindings(f, say);
  return found;
}

type Say = (id: string, severity: Severity, text: Localised, facts?: Facts, remedy?: Localised) => void;

function regionSize({ voxels, kept }: ChainFacts, say: Say): void {
  if (voxels === 0) return;
  const removed = (voxels - kept) / voxels;
  const percent = Math.round(1000 * removed) / 10;
  if (kept === 0) say('V-08', 'block', TEXTS.allRemoved, {}, TEXTS.removedRemedy);
  else if (removed > 0.5) say('V-08', 'fail', TEXTS.removed, { percent, kept }, TEXTS.removedRemedy);
  else if (removed > 0.1) say('V-08', 'warn', TEXTS.removed, { percent, kept }, TEXTS.removedRemedy);
  if (kept === 0) return;
  if (kept === 1) say('V-02', 'block', TEXTS.oneVoxel);
  else if (kept < 10) say('V-02', 'block', TEXTS.tiny, { count: kept });
  else if (kept < 64) say('V-02', 'fail', TEXTS.tiny, { count: kept });
  else if (kept < 200) say('V-02', 'warn', TEXTS.small, { count: kept });
}

function interpolationFindings(
  { settings, plan, initial, interpolated, image, intensity }: ChainFacts,
  say: Say,
): void {
  const { interpolation, approach } = settings;
  if (interpolation === null) return;
  if (
    approach === '2D' &&
    interpolation.spacing[2] !== null &&
    interpolation.spacing[2] !== plan[2].oldSpacing
  ) {
    say('V-11', 'info', TEXTS.thirdAxis, { spacing: interpolation.spacing[2], kept: plan[2].oldSpacing });
  }
  const steepest = Math.min(...plan.map((p) => p.step));
  if (steepest < 0.5) say('V-11', 'warn', TEXTS.upsampled, { factor: Math.round(10 / steepest) / 10 });
  if (interpolation.image !== 'cubic' || plan.every(isIdentity) || !initial || !interpolated) return;
  let beyond = 0;
  for (let i = 0; i < image.length; i++) {
    if (intensity[i] === 1 && (image[i]! < initial.min || image[i]! > initial.max)) beyond++;
  }
  if (beyond > 0.005 * interpolated.count) {
    say('V-12', 'warn', TEXTS.overshoot, { percent: Math.round((1000 * beyond) / interpolated.count) / 10 });
  }
}

/** Bins that a proposed width would give: the larger of the two numbers that are recommended for FBN. */
const PROPOSED_BINS = 64;
/** Fewest voxels a grey level, on average. */
const VOXELS_A_LEVEL = 5;

function discretisationFindings({ unit, rangeLower, levels, kept, min, max }: BinFacts, say: Say): void {
  if (levels === 'too_many_levels') {
    say('V-09', 'fail', TEXTS.tooMany, {}, TEXTS.tooManyRemedy);
    return;
  }
  if (levels === 'not_whole_numbers') {
    say('V-09', 'fail', TEXTS.notWhole, {}, TEXTS.notWholeRemedy);
    return;
  }
  if (typeof levels === 'string' || min === max) return;
  const { method, bins } = levels;
  if (method === 'FBN' && (bins < 8 || bins > 128)) say('V-09', 'warn', TEXTS.fbnBins, { bins });
  if (method === 'FBS') {
    if (rangeLower === null) {
      say('V-09', 'fail', TEXTS.fbsOrigin, {}, TEXTS.fbsOriginRemedy);
    }
    if (!CALIBRATED.has(unit)) say('V-09', 'fail', TEXTS.fbsUnits, { unit }, TEXTS.fbsUnitsRemedy);
    const occupied =
      Math.floor((max - levels.lower) / levels.width) - Math.floor((min - levels.lower) / levels.width) + 1;
    if (occupied < 30 || occupied > 130) {
      const width = Number(((max - min) / PROPOSED_BINS).toPrecision(2));
      const facts = { bins: occupied, width, proposed: PROPOSED_BINS };
      say('V-09', occupied < 8 ? 'fail' : 'warn', TEXTS.fbsBins, facts, TEXTS.fbsBinsRemedy);
    }
  }
  if (kept / bins < VOXELS_A_LEVEL) {
    const most = Math.floor(kept / VOXELS_A_LEVEL);
    say(
      'V-10',
      'warn',
      TEXTS.sparse,
      { voxels: kept, bins, most },
      most >= 8 ? TEXTS.sparseRemedy : undefined,
    );
  }
}

const TEXTS = {
  sheared: {
    en: 'The voxels of this image are slanted boxes (gantry tilt); lengths, volumes and interpolation assume right angles.',
    ru: 'Воксели изображения — косые параллелепипеды (наклон гентри), а длины, объёмы и интерполяция рассчитаны на прямые углы.',
    zh: '该图像的体素是斜的(机架倾斜)，而长度、体积和插值的计算都以直角为前提。',
  },
  shearedRemedy: {
    en: 'Correct the tilt before measuring, or use a series without tilt.',
    ru: 'Исправьте наклон до измерений или возьмите серию без наклона.',
    zh: '请先校正倾斜再测量，或改用无倾斜的序列。',
  },
  empty: {
    en: 'The region is empty: no voxel lies inside it.',
    ru: 'Область пуста: внутри неё нет ни одного вокселя.',
    zh: '该区域为空：其中没有任何体素。',
  },
  emptyRemedy: {
    en: 'Check that the region belongs to this series and was drawn on it.',
    ru: 'Проверьте, что область относится к этой серии и нарисована на ней.',
    zh: '请检查该区域是否属于此序列、是否画在此序列上。',
  },
  vanished: {
    en: 'The region ({drawn} voxels) vanished in interpolation: it is smaller than half a new voxel.',
    ru: 'Область ({drawn} вокс.) исчезла при интерполяции: она меньше половины нового вокселя.',
    zh: '该区域({drawn} 个体素)在插值后消失：它比新体素的一半还小。',
  },
  vanishedRemedy: {
    en: 'Choose a smaller voxel size or no interpolation.',
    ru: 'Выберите меньший размер вокселя или отключите интерполяцию.',
    zh: '请选择更小的体素尺寸，或不做插值。',
  },
  gaps: {
    en: '{count} voxels of the region have no value in the image (padding) and were left out of the intensities.',
    ru: 'У {count} вокселей области нет значения в изображении (заполнение), они исключены из интенсивностей.',
    zh: '区域中有 {count} 个体素在图像中没有数值(填充)，已从强度计算中排除。',
  },
  allRemoved: {
    en: 'Re-segmentation removed every voxel of the region.',
    ru: 'Повторная сегментация удалила все воксели области.',
    zh: '再分割去除了该区域的全部体素。',
  },
  removed: {
    en: 'Re-segmentation removed {percent} % of the region; {kept} voxels are left.',
    ru: 'Повторная сегментация удалила {percent} % области; осталось вокселей: {kept}.',
    zh: '再分割去除了该区域的 {percent} %，剩余 {kept} 个体素。',
  },
  removedRemedy: {
    en: 'Check the intensity range and the outline: the range may not suit this tissue, or the region holds other tissue.',
    ru: 'Проверьте диапазон интенсивностей и контур: диапазон может не подходить этой ткани, или в область попала другая ткань.',
    zh: '请检查强度范围和轮廓：范围可能不适合该组织，或区域中混入了其他组织。',
  },
  oneVoxel: {
    en: 'The region holds a single voxel: only its intensity has a meaning.',
    ru: 'В области один воксель: смысл имеет только его интенсивность.',
    zh: '该区域只有一个体素：只有其强度有意义。',
  },
  tiny: {
    en: 'The region holds only {count} voxels; most features do not mean anything at this size.',
    ru: 'В области всего {count} вокс.; при таком размере большинство признаков не имеют смысла.',
    zh: '该区域只有 {count} 个体素；这样小的区域，多数特征没有意义。',
  },
  small: {
    en: 'The region holds {count} voxels, few for texture features.',
    ru: 'В области {count} вокс. — мало для текстурных признаков.',
    zh: '该区域有 {count} 个体素，对纹理特征来说偏少。',
  },
  flat: {
    en: 'All intensities of the region equal {value}: it is flat, and features of variation have no value.',
    ru: 'Все интенсивности области равны {value}: она однородна, и признаки разброса не имеют значения.',
    zh: '该区域的强度全部等于 {value}：区域平坦，描述变化的特征没有数值。',
  },
  thirdAxis: {
    en: 'The 2D approach keeps the slices: the third spacing of {spacing} mm was not used, slices stay {kept} mm apart.',
    ru: 'В подходе 2D срезы сохраняются: третий шаг {spacing} мм не использован, расстояние между срезами {kept} мм.',
    zh: '2D 方式保留原有层面：未使用第三个间距 {spacing} mm，层间距仍为 {kept} mm。',
  },
  upsampled: {
    en: 'Interpolation makes voxels {factor} times finer than the image has them; detail is invented, not gained.',
    ru: 'Интерполяция делает воксели в {factor} раза мельче исходных: детали придуманы, а не получены.',
    zh: '插值使体素比原图细 {factor} 倍；细节是推测出来的，并非真实获得。',
  },
  overshoot: {
    en: 'Cubic interpolation made intensities outside the original range in {percent} % of the region (ringing at edges).',
    ru: 'Кубическая интерполяция вывела интенсивности за исходный диапазон в {percent} % области (звон на границах).',
    zh: '三次插值使区域中 {percent} % 的强度超出原有范围(边缘振铃)。',
  },
  tooMany: {
    en: 'Discretisation would need more than 65535 grey levels; features that need them have no value.',
    ru: 'Для дискретизации понадобилось бы более 65535 уровней серого; зависящие от них признаки не имеют значения.',
    zh: '离散化需要超过 65535 个灰度级；依赖它们的特征没有数值。',
  },
  tooManyRemedy: {
    en: 'Use wider bins, or a fixed number of bins.',
    ru: 'Возьмите более широкие интервалы или фиксированное их число.',
    zh: '请使用更宽的区间，或固定区间数。',
  },
  notWhole: {
    en: 'The settings ask for no discretisation, but the intensities are not whole numbers.',
    ru: 'Настройки не предусматривают дискретизации, но интенсивности — не целые числа.',
    zh: '设置要求不离散化，但强度不是整数。',
  },
  notWholeRemedy: {
    en: 'Choose FBN or FBS, or rounding.',
    ru: 'Выберите FBN или FBS либо округление.',
    zh: '请选择 FBN 或 FBS，或进行取整。',
  },
  fbnBins: {
    en: '{bins} bins are unusual for a fixed bin number; 8 to 128 are in use, 32 or 64 recommended.',
    ru: '{bins} интервалов — необычно для фиксированного числа; применяют от 8 до 128, рекомендуют 32 или 64.',
    zh: '固定区间数取 {bins} 并不常见；常用 8 至 128，推荐 32 或 64。',
  },
  fbsOrigin: {
    en: 'Fixed bin size without a lower bound: bins start at each region’s own minimum, so grey levels do not compare between patients.',
    ru: 'Фиксированная ширина без нижней границы: отсчёт идёт от минимума каждой области, и уровни серого разных пациентов несравнимы.',
    zh: '固定区间宽度却没有下限：区间从各区域自身的最小值开始，不同患者的灰度级不可比。',
  },
  fbsOriginRemedy: {
    en: 'Set the lower bound of the re-segmentation range.',
    ru: 'Задайте нижнюю границу диапазона повторной сегментации.',
    zh: '请设置再分割范围的下限。',
  },
  fbsUnits: {
    en: 'Fixed bin size on intensities without calibrated units ({unit}): the width has no common meaning.',
    ru: 'Фиксированная ширина интервала при некалиброванных единицах ({unit}): ширина не имеет общего смысла.',
    zh: '强度没有校准单位({unit})却使用固定区间宽度：该宽度没有共同含义。',
  },
  fbsUnitsRemedy: {
    en: 'Use a fixed bin number, or normalise the image first.',
    ru: 'Возьмите фиксированное число интервалов или сначала нормируйте изображение.',
    zh: '请使用固定区间数，或先对图像归一化。',
  },
  fbsBins: {
    en: 'The bin width gives {bins} bins in this region; 30 to 130 are in use.',
    ru: 'Эта ширина даёт в области {bins} интервалов; применяют от 30 до 130.',
    zh: '该区间宽度在此区域得到 {bins} 个区间；常用 30 至 130。',
  },
  fbsBinsRemedy: {
    en: 'A width of about {width} would give {proposed} bins here; keep one width for all patients.',
    ru: 'Ширина около {width} дала бы здесь {proposed} интервала; для всех пациентов берите одну ширину.',
    zh: '宽度约 {width} 时此处可得 {proposed} 个区间；所有患者应使用同一宽度。',
  },
  sparseRemedy: {
    en: 'With at most {most} bins every level has five voxels on average.',
    ru: 'Если интервалов не более {most}, на уровень в среднем приходится пять вокселей.',
    zh: '区间数不超过 {most} 时，平均每级可有五个体素。',
  },
  sparse: {
    en: '{voxels} voxels share {bins} grey levels: fewer than five voxels a level make sparse matrices.',
    ru: '{voxels} вокселей на {bins} уровней серого: менее пяти вокселей на уровень дают разреженные матрицы.',
    zh: '{voxels} 个体素分布在 {bins} 个灰度级：每级不足五个体素，矩阵会很稀疏。',
  },
} satisfies Record<string, Localised>;
