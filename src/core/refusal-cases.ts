import type { Facts, Localised } from './localised.ts';
import { RefusedInput, type RefusalKind } from './refusal.ts';

/** Refusals of a kind that say more than their kind: what is wrong with a dynamic series, its times or its input. */
interface RefusalCase {
  readonly kind: RefusalKind;
  readonly sentence: Localised;
  readonly remedy: Localised;
}

export const REFUSAL_CASES = {
  too_few_phases: {
    kind: 'settings_invalid',
    sentence: {
      en: '{file} has {received} phases; this model needs at least {needed} phases in time, for fewer cannot tell its parameters apart.',
      ru: 'В {file} фаз: {received}; этой модели нужно не менее {needed}: по меньшему числу её параметры не различить.',
      zh: '{file} 有 {received} 期；该模型至少需要 {needed} 期，更少则无法区分其参数。',
    },
    remedy: {
      en: 'Take maps of curve shape, which need 2 phases, or a model with fewer parameters.',
      ru: 'Возьмите карты формы кривой (нужны 2 фазы) или модель с меньшим числом параметров.',
      zh: '请改用曲线形态图（需 2 期）或参数更少的模型。',
    },
  },
  one_phase: {
    kind: 'settings_invalid',
    sentence: {
      en: '{file} has {received} phase: without a phase before and one after the agent there is no curve.',
      ru: 'В {file} фаз: {received}; без фазы до контраста и фазы после него нет кривой.',
      zh: '{file} 只有 {received} 期：缺少增强前后的期相就没有曲线。',
    },
    remedy: {
      en: 'Open all phases together; phases written as series of their own are joined when they lie on one grid.',
      ru: 'Откройте все фазы вместе; фазы, записанные отдельными сериями, соединяются, если лежат на одной сетке.',
      zh: '请一起打开所有期相；分成多个序列的期相若在同一网格上会自动合并。',
    },
  },
  times_missing: {
    kind: 'missing_attributes',
    sentence: {
      en: '{file} does not say when its {received} phases were taken.',
      ru: 'В {file} не сказано, когда сняты её фазы (их {received}).',
      zh: '{file} 未说明其 {received} 期的采集时间。',
    },
    remedy: {
      en: 'Give the times of the frames in the settings (--seconds in the terminal).',
      ru: 'Задайте времена фаз в настройках (в терминале --seconds).',
      zh: '请在设置中给出各期时间（终端用 --seconds）。',
    },
  },
  times_not_rising: {
    kind: 'inconsistent_attributes',
    sentence: {
      en: 'The times of {file} must rise, but phase {at} is at {received} s after one at {before} s: frames are missing, doubled or out of order.',
      ru: 'Времена {file} должны расти, но фаза {at} стоит на {received} с после фазы на {before} с: фазы пропали, удвоены или перепутаны.',
      zh: '{file} 的时间必须递增，但第 {at} 期为 {received} 秒，前一期为 {before} 秒：期相缺失、重复或乱序。',
    },
    remedy: {
      en: 'Look for the missing files, or correct the times of the frames in the settings.',
      ru: 'Найдите недостающие файлы или исправьте времена фаз в настройках.',
      zh: '请查找缺失文件，或在设置中更正各期时间。',
    },
  },
  times_differ: {
    kind: 'inconsistent_attributes',
    sentence: {
      en: '{received} times were given for the {expected} phases of {file}.',
      ru: 'Для {file} дано времён: {received}, а фаз {expected}.',
      zh: '{file} 有 {expected} 期，却给出了 {received} 个时间。',
    },
    remedy: {
      en: 'Give one time for each phase.',
      ru: 'Дайте по одному времени на каждую фазу.',
      zh: '请为每期给出一个时间。',
    },
  },
  echo_missing: {
    kind: 'missing_attributes',
    sentence: {
      en: '{attribute} is not in {file}, and signals do not become concentrations without it.',
      ru: 'В {file} нет {attribute}, а без него сигнал не перевести в концентрацию.',
      zh: '{file} 中没有 {attribute}，缺少它无法把信号换算为浓度。',
    },
    remedy: {
      en: 'Enter it in the settings (--tr, --flip-angle in the terminal), or take maps of curve shape.',
      ru: 'Введите его в настройках (в терминале --tr, --flip-angle) или возьмите карты формы кривой.',
      zh: '请在设置中输入（终端用 --tr、--flip-angle），或改用曲线形态图。',
    },
  },
  no_artery: {
    kind: 'settings_invalid',
    sentence: {
      en: 'No artery was found in {file}: no voxels rise early, high and for a short time.',
      ru: 'Артерия в {file} не найдена: нет вокселей, которые поднимаются рано, высоко и ненадолго.',
      zh: '在 {file} 中未找到动脉：没有早而高且短暂上升的体素。',
    },
    remedy: {
      en: 'Draw a region in an artery, or take a population curve.',
      ru: 'Нарисуйте область в артерии или возьмите популяционную кривую.',
      zh: '请在动脉内绘制区域，或采用群体曲线。',
    },
  },
  input_short: {
    kind: 'settings_invalid',
    sentence: {
      en: 'The input curve ends at {received} s, but the tissue is followed until {needed} s: what blood does after is not known.',
      ru: 'Входная кривая кончается на {received} с, а ткань прослежена до {needed} с: что с кровью дальше, неизвестно.',
      zh: '输入曲线止于 {received} 秒，而组织测到 {needed} 秒：此后血液情况未知。',
    },
    remedy: {
      en: 'Give an input that lasts as long as the series.',
      ru: 'Дайте входную кривую на всю длительность серии.',
      zh: '请提供与序列同样长的输入曲线。',
    },
  },
  withheld: {
    kind: 'settings_invalid',
    sentence: {
      en: 'A rule blocks the numbers of {file} ({verdict}), and nobody gave a reason.',
      ru: 'Правило блокирует числа {file} ({verdict}), и никто не назвал причину.',
      zh: '有规则阻止 {file} 的数值（{verdict}），且无人说明理由。',
    },
    remedy: {
      en: 'Mend what the rule names, or make the numbers again with a reason and a role (--override, --role).',
      ru: 'Устраните то, на что указывает правило, или получите числа заново с причиной и ролью (--override, --role).',
      zh: '请排除规则指出的问题，或附上理由和身份（--override、--role）重新得出数值。',
    },
  },
  nothing_to_fit: {
    kind: 'settings_invalid',
    sentence: {
      en: 'There is no voxel to fit in {file}: the region is empty there, or no voxel has a signal.',
      ru: 'В {file} нечего подгонять: область там пуста или ни у одного вокселя нет сигнала.',
      zh: '{file} 中没有可拟合的体素：区域为空或没有体素有信号。',
    },
    remedy: {
      en: 'Choose another region, or draw one on this series.',
      ru: 'Выберите другую область или нарисуйте её на этой серии.',
      zh: '请选择其他区域，或在该序列上绘制。',
    },
  },
  artery_empty: {
    kind: 'settings_invalid',
    sentence: {
      en: 'The region of the artery holds no voxel of {file}.',
      ru: 'Область артерии не содержит ни одного вокселя {file}.',
      zh: '动脉区域不含 {file} 的任何体素。',
    },
    remedy: {
      en: 'Draw it on this series, or let the artery be found.',
      ru: 'Нарисуйте её на этой серии или поручите поиск артерии программе.',
      zh: '请在该序列上绘制，或由程序自动寻找动脉。',
    },
  },
  t1_not_positive: {
    kind: 'settings_invalid',
    sentence: {
      en: 'T1 before contrast must be above 0, but {received} s was given: no signal becomes a concentration with it.',
      ru: 'T1 до контраста должно быть больше 0, а задано {received} с: с ним сигнал не перевести в концентрацию.',
      zh: '增强前 T1 必须大于 0，却给出 {received} 秒：无法据此把信号换算为浓度。',
    },
    remedy: {
      en: 'Enter T1 of tissue and of blood in seconds (--t10, --t10-blood in the terminal), or give a T1 map.',
      ru: 'Введите T1 ткани и крови в секундах (в терминале --t10, --t10-blood) или дайте карту T1.',
      zh: '请以秒为单位输入组织和血液的 T1（终端用 --t10、--t10-blood），或提供 T1 图。',
    },
  },
  baseline_impossible: {
    kind: 'settings_invalid',
    sentence: {
      en: '{received} frames before the contrast were asked for; in {file} it can be 1 to {most}.',
      ru: 'Задано фаз до контраста: {received}; в {file} их может быть от 1 до {most}.',
      zh: '指定增强前帧数为 {received}；在 {file} 中应为 1 至 {most}。',
    },
    remedy: {
      en: 'Correct the number, or leave it out: then it is found from the curve.',
      ru: 'Исправьте число или не задавайте его: тогда оно находится по кривой.',
      zh: '请更正该数，或留空，由曲线自动确定。',
    },
  },
  step_flat: {
    kind: 'settings_invalid',
    sentence: {
      en: 'The step “{step}” found nothing to hold on to: the {received} voxels of the region or body are too few, or all equal.',
      ru: 'Шагу «{step}» не за что зацепиться: вокселей области или тела ({received}) слишком мало, либо все они равны.',
      zh: '步骤“{step}”无从着手：区域或身体内的体素（{received} 个）太少，或全部相等。',
    },
    remedy: {
      en: 'Take a larger region of tissue, or leave the step out.',
      ru: 'Возьмите большую область ткани или уберите шаг.',
      zh: '请选择更大的组织区域，或去掉该步骤。',
    },
  },
  step_needs_region: {
    kind: 'settings_invalid',
    sentence: {
      en: 'The step “{step}” needs a region: the reference tissue.',
      ru: 'Шагу «{step}» нужна область: опорная ткань.',
      zh: '步骤“{step}”需要一个区域：参考组织。',
    },
    remedy: {
      en: 'Draw a region in muscle or fat and choose it (--mask in the terminal).',
      ru: 'Нарисуйте область в мышце или жире и выберите её (--mask в терминале).',
      zh: '请在肌肉或脂肪中画一个区域并选中（终端中为 --mask）。',
    },
  },
  step_needs_references: {
    kind: 'settings_invalid',
    sentence: {
      en: 'The step “{step}” needs {expected} or more other images for its scale; {received} were given.',
      ru: 'Шагу «{step}» для шкалы нужны другие изображения: не менее {expected}; дано {received}.',
      zh: '步骤“{step}”需要至少 {expected} 幅其他图像来确定尺度；提供了 {received} 幅。',
    },
    remedy: {
      en: 'Choose reference images (--reference in the terminal), or take WhiteStripe, which needs none.',
      ru: 'Выберите опорные изображения (--reference в терминале) или возьмите WhiteStripe, которому они не нужны.',
      zh: '请选择参考图像（终端中为 --reference），或改用不需要参考的 WhiteStripe。',
    },
  },
  step_not_positive: {
    kind: 'settings_invalid',
    sentence: {
      en: 'The step “{step}” needs positive signals, but {received} of {expected} voxels have one.',
      ru: 'Шагу «{step}» нужны положительные сигналы, а они лишь у {received} из {expected} вокселей.',
      zh: '步骤“{step}”需要正信号，但 {expected} 个体素中只有 {received} 个为正。',
    },
    remedy: {
      en: 'Correct the field before normalising, and only on images of signal (MR).',
      ru: 'Исправляйте поле до нормализации и только на изображениях сигнала (МР).',
      zh: '请在归一化之前校正场，且仅用于信号图像（MR）。',
    },
  },
  threshold_needs_suv: {
    kind: 'settings_invalid',
    sentence: {
      en: 'A fixed SUV means nothing here: the values of this image are {received}, not SUV.',
      ru: 'Фиксированный SUV здесь не имеет смысла: значения этого изображения — {received}, а не SUV.',
      zh: '固定 SUV 在此没有意义：该图像的数值为 {received}，而非 SUV。',
    },
    remedy: {
      en: 'Take a range or a percentage of the maximum, or a PET series with SUV.',
      ru: 'Возьмите диапазон или долю максимума либо серию ПЭТ с SUV.',
      zh: '请使用范围或最大值百分比，或选择带 SUV 的 PET 序列。',
    },
  },
  limits_crossed: {
    kind: 'settings_invalid',
    sentence: {
      en: 'The lower limit, {low}, lies above the upper one, {high}.',
      ru: 'Нижний предел, {low}, выше верхнего, {high}.',
      zh: '下限 {low} 高于上限 {high}。',
    },
    remedy: {
      en: 'Swap the two, or leave one of them open.',
      ru: 'Поменяйте их местами или оставьте один открытым.',
      zh: '请交换两者，或将其中之一留空。',
    },
  },
  region_locked: {
    kind: 'settings_invalid',
    sentence: {
      en: 'The region {received} is locked and stays as it is.',
      ru: 'Область {received} закрыта замком и остаётся как есть.',
      zh: '区域 {received} 已锁定，保持不变。',
    },
    remedy: {
      en: 'Unlock it in the list, or let the result become a new region.',
      ru: 'Снимите замок в списке или сделайте результат новой областью.',
      zh: '请在列表中解锁，或将结果另存为新区域。',
    },
  },
  region_memory: {
    kind: 'too_large',
    sentence: {
      en: 'The region {region} on {size} voxels does not fit in the memory of this browser.',
      ru: 'Область {region} на {size} вокселях не помещается в память этого браузера.',
      zh: '区域 {region} 涉及 {size} 个体素，超出此浏览器的内存。',
    },
    remedy: {
      en: 'Close other series and tabs, or resample the image to larger voxels first.',
      ru: 'Закройте другие серии и вкладки либо сначала перенесите изображение на более крупные воксели.',
      zh: '请关闭其他序列和标签页，或先将图像重采样为更大的体素。',
    },
  },
  region_other_frame: {
    kind: 'region_grid_differs',
    sentence: {
      en: 'The region {region} was drawn in another frame of reference than the series {series}: the same millimetres are another place there.',
      ru: 'Область {region} нарисована в другой системе координат, чем серия {series}: те же миллиметры там — другое место.',
      zh: '区域 {region} 与序列 {series} 的参考坐标系不同：相同的毫米坐标指向不同位置。',
    },
    remedy: {
      en: 'Register the two images in other software first, or draw the region anew.',
      ru: 'Сначала совместите изображения в другой программе или нарисуйте область заново.',
      zh: '请先用其他软件配准两幅图像，或重新勾画。',
    },
  },
  runs_not_json: {
    kind: 'settings_invalid',
    sentence: {
      en: '{file} is no whole JSON text: it is damaged or cut short after {received} characters.',
      ru: '{file} — не целый текст JSON: он повреждён или обрывается после {received} знаков.',
      zh: '{file} 不是完整的 JSON 文本：已损坏，或在 {received} 个字符后被截断。',
    },
    remedy: {
      en: 'Export the runs again and copy the whole file.',
      ru: 'Выгрузите прогоны ещё раз и скопируйте файл целиком.',
      zh: '请重新导出测试记录并完整复制文件。',
    },
  },
  runs_not_ours: {
    kind: 'settings_invalid',
    sentence: {
      en: '{file} holds no equipment runs: it does not begin as “{expected}”.',
      ru: 'В {file} нет прогонов оборудования: файл не вида «{expected}».',
      zh: '{file} 不含设备测试记录：类型不是“{expected}”。',
    },
    remedy: {
      en: 'Choose a file that was exported from the Equipment stage.',
      ru: 'Выберите файл, выгруженный на этапе «Оборудование».',
      zh: '请选择由“设备”步骤导出的文件。',
    },
  },
  runs_version: {
    kind: 'settings_invalid',
    sentence: {
      en: '{file} is of version {received}; this program reads version {expected}.',
      ru: '{file} версии {received}; эта программа читает версию {expected}.',
      zh: '{file} 的版本为 {received}；本程序读取版本 {expected}。',
    },
    remedy: {
      en: 'Open it with the newer program that wrote it.',
      ru: 'Откройте его более новой программой, которая его записала.',
      zh: '请用写出该文件的较新程序打开。',
    },
  },
  runs_field: {
    kind: 'settings_invalid',
    sentence: {
      en: 'In {file}, {where} should be {expected}, but is {received}; nothing was taken from it.',
      ru: 'В {file} поле {where} должно быть {expected}, а там {received}; из файла ничего не взято.',
      zh: '{file} 中 {where} 应为 {expected}，实际为 {received}；未导入任何内容。',
    },
    remedy: {
      en: 'Correct this field, or export the file again.',
      ru: 'Исправьте это поле или выгрузите файл ещё раз.',
      zh: '请更正该字段，或重新导出文件。',
    },
  },
  run_seal_broken: {
    kind: 'settings_invalid',
    sentence: {
      en: 'In {file}, the run of {date} was changed after it was signed; nothing was taken from the file.',
      ru: 'В {file} прогон от {date} изменён после подписи; из файла ничего не взято.',
      zh: '{file} 中 {date} 的测试在签字后被改动；未导入任何内容。',
    },
    remedy: {
      en: 'Take the file as it was exported; corrections are made as amendments.',
      ru: 'Возьмите файл таким, как он был выгружен; исправления вносятся новой редакцией.',
      zh: '请使用导出时的原文件；更正须以修订方式进行。',
    },
  },
  run_signed: {
    kind: 'settings_invalid',
    sentence: {
      en: 'The run of {date} is signed and cannot be changed or removed.',
      ru: 'Прогон от {date} подписан: изменить или удалить его нельзя.',
      zh: '{date} 的测试已签字，不能更改或删除。',
    },
    remedy: {
      en: 'Make an amendment: a new version with a reason, beside the signed one.',
      ru: 'Внесите новую редакцию с причиной: она встанет рядом с подписанной.',
      zh: '请进行修订：注明原因的新版本，与已签字版本并存。',
    },
  },
  reason_missing: {
    kind: 'settings_invalid',
    sentence: {
      en: 'This change needs a reason in words.',
      ru: 'Для этого изменения нужна причина словами.',
      zh: '此更改需要文字说明原因。',
    },
    remedy: {
      en: 'Write why, for example “tube replaced”.',
      ru: 'Напишите почему, например «заменена трубка».',
      zh: '请写明原因，例如“更换球管”。',
    },
  },
  baseline_too_few: {
    kind: 'settings_invalid',
    sentence: {
      en: 'A baseline of {expected} constancy runs was asked for, but there are {received}.',
      ru: 'Для базовой линии задано прогонов постоянства: {expected}, а есть {received}.',
      zh: '要求以 {expected} 次稳定性测试为基线，但只有 {received} 次。',
    },
    remedy: {
      en: 'Measure more runs, or take fewer (three at least).',
      ru: 'Сделайте ещё прогоны или возьмите меньше (не менее трёх).',
      zh: '请增加测试次数，或取较少次数（至少三次）。',
    },
  },
  phantom_not_found: {
    kind: 'settings_invalid',
    sentence: {
      en: 'Nothing in {file} stands out from its background, so no phantom was found.',
      ru: 'В {file} ничто не выделяется на фоне: фантом не найден.',
      zh: '{file} 中没有从背景突出的物体，未找到体模。',
    },
    remedy: {
      en: 'Choose the series of the phantom, or place the regions by hand.',
      ru: 'Выберите серию с фантомом или расставьте области вручную.',
      zh: '请选择体模序列，或手动放置区域。',
    },
  },
  book_elsewhere: {
    kind: 'settings_invalid',
    sentence: {
      en: 'The runs of this device were changed in another tab meanwhile; nothing was written here.',
      ru: 'Прогоны этого устройства тем временем изменены в другой вкладке; здесь ничего не записано.',
      zh: '该设备的测试记录已在另一标签页中更改；此处未写入。',
    },
    remedy: {
      en: 'Look at the list again, then repeat the change.',
      ru: 'Посмотрите список ещё раз и повторите изменение.',
      zh: '请重新查看列表后再操作。',
    },
  },
  store_refused: {
    kind: 'settings_invalid',
    sentence: {
      en: 'This browser keeps nothing here (private window, switched off, or full), so the run was not saved.',
      ru: 'Браузер здесь ничего не хранит (приватное окно, запрет или нет места): прогон не сохранён.',
      zh: '浏览器在此不保存数据（隐私窗口、已关闭或空间已满），测试未保存。',
    },
    remedy: {
      en: 'Export the runs to a file, or allow storage in the settings.',
      ru: 'Выгрузите прогоны в файл или разрешите хранение в настройках.',
      zh: '请将测试导出到文件，或在设置中允许存储。',
    },
  },
} as const satisfies Record<string, RefusalCase>;

export type RefusalCaseId = keyof typeof REFUSAL_CASES;

/** A refusal with words of its own; its facts are filled into them. */
export function refusedCase(id: RefusalCaseId, facts: Facts = {}): RefusedInput {
  const all = { ...facts, case: id };
  return new RefusedInput(REFUSAL_CASES[id].kind, all);
}

/** The words of a refusal that has its own. */
export function caseTextOf({ case: id }: Facts): Omit<RefusalCase, 'kind'> | undefined {
  return typeof id === 'string' && Object.hasOwn(REFUSAL_CASES, id)
    ? REFUSAL_CASES[id as RefusalCaseId]
    : undefined;
}
