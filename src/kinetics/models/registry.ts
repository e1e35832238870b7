import type { Model, ModelId } from './model.ts';
import { adiabaticTissueHomogeneity } from './adiabatic-tissue-homogeneity/index.ts';
import { extendedTofts } from './extended-tofts/index.ts';
import { patlak } from './patlak/index.ts';
import { tofts } from './tofts/index.ts';
import { twoCompartmentExchange } from './two-compartment-exchange/index.ts';
import { twoCompartmentUptake } from './two-compartment-uptake/index.ts';

/** Every model, in the order in which they are offered. A new one is a room and a line here. */
export const MODELS: readonly Model[] = [
  tofts,
  extendedTofts,
  patlak,
  twoCompartmentUptake,
  twoCompartmentExchange,
  adiabaticTissueHomogeneity,
];

/** @throws RangeError for an id that is not in the registry. */
export function modelOf(id: ModelId): Model {
  const found = MODELS.find((m) => m.id === id);
  if (!found) throw new RangeError(`no model ${id}`);
  return found;
}
