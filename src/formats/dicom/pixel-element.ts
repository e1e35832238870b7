import type { DicomInstance } from '../../core/instance.ts';
import { parseDataSet, type Parsed } from './parse.ts';

// Where an instance's pixels lie, kept beside it in the realm that parsed it, so that decoding does not parse again.
const parses = new WeakMap<DicomInstance, Parsed>();

export function rememberParsed(instance: DicomInstance, parsed: Parsed): void {
  parses.set(instance, parsed);
}

/** The parse of this instance; made anew when the instance came from another realm. */
export function parsedOf(bytes: Uint8Array, instance: DicomInstance): Parsed {
  return parses.get(instance) ?? parseDataSet(bytes);
}
