/** Texts of preprocessing in English. */
export const preprocessEn = {
  'preprocess.title': 'Preprocessing',
  'preprocess.help': 'Steps run from top to bottom, within the region or the body; the original stays.',
  'preprocess.region': 'Region',
  'preprocess.body': 'Whole body',
  'preprocess.references': 'Reference images',
  'preprocess.run': 'Run the steps',
  'preprocess.running': 'Preprocessing',
  'preprocess.keep': 'Keep as a series',
  'preprocess.before': 'Before',
  'preprocess.after': 'After',
  'preprocess.field': 'Field',
  'preprocess.histogram': 'Histogram: grey before, coloured after',
  'preprocess.auto': 'automatic',
} as const;
