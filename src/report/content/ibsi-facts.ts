import { acquisition } from './ibsi-acquisition.ts';
import { computation } from './ibsi-computation.ts';
import { processing } from './ibsi-processing.ts';
import type { IbsiFact, IbsiSource, Put } from './ibsi-source.ts';

/** What is known of the items, by number. What is not known is absent, never guessed. */
export function ibsiFacts(source: IbsiSource): Map<number, IbsiFact> {
  const facts = new Map<number, IbsiFact>();
  const put: Put = (number, value, state = 'filled') => {
    if (value !== undefined && value.trim() !== '') facts.set(number, { state, value });
  };
  acquisition(source, put);
  processing(source, put);
  computation(source, put);
  const { name, version, kernels } = source.software;
  put(61, `${name} ${version} (${kernels.slice(0, 12)})`);
  return facts;
}
