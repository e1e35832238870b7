export { constancy } from './constancy.ts';
export { createPhantoms } from './phantoms.ts';
