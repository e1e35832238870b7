import type { Engine } from '../../engine/api.ts';
import { loadFeatures } from '../features/load.ts';
import { loadKinetics } from '../kinetics/load.ts';
import { loadWorkbench } from '../regions/load.ts';
import { loadPreprocess } from '../preprocess/load.ts';
import { loadQuality } from '../quality/load.ts';
import { loadCatalogue } from '../i18n/catalogue.ts';
import { keepForOffline } from '../offline/register.ts';
import { markMoment } from '../state/marks.ts';
import { loadHistogram, loadLessons } from '../learn/load.ts';
import { loadMeasurementList } from '../viewer/load.ts';
import { loadOverlays, loadSelfTest, loadSideBySide, loadStageEvidence } from './load.ts';
import { loadRepeatability } from '../repeatability/load.ts';
import { loadEquipment } from '../equipment/load.ts';
import { loadReport } from '../report/load.ts';
import { loadNames } from '../tag-browser/names.ts';

/**
 * Loads, while nothing else runs, what the page will want later: the typesetter of formulas, the names of DICOM
 * attributes, the lessons, panels and sheets, and the later parts of the engine. After that the page needs its server for
 * nothing.
 */
export function prepare(engine: Engine): void {
  const load = () =>
    void Promise.allSettled([
      engine.prepare(),
      import('temml'),
      loadNames(),
      loadLessons(),
      loadHistogram(),
      loadFeatures(),
      loadKinetics(),
      loadPreprocess(),
      loadQuality(),
      loadOverlays(),
      loadSelfTest(),
      loadStageEvidence(),
      loadSideBySide(),
      loadMeasurementList(),
      loadWorkbench(),
      loadRepeatability(),
      loadReport(),
      loadCatalogue('ru'),
      loadCatalogue('zh'),
      keepForOffline(),
      loadEquipment(),
    ]).then(() => markMoment('loaded'));
  // Safari has no idle callback.
  if ('requestIdleCallback' in window) window.requestIdleCallback(load);
  else setTimeout(load, 1000);
}
