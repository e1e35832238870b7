import type { Severity } from '../../core/finding.ts';
import type { Localised } from '../../core/localised.ts';
import type { OtherSeries } from './context.ts';
import { Headers } from './headers.ts';
import { worstOf } from './judge.ts';
import { agree, severityOf, shownValues, valuesOf } from './protocol.ts';
import { settingsOf, type Setting } from './protocol-settings.ts';
import { asSeries, type ReferenceProtocol } from './reference-protocol.ts';

/** A setting of the reference: what every series is held against. */
export interface ProtocolColumn {
  readonly tag: string;
  /** DICOM keyword. */
  readonly name: string;
  readonly label: Localised;
  readonly reference: string;
}

/** One setting of one series. */
export interface ProtocolCell {
  readonly value: string;
  /** `fail` in a hard setting, `warn` beyond a tolerance, `info` where no rule judges it, `na` when it is not stated. */
  readonly severity: Severity;
}

export interface ProtocolRow {
  readonly series: string;
  readonly modality: string;
  readonly description: string;
  /** In the order of the columns. */
  readonly cells: readonly ProtocolCell[];
  /** The worst of the cells. */
  readonly verdict: Severity;
}

/** A study against a reference protocol: series × settings. */
export interface ProtocolTable {
  readonly reference: { readonly name: string; readonly modality: string };
  readonly columns: readonly ProtocolColumn[];
  readonly rows: readonly ProtocolRow[];
}

/** Holds each series against the settings that the reference states; one that it is silent about is not compared. */
export function protocolTable(all: readonly OtherSeries[], reference: ReferenceProtocol): ProtocolTable {
  const theirs = new Headers(asSeries(reference).columns);
  const stated = settingsOf(reference.modality).filter((s) => theirs.has(s.tag));
  return {
    reference: { name: reference.name, modality: reference.modality },
    columns: stated.map((s) => ({
      tag: s.tag,
      name: s.keyword,
      label: s.label,
      reference: shownValues(valuesOf(theirs, s), s),
    })),
    rows: all.map(({ series, headers }) => {
      const cells = stated.map((s) => cellOf(s, headers, theirs));
      return {
        series: series.uid,
        modality: series.modality,
        description: series.description,
        cells,
        verdict: worstOf(cells.map((c) => c.severity)),
      };
    }),
  };
}

function cellOf(s: Setting, headers: Headers, theirs: Headers): ProtocolCell {
  const own = valuesOf(headers, s);
  const value = shownValues(own, s);
  if (own.length === 0) return { value, severity: 'na' };
  return { value, severity: agree(s, own, valuesOf(theirs, s)) ? 'pass' : severityOf(s.compare) };
}
