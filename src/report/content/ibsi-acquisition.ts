import { IBSI_TEXTS as T } from './ibsi-texts.ts';
import type { IbsiSource, Put } from './ibsi-source.ts';
import { figure } from './words.ts';

/** Items 1 to 36: the patient, acquisition and reconstruction, from the headers. */
export function acquisition(source: IbsiSource, put: Put): void {
  const { language, words, series, headers, kinetics } = source;
  const [CT, MR, PT] = ['CT', 'MR', 'PT'].map((m) => series.modality === m);
  const tag = (id: string, unit = ''): string | undefined => {
    const values = headers.distinct(id).slice(0, 4);
    if (values.length === 0) return undefined;
    const text = values.map((v) => words.shown(v.replaceAll('\\', ' × '))).join(', ');
    return unit ? `${text} ${unit}` : text;
  };
  const all = (separator: string, ...parts: readonly (string | undefined)[]): string =>
    parts.filter((p) => p !== undefined && p !== '').join(separator);
  const labelled = (label: string, value: string | undefined) => value && `${label} ${value}`;
  /** An item of one modality: its value there, and that it does not apply elsewhere. */
  const of = (concerned: boolean | undefined, number: number, value: string | undefined): void =>
    concerned ? put(number, value) : put(number, T.otherModality[language], 'not_applicable');

  put(1, all(': ', tag('00180015'), source.regionNames.join(', ')));
  const dose = headers.number('00540016>00181074');
  of(PT, 3, all(', ', tag('00540016>00180031'), dose === undefined ? '' : `${figure(dose / 1e6)} MBq`));
  const agent = tag('00180010');
  if (agent !== undefined)
    put(4, all(', ', agent, tag('00181041', 'mL'), tag('00181040'), tag('00181046', 'mL/s')));
  const machine = ['00080070', '00081090'].flatMap((id) => headers.distinct(id).slice(0, 1));
  put(7, machine.map((m) => words.machine(m)).join(' '));
  put(8, series.modality);
  const { size, times, spacing, bValues } = series;
  const phases = size[3];
  const dynamic = (n: number, [first, last]: readonly [number, number]) =>
    `${T.dynamic[language]}: ${n} × ${figure(Number(((last - first) / Math.max(1, n - 1)).toFixed(2)))} s`;
  const own =
    phases > 1 && times
      ? dynamic(phases, [times[0]!, times.at(-1)!])
      : T[bValues ? 'diffusion' : 'static'][language];
  put(
    9,
    !kinetics
      ? own
      : kinetics.own
        ? `${own}; ${kinetics.model}`
        : `${own}; ${kinetics.series}: ${dynamic(kinetics.phases, kinetics.seconds)}; ${kinetics.model}`,
  );
  if (phases > 1 && times) put(13, `${figure(Number((times.at(-1)! - times[0]!).toFixed(1)))} s`);
  else put(13, tag('00189073', 's'));
  of(CT, 14, tag('00180060', 'kV'));
  of(CT, 15, tag('00181151', 'mA'));
  of(PT, 16, undefined);
  of(MR, 17, tag('00181250'));
  of(MR, 18, tag('00180020'));
  of(MR, 19, tag('00180021'));
  if (MR || headers.has('00180022')) put(20, tag('00180022'));
  else of(false, 20, undefined);
  of(MR, 21, tag('00180080', 'ms'));
  of(MR, 22, tag('00180081', 'ms'));
  of(MR, 23, tag('00180091'));
  of(MR, 24, tag('00180082', 'ms'));
  of(MR, 25, tag('00181314', '°'));
  of(MR, 26, all(', ', tag('00180023'), labelled('NEX', tag('00180083'))));
  of(MR, 27, tag('00180087', 'T'));
  if (spacing) {
    put(28, `${figure(spacing[0])} × ${figure(spacing[1])} mm, ${size[0]} × ${size[1]}`);
    put(29, all('; ', tag('00180050', 'mm'), `${T.step[language]} ${figure(spacing[2])} mm`));
  }
  of(CT, 30, tag('00181210'));
  of(CT, 31, tag('00189315'));
  of(CT, 32, tag('00181152', 'mAs'));
  of(PT, 33, tag('00541103'));
  of(PT, 34, all('; ', tag('00541101'), tag('00541105')));
  of(MR, 35, undefined);
  if (bValues) put(36, `${bValues.map(figure).join(', ')} s/mm²`);
  else put(36, T[MR ? 'noDiffusion' : 'otherModality'][language], 'not_applicable');
}
