/**
 * Parts of the engine that the first picture does not need: loaded when they are first asked for, or all at once by
 * {@link loadAll} while the page is idle, so that afterwards it wants nothing of its server.
 */
export const later = {
  quality: () => import('./quality/rules.ts'),
  segmentation: () => import('./segment/methods.ts'),
  preprocess: () => import('./preprocess/preprocess.ts'),
  report: () => import('./report/make-report.ts'),
  checklists: () => import('./report/checklists.ts'),
  equipment: () => import('./equipment/equipment.ts'),
  statistics: () => import('./statistics.ts'),
  perturbations: () => import('./repeatability/perturbation-study.ts'),
  readers: () => import('./repeatability/readers.ts'),
  parametricMap: () => import('./kinetics/dicom-map.ts'),
} as const;

export const loadAll = async (): Promise<void> =>
  void (await Promise.all(Object.values(later).map((load) => load())));
