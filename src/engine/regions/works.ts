import type { Study } from '../api.ts';
import { isIncognito } from '../cache/results.ts';
import { Autosave } from './autosave.ts';
import { RegionWork } from './work.ts';

/** The work on the regions of one study, and how it is kept. */
interface StudyWork {
  readonly work: RegionWork;
  readonly autosave: Autosave;
}

/** The works of all open studies: later states of a study share one. */
export function createWorks() {
  const works = new Map<string, StudyWork>();
  return {
    of(this: void, study: Study): StudyWork {
      let found = works.get(study.id);
      if (!found) {
        const work = new RegionWork();
        works.set(study.id, (found = { work, autosave: new Autosave(work, study) }));
      }
      for (const r of study.regions)
        if (r.origin !== 'drawn') found.work.imports.set(r.id, found.work.imports.get(r.id) ?? r);
      found.autosave.know(study);
      return found;
    },
    close(study: Study): void {
      void works.get(study.id)?.autosave.close();
      works.delete(study.id);
    },
    /** Before everything is erased, or with `off` nothing kept any more. */
    async forget(off = isIncognito()): Promise<void> {
      await Promise.all([...works.values()].map((w) => w.autosave.forget(off)));
    },
  };
}
