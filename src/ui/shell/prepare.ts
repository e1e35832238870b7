import { loadKinetics } from '../kinetics/load.ts';
import { loadWorkbench } from '../regions/load.ts';
import { markMoment } from '../state/marks.ts';
import { loadHistogram, loadLessons } from '../learn/load.ts';
import { loadNames } from '../tag-browser/names.ts';

/**
 * Loads, while nothing else runs, what the page will want later: the typesetter of formulas, the names of DICOM
 * attributes, the lessons and the panels of kinetics and regions. After that the page needs its server for nothing.
 */
export function prepare(): void {
  const load = () =>
    void Promise.allSettled([
      import('temml'),
      loadNames(),
      loadLessons(),
      loadHistogram(),
      loadKinetics(),
      loadWorkbench(),
    ]).then(() => markMoment('loaded'));
  // Safari has no idle callback.
  if ('requestIdleCallback' in window) window.requestIdleCallback(load);
  else setTimeout(load, 1000);
}
