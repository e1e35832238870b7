import { RefusedInput } from '../../core/refusal.ts';
import type { Series } from '../../core/series.ts';
import type { OtherSeries } from './context.ts';
import type { HeaderColumns } from './headers.ts';
import { valuesOf } from './protocol.ts';
import { settingsOf } from './protocol-settings.ts';

/**
 * The settings that the series of a study are held against: values of tags of acquisition and reconstruction, and nothing
 * of the patient, the day or the place.
 */
export interface ReferenceProtocol {
  /** What a person calls it. */
  readonly name: string;
  /** DICOM modality code. */
  readonly modality: string;
  /** The different values by tag; a setting that the series did not state is absent. */
  readonly settings: Readonly<Record<string, readonly string[]>>;
}

const KIND = 'kinetex reference protocol';
const LONGEST_NAME = 200;
const LONGEST_VALUE = 1024;
const MOST_VALUES = 64;

/** The protocol of a series. */
export function referenceOf({ series, headers }: OtherSeries, name: string): ReferenceProtocol {
  const stated = settingsOf(series.modality).flatMap((s) => {
    const values = valuesOf(headers, s).slice(0, MOST_VALUES);
    return values.length === 0 ? [] : [[s.tag, values] as const];
  });
  return {
    name: name.slice(0, LONGEST_NAME),
    modality: series.modality,
    settings: Object.fromEntries(stated),
  };
}

/** A canonical JSON text: the same protocol gives the same bytes. */
export const referenceToJson = ({ name, modality, settings }: ReferenceProtocol): string =>
  JSON.stringify(
    {
      kind: KIND,
      version: 1,
      name,
      modality,
      settings: settingsOf(modality).flatMap(({ tag, keyword, unit }) =>
        settings[tag] ? [{ tag, keyword, values: settings[tag], unit }] : [],
      ),
    },
    null,
    2,
  );

const refuse = (expected: string, received: unknown): RefusedInput =>
  new RefusedInput('settings_invalid', {
    name: 'reference protocol',
    expected,
    received: String(received).slice(0, 80),
  });

/**
 * Reads what {@link referenceToJson} wrote and a person may have edited.
 * @throws RefusedInput `settings_invalid` for what is no protocol, for unknown tags, and for values that are no texts
 */
export function referenceFromJson(text: string): ReferenceProtocol {
  let given: unknown;
  try {
    given = JSON.parse(text);
  } catch {
    throw refuse('JSON', text);
  }
  if (!isRecord(given) || given.kind !== KIND || !Array.isArray(given.settings))
    throw refuse(`{"kind": "${KIND}", "modality": "CT", "settings": [...]}`, text);
  const { modality } = given;
  if (typeof modality !== 'string' || !/^[A-Z]{2,16}$/.test(modality))
    throw refuse('modality: a DICOM code such as CT', modality);
  const known = settingsOf(modality).map((s) => s.tag);
  const settings: Record<string, readonly string[]> = {};
  for (const item of given.settings as unknown[]) {
    const tag = isRecord(item) ? item.tag : item;
    if (!isRecord(item) || typeof tag !== 'string' || !known.includes(tag) || Object.hasOwn(settings, tag))
      throw refuse(`each tag once, of ${known.join(', ')}`, tag);
    if (!isValues(item.values)) throw refuse(`${tag}: values as texts`, JSON.stringify(item.values));
    settings[tag] = item.values.map((v) => v.trim());
  }
  const stated = settings['00080060'];
  if (stated && (stated.length !== 1 || stated[0] !== modality))
    throw refuse(`00080060: ${modality}`, stated.join(', '));
  const name = typeof given.name === 'string' ? given.name.trim().slice(0, LONGEST_NAME) : '';
  return { name: name || modality, modality, settings };
}

/** The protocol in the place of a series, for the rules that compare: the settings are its only headers. */
export function asSeries({ name, modality, settings }: ReferenceProtocol): {
  series: Series;
  columns: HeaderColumns;
} {
  const [down, across] = (settings['00280030']?.[0] ?? '').split('\\').map(Number);
  const thickness = Number(settings['00180050']?.[0]);
  const known = [across, down].every((edge) => edge !== undefined && edge > 0);
  return {
    series: {
      uid: '',
      format: 'dicom',
      modality,
      description: name,
      size: [0, 0, 0, 1],
      affine: undefined,
      spacing: known ? [across!, down!, thickness] : undefined,
      times: undefined,
      unit: 'arbitrary',
      inverted: false,
      samples: 1,
      frameOfReference: '',
      files: [],
      planes: [],
      findings: [],
    },
    columns: {
      planes: 1,
      columns: Object.fromEntries(Object.entries(settings).map(([tag, values]) => [tag, { values }])),
    },
  };
}

const isRecord = (x: unknown): x is Record<string, unknown> =>
  typeof x === 'object' && x !== null && !Array.isArray(x);

const isValues = (x: unknown): x is string[] =>
  Array.isArray(x) &&
  x.length > 0 &&
  x.length <= MOST_VALUES &&
  x.every((v) => typeof v === 'string' && v.trim() !== '' && v.length <= LONGEST_VALUE);
