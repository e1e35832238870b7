import type { Series } from '../../core/series.ts';
import { Headers, headerColumns, type HeaderColumns } from '../../quality/rules/headers.ts';
import type { OtherSeries } from '../../quality/rules/context.ts';
import { compareProtocols, fingerprint } from '../../quality/rules/protocol.ts';
import { protocolTable, type ProtocolTable } from '../../quality/rules/protocol-table.ts';
import { asSeries, referenceOf, type ReferenceProtocol } from '../../quality/rules/reference-protocol.ts';
import { HEADER_TAGS } from '../../quality/rules/registry.ts';
import { sessionOf } from '../study/session.ts';
import type { Study } from '../study/study.ts';
import { seriesOf } from '../study/volume.ts';

/** What the rules read of the headers of a series. */
export function headersOf(study: Study, uid: string): { series: Series; columns: HeaderColumns } {
  const series = seriesOf(study, uid);
  const { instances } = sessionOf(study);
  return { series, columns: headerColumns(series, (file) => instances.get(file), HEADER_TAGS) };
}

const read = (study: Study, uid: string): OtherSeries => {
  const { series, columns } = headersOf(study, uid);
  return { series, headers: new Headers(columns) };
};

/** The headers of what a series is compared with: another series, or a protocol that was kept. */
export const referenceHeaders = (study: Study, reference: string | ReferenceProtocol) =>
  typeof reference === 'string' ? headersOf(study, reference) : asSeries(reference);

/** The fingerprint of a series, and where it differs from that of a reference. */
export function protocolOf(study: Study, uid: string, reference?: string | ReferenceProtocol) {
  const own = read(study, uid);
  const there = reference === undefined ? null : referenceHeaders(study, reference);
  return {
    settings: fingerprint(own),
    differences: there
      ? compareProtocols(own, { series: there.series, headers: new Headers(there.columns) })
      : [],
  };
}

/** The protocol of a series, to be kept. */
export const referenceFrom = (study: Study, uid: string, name: string): ReferenceProtocol =>
  referenceOf(read(study, uid), name);

/** Every series of a study against a protocol. */
export const protocolsOf = (study: Study, reference: ReferenceProtocol): ProtocolTable =>
  protocolTable(
    study.series.map((s) => read(study, s.uid)),
    reference,
  );
