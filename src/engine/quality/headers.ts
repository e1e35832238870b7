import type { Series } from '../../core/series.ts';
import { Headers, headerColumns, type HeaderColumns } from '../../quality/rules/headers.ts';
import { compareProtocols, fingerprint } from '../../quality/rules/protocol.ts';
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

/** The fingerprint of a series, and where it differs from that of a reference. */
export function protocolOf(study: Study, uid: string, reference?: string) {
  const read = (id: string) => {
    const { series, columns } = headersOf(study, id);
    return { series, headers: new Headers(columns) };
  };
  const own = read(uid);
  return {
    settings: fingerprint(own),
    differences: reference === undefined ? [] : compareProtocols(own, read(reference)),
  };
}
