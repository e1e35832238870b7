/** Texts of the rules of acquisition in English. */
export const qualityEn = {
  'jobs.rules': 'Checking the rules',
  'jobs.checkAll': 'Checking all series',
} as const;
