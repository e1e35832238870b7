import type { Localised } from '../core/localised.ts';

/** What must be known of numbers whose image is not there: by the id of the finding. */
export const CARRIED_TEXTS = {
  'R-carried-blocked': {
    text: {
      en: 'Numbers left out because a rule blocks them and nobody gave a reason: {rows} (rows or cases).',
      ru: 'Не использованы числа, которые блокирует правило и за которые никто не назвал причину: {rows} (строк или случаев).',
      zh: '有规则阻止且无人说明理由的数值未被使用：{rows}（行或例）。',
    },
    remedy: {
      en: 'Mend what the rule names, or make the numbers again with a reason and a role (--override, --role).',
      ru: 'Устраните то, на что указывает правило, или получите числа заново с причиной и ролью (--override, --role).',
      zh: '请排除规则指出的问题，或附上理由和身份（--override、--role）重新得出数值。',
    },
  },
  'R-carried-nothing': {
    text: {
      en: 'Not assessed: these numbers do not say what quality rules found, and there is no image to ask.',
      ru: 'Не оценено: числа не говорят, что нашли правила качества, а снимка, чтобы это проверить, нет.',
      zh: '未评估：这些数值未说明质量规则的结果，也没有图像可供检查。',
    },
    remedy: {
      en: 'Bring numbers that were made with --qc or exported from the page: they carry the columns settings_hash, qc_hash and verdict.',
      ru: 'Возьмите числа, полученные с --qc или выгруженные со страницы: в них есть столбцы settings_hash, qc_hash и verdict.',
      zh: '请使用以 --qc 得出或从页面导出的数值：其中带有 settings_hash、qc_hash 和 verdict 列。',
    },
  },
  'R-carried-verdict': {
    text: {
      en: 'When these numbers were made, quality rules said: {verdict}.',
      ru: 'Когда эти числа были получены, правила качества сказали: {verdict}.',
      zh: '得出这些数值时，质量规则的结论为：{verdict}。',
    },
  },
  'R-carried-part': {
    text: {
      en: 'Numbers that nobody judged are among those that were: {rows} (rows or cases).',
      ru: 'Среди оценённых есть числа, которые никто не оценивал: {rows} (строк или случаев).',
      zh: '其中混有未经评估的数值：{rows}（行或例）。',
    },
  },
  'R-carried-no-reason': {
    text: {
      en: 'A rule failed, and no reason was given for using these numbers.',
      ru: 'Правило нарушено, а причина использовать эти числа не названа.',
      zh: '有规则未通过，且未说明使用这些数值的理由。',
    },
  },
  'R-carried-settings': {
    text: {
      en: 'These numbers were made with {settings} different settings: differences between them need not be of the patients.',
      ru: 'Эти числа получены с разными настройками (их {settings}): различия между ними могут быть не от пациентов.',
      zh: '这些数值由 {settings} 种不同设置得出：它们之间的差异未必来自患者。',
    },
  },
} as const satisfies Readonly<Record<string, { readonly text: Localised; readonly remedy?: Localised }>>;
