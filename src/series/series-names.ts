import { numberOf, textOf } from '../core/dicom.ts';
import type { Finding } from '../core/finding.ts';
import type { Series } from '../core/series.ts';
import type { MadeSeries } from './made-series.ts';
import { kindOf, type Plane } from './plane.ts';
import { echoTimeOf, flipAngleOf, inversionTimeOf } from './mr-settings.ts';
import { seriesFinding } from './texts.ts';

/**
 * Series of one number get names of their own: `#2`, `#3` … after the UID, and in the description what tells them apart.
 * That one number held several is told; that it held several patients is told as a failure (G-01).
 */
export function withOwnNames(made: readonly MadeSeries[], findings: Finding[]): Series[] {
  const siblings = new Map<string, MadeSeries[]>();
  for (const m of made) {
    const family = siblings.get(m.series.uid);
    if (family) family.push(m);
    else siblings.set(m.series.uid, [m]);
  }
  for (const [uid, family] of siblings) {
    if (family.length < 2) continue;
    const patients = new Set(
      family.map(
        ({ first: { attributes: f } }) =>
          `${textOf(f.instance, '00100020')}\\${textOf(f.instance, '00100010')}`,
      ),
    ).size;
    findings.push(
      patients > 1
        ? seriesFinding('G-01-patients', 'fail', uid, { count: patients })
        : seriesFinding('R-split', 'info', uid, { count: family.length }),
    );
  }
  const named = new Map<MadeSeries, Series>();
  for (const family of siblings.values()) {
    if (family.length === 1) continue;
    const tellApart = distinctionsIn(family);
    for (const [i, m] of family.entries()) {
      const { series } = m;
      const description = [series.description, ...tellApart(m.first)].filter((t) => t !== '').join(' · ');
      const uid = i === 0 ? series.uid : `${series.uid}#${i + 1}`;
      const findings = series.findings.map((f) => ({ ...f, subject: uid }));
      named.set(m, { ...series, uid, description, findings });
    }
  }
  return made.map((m) => named.get(m) ?? m.series);
}

/** In the words of the scanner, the same in every language. */
const MARKS: readonly ((p: Plane) => string)[] = [
  ({ attributes }) => mark('TE', echoTimeOf(attributes), 'ms'),
  ({ attributes }) => mark('TI', inversionTimeOf(attributes), 'ms'),
  ({ attributes }) => mark('FA', flipAngleOf(attributes), '°'),
  ({ attributes }) => mark('', numberOf(attributes.instance, '00180060'), 'kV'),
  ({ attributes: f }) => textOf(f.instance, '00181210') ?? '',
  ({ attributes: f }) => kindOf(f),
];

const mark = (name: string, value: number | undefined, unit: string): string =>
  value === undefined
    ? ''
    : `${name} ${Number(value.toPrecision(4))}${unit === '°' ? '' : ' '}${unit}`.trim();

/** Of one family, what a plane says that not all siblings of the same description say. */
function distinctionsIn(family: readonly MadeSeries[]): (own: Plane) => string[] {
  const named = (p: Plane): string => textOf(p.attributes.instance, '0008103E') ?? '';
  const said = new Map<string, Set<string>[]>();
  for (const { first } of family) {
    const marks = said.get(named(first)) ?? MARKS.map(() => new Set<string>());
    said.set(named(first), marks);
    MARKS.forEach((of, i) => marks[i].add(of(first)));
  }
  return (own) =>
    MARKS.flatMap((of, i) => {
      const mine = of(own);
      return mine !== '' && said.get(named(own))![i].size > 1 ? [mine] : [];
    });
}
