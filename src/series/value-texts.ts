import type { Localised } from '../core/localised.ts';

/** Sentence of a finding, what to do about it, and the attributes it rests on. */
export interface FindingText {
  readonly text: Localised;
  readonly remedy?: Localised;
  readonly tags: readonly string[];
}

/** What the values of a series can give rise to: rescale, origin, units, SUV; keys start with the rule id (SPEC §2). */
export const VALUE_TEXTS = {
  'G-08': {
    text: {
      en: 'The file gives no rescale: values are taken as stored, in no known unit.',
      ru: 'В файле нет пересчёта значений: они взяты как есть, единица неизвестна.',
      zh: '文件没有重标定信息：数值按存储值使用，单位未知。',
    },
    tags: ['00281052', '00281053'],
  },
  'G-08-table': {
    text: {
      en: 'The file turns stored values into intensities by a table, which is not applied: the unit is not known.',
      ru: 'Файл переводит хранимые значения в интенсивности по таблице, она не применена: единица неизвестна.',
      zh: '文件用查找表把存储值换算为强度，该表未应用：单位未知。',
    },
    remedy: {
      en: 'Export the series with a rescale slope and intercept.',
      ru: 'Экспортируйте серию с наклоном и сдвигом пересчёта.',
      zh: '请以重标定斜率和截距导出该序列。',
    },
    tags: ['00283000'],
  },
  'G-08-mixed': {
    text: {
      en: 'Slices of the series are stored in different ways (signed and unsigned, or other bits); each is read by its own.',
      ru: 'Срезы серии хранятся по-разному (со знаком и без, иная разрядность); каждый прочитан по своим правилам.',
      zh: '该序列的切片存储方式不同（有符号与无符号或位数不同）；各按自身方式读取。',
    },
    tags: ['00280100', '00280103'],
  },
  'G-10': {
    text: {
      en: 'The images were compressed with loss: texture is altered.',
      ru: 'Изображения сжаты с потерями: текстура изменена.',
      zh: '图像经过有损压缩：纹理已改变。',
    },
    tags: ['00282110'],
  },
  'G-10-ratio': {
    text: {
      en: 'The images were compressed with loss, {ratio} to 1: texture is not to be measured.',
      ru: 'Изображения сжаты с потерями в {ratio} раз: текстуру измерять нельзя.',
      zh: '图像经过 {ratio}:1 的有损压缩：不宜测量纹理。',
    },
    tags: ['00282110', '00282112'],
  },
  'G-11': {
    text: {
      en: 'The images are derived or secondary ({type}), not as acquired.',
      ru: 'Изображения производные или вторичные ({type}), а не исходные.',
      zh: '图像为派生或二次图像（{type}），并非原始采集。',
    },
    tags: ['00080008'],
  },
  'G-11-picture': {
    text: {
      en: 'The images are projected, curved or captured pictures ({type}): they carry no measurement.',
      ru: 'Это проекции, криволинейные срезы или снимки экрана ({type}): измерений в них нет.',
      zh: '图像为投影、曲面重组或截屏图片（{type}）：不含测量信息。',
    },
    remedy: {
      en: 'Open the original series.',
      ru: 'Откройте исходную серию.',
      zh: '请打开原始序列。',
    },
    tags: ['00080008', '00080016'],
  },
  'G-12': {
    text: {
      en: 'The file says that text is burned into the picture.',
      ru: 'В файле сказано, что в снимок впечатан текст.',
      zh: '文件说明图像中烧录了文字。',
    },
    tags: ['00280301'],
  },
  'M-08-philips': {
    text: {
      en: 'The scanner also wrote its own scale ({slope}): values are as displayed, and differ between series by that scale.',
      ru: 'Томограф записал и свой масштаб ({slope}): значения — как на экране, между сериями они различаются на этот масштаб.',
      zh: '扫描仪另写有自己的比例（{slope}）：数值为显示值，不同序列之间相差该比例。',
    },
    tags: ['2005100E'],
  },
  'M-08-corrected': {
    text: {
      en: 'The scanner scaled its pictures differently from one to the next; all values are brought to the scale of the first.',
      ru: 'Томограф масштабировал снимки по-разному; все значения приведены к масштабу первого.',
      zh: '扫描仪对各图像使用了不同的比例；所有数值已统一到第一幅的比例。',
    },
    tags: ['2005100E', '00281053'],
  },
  'M-08-partly': {
    text: {
      en: 'Only {count} pictures of the series carry the scale that the scanner gave them: the others cannot be compared with them.',
      ru: 'Масштаб, заданный томографом, указан лишь в части снимков серии ({count}): остальные с ними несравнимы.',
      zh: '该序列中只有 {count} 幅图像带有扫描仪的比例：其余图像无法与之比较。',
    },
    remedy: {
      en: 'Export the series again with its private elements.',
      ru: 'Экспортируйте серию заново с приватными элементами.',
      zh: '请连同私有元素重新导出该序列。',
    },
    tags: ['2005100E'],
  },
  'R-real-world': {
    text: {
      en: 'The file states a mapping to real-world values, which is not applied: stored value × {slope} + {intercept} in {unit}.',
      ru: 'В файле указан пересчёт в физические величины, он не применён: хранимое значение × {slope} + {intercept} в {unit}.',
      zh: '文件给出了到物理量的映射（未应用）：存储值 × {slope} + {intercept}，单位 {unit}。',
    },
    tags: ['00409096'],
  },
  'P-SUV': {
    text: {
      en: 'Values are SUV by body weight: activity × {weight} kg ÷ {dose} MBq, decayed over {minutes} min with a half-life of {halfLife} s (factor {factor}).',
      ru: 'Значения — SUV по массе тела: активность × {weight} кг ÷ {dose} МБк с распадом за {minutes} мин при периоде полураспада {halfLife} с (множитель {factor}).',
      zh: '数值为按体重的 SUV：活度 × {weight} kg ÷ {dose} MBq，按半衰期 {halfLife} s 衰变 {minutes} min（系数 {factor}）。',
    },
    tags: ['00101030', '00181074', '00181075', '00181072', '00541102'],
  },
  'P-SUV-stored': {
    text: {
      en: 'The file holds SUV by body weight already (g/mL).',
      ru: 'В файле уже записан SUV по массе тела (г/мл).',
      zh: '文件中已存储按体重的 SUV（g/mL）。',
    },
    tags: ['00541001', '00541006'],
  },
  'P-SUV-philips': {
    text: {
      en: 'Values are SUV by body weight: counts × the factor {factor} that the scanner wrote.',
      ru: 'Значения — SUV по массе тела: отсчёты × множитель {factor}, записанный томографом.',
      zh: '数值为按体重的 SUV：计数 × 扫描仪写入的系数 {factor}。',
    },
    tags: ['00541001', '70531000'],
  },
  'P-01': {
    text: {
      en: 'No SUV: the images are not corrected for {missing} (ATTN attenuation, DECY decay). Values stay in {unit}.',
      ru: 'SUV нет: нет коррекций {missing} (ATTN — ослабление, DECY — распад). Значения остаются в {unit}.',
      zh: '无法计算 SUV：图像缺少校正 {missing}（ATTN 衰减校正，DECY 衰变校正）。数值单位仍为 {unit}。',
    },
    remedy: {
      en: 'Export the series again from the scanner with these attributes; a number is never guessed.',
      ru: 'Экспортируйте серию с томографа заново с этими атрибутами; числа не угадываются.',
      zh: '请从扫描仪连同这些属性重新导出该序列；绝不猜测数值。',
    },
    tags: ['00280051'],
  },
  'P-02': {
    text: {
      en: 'No SUV: the time to which decay is corrected is “{decay}”, not START or ADMIN. Values stay in {unit}.',
      ru: 'SUV нет: распад скорректирован к моменту «{decay}», а не START или ADMIN. Значения остаются в {unit}.',
      zh: '无法计算 SUV：衰变校正时刻为“{decay}”，而非 START 或 ADMIN。数值单位仍为 {unit}。',
    },
    remedy: {
      en: 'Export the series again from the scanner with these attributes; a number is never guessed.',
      ru: 'Экспортируйте серию с томографа заново с этими атрибутами; числа не угадываются.',
      zh: '请从扫描仪连同这些属性重新导出该序列；绝不猜测数值。',
    },
    tags: ['00541102'],
  },
  'P-03': {
    text: {
      en: 'No SUV: the unit of the file is “{units}”, which is no activity. Values stay in {unit}.',
      ru: 'SUV нет: единица в файле — «{units}», это не активность. Значения остаются в {unit}.',
      zh: '无法计算 SUV：文件单位为“{units}”，不是活度。数值单位仍为 {unit}。',
    },
    remedy: {
      en: 'Export the series again from the scanner with these attributes; a number is never guessed.',
      ru: 'Экспортируйте серию с томографа заново с этими атрибутами; числа не угадываются.',
      zh: '请从扫描仪连同这些属性重新导出该序列；绝不猜测数值。',
    },
    tags: ['00541001'],
  },
  'P-03-type': {
    text: {
      en: 'No SUV: the file holds an SUV of another kind ({type}), not by body weight. Values stay in {unit}.',
      ru: 'SUV нет: в файле SUV иного вида ({type}), не по массе тела. Значения остаются в {unit}.',
      zh: '无法计算 SUV：文件中存储的是另一种 SUV（{type}），并非按体重。数值单位仍为 {unit}。',
    },
    remedy: {
      en: 'Export the series again from the scanner with these attributes; a number is never guessed.',
      ru: 'Экспортируйте серию с томографа заново с этими атрибутами; числа не угадываются.',
      zh: '请从扫描仪连同这些属性重新导出该序列；绝不猜测数值。',
    },
    tags: ['00541001', '00541006'],
  },
  'P-03-differ': {
    text: {
      en: 'No SUV: the images of the series disagree on weight, unit or corrections. Values stay in {unit}.',
      ru: 'SUV нет: изображения серии расходятся в массе тела, единице или коррекциях. Значения остаются в {unit}.',
      zh: '无法计算 SUV：该序列的图像在体重、单位或校正上不一致。数值单位仍为 {unit}。',
    },
    remedy: {
      en: 'Export the series again from the scanner with these attributes; a number is never guessed.',
      ru: 'Экспортируйте серию с томографа заново с этими атрибутами; числа не угадываются.',
      zh: '请从扫描仪连同这些属性重新导出该序列；绝不猜测数值。',
    },
    tags: ['00101030', '00541001', '00280051', '00541102'],
  },
  'P-04': {
    text: {
      en: 'No SUV: the body weight is {weight} kg; 20 to 250 kg is expected. Values stay in {unit}.',
      ru: 'SUV нет: масса тела {weight} кг; ожидается от 20 до 250 кг. Значения остаются в {unit}.',
      zh: '无法计算 SUV：体重为 {weight} kg；应在 20 至 250 kg 之间。数值单位仍为 {unit}。',
    },
    remedy: {
      en: 'Export the series again from the scanner with these attributes; a number is never guessed.',
      ru: 'Экспортируйте серию с томографа заново с этими атрибутами; числа не угадываются.',
      zh: '请从扫描仪连同这些属性重新导出该序列；绝不猜测数值。',
    },
    tags: ['00101030'],
  },
  'P-05-dose': {
    text: {
      en: 'No SUV: the injected dose is {dose} Bq; 37 to 1000 MBq (written in Bq) is expected. Values stay in {unit}.',
      ru: 'SUV нет: введённая активность {dose} Бк; ожидается от 37 до 1000 МБк (записанных в Бк). Значения остаются в {unit}.',
      zh: '无法计算 SUV：注射活度为 {dose} Bq；应为 37 至 1000 MBq（以 Bq 记录）。数值单位仍为 {unit}。',
    },
    remedy: {
      en: 'Export the series again from the scanner with these attributes; a number is never guessed.',
      ru: 'Экспортируйте серию с томографа заново с этими атрибутами; числа не угадываются.',
      zh: '请从扫描仪连同这些属性重新导出该序列；绝不猜测数值。',
    },
    tags: ['00540016', '00181074'],
  },
  'P-05-half-life': {
    text: {
      en: 'No SUV: the half-life is {halfLife} s, which does not fit the tracer (fluorine-18: 6586.2 s). Values stay in {unit}.',
      ru: 'SUV нет: период полураспада {halfLife} с не подходит к препарату (фтор-18: 6586,2 с). Значения остаются в {unit}.',
      zh: '无法计算 SUV：半衰期为 {halfLife} s，与示踪剂不符（氟-18：6586.2 s）。数值单位仍为 {unit}。',
    },
    remedy: {
      en: 'Export the series again from the scanner with these attributes; a number is never guessed.',
      ru: 'Экспортируйте серию с томографа заново с этими атрибутами; числа не угадываются.',
      zh: '请从扫描仪连同这些属性重新导出该序列；绝不猜测数值。',
    },
    tags: ['00540016', '00181075'],
  },
  'P-05-start': {
    text: {
      en: 'No SUV: the time of injection, or its date for a long-lived tracer, is not stated. Values stay in {unit}.',
      ru: 'SUV нет: не указано время введения или, для долгоживущего препарата, его дата. Значения остаются в {unit}.',
      zh: '无法计算 SUV：未给出注射时间，或长寿命示踪剂未给出注射日期。数值单位仍为 {unit}。',
    },
    remedy: {
      en: 'Export the series again from the scanner with these attributes; a number is never guessed.',
      ru: 'Экспортируйте серию с томографа заново с этими атрибутами; числа не угадываются.',
      zh: '请从扫描仪连同这些属性重新导出该序列；绝不猜测数值。',
    },
    tags: ['00540016', '00181072', '00181078'],
  },
  'P-06': {
    text: {
      en: 'No SUV: neither the start of the series nor of the acquisition is stated. Values stay in {unit}.',
      ru: 'SUV нет: не указано начало ни серии, ни сбора данных. Значения остаются в {unit}.',
      zh: '无法计算 SUV：未给出序列或采集的开始时间。数值单位仍为 {unit}。',
    },
    remedy: {
      en: 'Export the series again from the scanner with these attributes; a number is never guessed.',
      ru: 'Экспортируйте серию с томографа заново с этими атрибутами; числа не угадываются.',
      zh: '请从扫描仪连同这些属性重新导出该序列；绝不猜测数值。',
    },
    tags: ['00080031', '00080032'],
  },
  'P-06-delay': {
    text: {
      en: 'No SUV: {minutes} min from injection to scan cannot be. Values stay in {unit}.',
      ru: 'SUV нет: {minutes} мин от введения до сканирования — так не бывает. Значения остаются в {unit}.',
      zh: '无法计算 SUV：从注射到扫描为 {minutes} min，不可能。数值单位仍为 {unit}。',
    },
    remedy: {
      en: 'Export the series again from the scanner with these attributes; a number is never guessed.',
      ru: 'Экспортируйте серию с томографа заново с этими атрибутами; числа не угадываются.',
      zh: '请从扫描仪连同这些属性重新导出该序列；绝不猜测数值。',
    },
    tags: ['00080031', '00080032', '00181072', '00181078'],
  },
} as const satisfies Record<string, FindingText>;
