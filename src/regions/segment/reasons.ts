import type { Facts, Localised } from '../../core/localised.ts';

/** Why there is no segmentation: one sentence, and what to do. */
export const SEGMENTATION_REASONS = {
  box_empty: {
    text: {
      en: 'The box holds no voxel of the image.',
      ru: 'В выбранном прямоугольнике нет вокселей изображения.',
      zh: '所选方框内没有图像体素。',
    },
    remedy: {
      en: 'Draw the box over the image.',
      ru: 'Нарисуйте прямоугольник поверх изображения.',
      zh: '请在图像上绘制方框。',
    },
  },
  nothing_active: {
    text: {
      en: 'No voxel of the box has a value and lies in the region to stay within.',
      ru: 'В прямоугольнике нет вокселей со значением внутри ограничивающей области.',
      zh: '方框内没有既有数值又位于限定区域的体素。',
    },
    remedy: {
      en: 'Move the box, or leave the limiting region out.',
      ru: 'Сдвиньте прямоугольник или уберите ограничивающую область.',
      zh: '请移动方框，或去掉限定区域。',
    },
  },
  too_large: {
    text: {
      en: 'The box of {voxels} voxels would need {needed} MiB; {limit} MiB are allowed.',
      ru: 'Для прямоугольника из {voxels} вокселей нужно {needed} МиБ, а допустимо {limit} МиБ.',
      zh: '方框含 {voxels} 个体素，需要 {needed} MiB，上限为 {limit} MiB。',
    },
    remedy: {
      en: 'Draw a smaller box around the lesion.',
      ru: 'Нарисуйте прямоугольник поменьше вокруг очага.',
      zh: '请围绕病灶绘制更小的方框。',
    },
  },
  needs_missing: {
    text: {
      en: 'This method starts from {needs}, and none lie in the box.',
      ru: 'Этому методу нужны исходные данные ({needs}), но в прямоугольнике их нет.',
      zh: '该方法需要起始数据（{needs}），但方框内没有。',
    },
    remedy: {
      en: 'Mark the place, then run it again.',
      ru: 'Отметьте место и запустите снова.',
      zh: '请先标记位置，再重新运行。',
    },
  },
  one_class: {
    text: {
      en: 'All strokes are of one class; there is nothing to tell apart.',
      ru: 'Все штрихи одного класса: различать нечего.',
      zh: '所有标记都属于同一类，无法区分。',
    },
    remedy: {
      en: 'Mark some voxels of a second class, for example the background.',
      ru: 'Отметьте воксели второго класса, например фон.',
      zh: '请标记第二类体素，例如背景。',
    },
  },
  few_marks: {
    text: {
      en: 'Class {class} has {marks} marked voxels; {least} are the least to learn from.',
      ru: 'В классе {class} отмечено вокселей: {marks}; для обучения нужно не меньше {least}.',
      zh: '类别 {class} 只标记了 {marks} 个体素；学习至少需要 {least} 个。',
    },
    remedy: {
      en: 'Mark more of this class.',
      ru: 'Отметьте больше вокселей этого класса.',
      zh: '请多标记该类别的体素。',
    },
  },
  flat_image: {
    text: {
      en: 'Every voxel has the same value; nothing separates one part from another.',
      ru: 'Все воксели имеют одно значение: отделять нечего.',
      zh: '所有体素数值相同，无法区分不同部分。',
    },
    remedy: {
      en: 'Move or enlarge the box, or check the image.',
      ru: 'Сдвиньте или увеличьте прямоугольник либо проверьте изображение.',
      zh: '请移动或扩大方框，或检查图像。',
    },
  },
  too_many_classes: {
    text: {
      en: '{classes} classes were asked, and the voxels have only {distinct} different values.',
      ru: 'Запрошено классов: {classes}, а разных значений у вокселей только {distinct}.',
      zh: '要求 {classes} 个类别，但体素只有 {distinct} 种不同数值。',
    },
    remedy: {
      en: 'Ask for fewer classes.',
      ru: 'Уменьшите число классов.',
      zh: '请减少类别数。',
    },
  },
  start_full: {
    text: {
      en: 'The region to start from fills the whole box, or none of it.',
      ru: 'Начальная область занимает весь прямоугольник или не попадает в него.',
      zh: '起始区域占满整个方框，或不在方框内。',
    },
    remedy: {
      en: 'Enlarge the box, or start from a smaller region.',
      ru: 'Увеличьте прямоугольник или начните с меньшей области.',
      zh: '请扩大方框，或从更小的区域开始。',
    },
  },
  vanished: {
    text: {
      en: 'The contour shrank to nothing.',
      ru: 'Контур стянулся в ничто.',
      zh: '轮廓收缩至消失。',
    },
    remedy: {
      en: 'Start from a larger region, or smooth less.',
      ru: 'Начните с большей области или уменьшите сглаживание.',
      zh: '请从更大的区域开始，或减小平滑。',
    },
  },
  nothing_passes: {
    text: {
      en: 'No voxel passes the intensity and texture windows.',
      ru: 'Ни один воксель не проходит окна интенсивности и текстуры.',
      zh: '没有体素通过强度和纹理窗口。',
    },
    remedy: {
      en: 'Widen the windows.',
      ru: 'Расширьте окна.',
      zh: '请放宽窗口。',
    },
  },
} as const satisfies Record<string, { text: Localised; remedy: Localised }>;

export type SegmentationReason = keyof typeof SEGMENTATION_REASONS;

/** Thrown inside a method whose input has no answer; `segment` turns it into an outcome. */
export class Unsegmentable extends Error {
  constructor(
    readonly reason: SegmentationReason,
    readonly facts: Facts = {},
  ) {
    super(`${reason} ${JSON.stringify(facts)}`);
    this.name = 'Unsegmentable';
  }
}
