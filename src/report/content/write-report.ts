import { fill, type Localised } from '../../core/localised.ts';
import { released } from '../../formats/dicom/write/released.ts';
import type { Told } from '../../formats/dicom/write/telling.ts';
import { Headers, type HeaderColumns } from '../../quality/rules/headers.ts';
import type { Series } from '../../core/series.ts';
import { reportHtml } from '../html/report-html.ts';
import { pictureFile } from '../pictures/picture-file.ts';
import type { SliceCut } from '../pictures/slice-cut.ts';
import { buildReport, regionName, seriesName, type ReportSource } from './build.ts';
import type { ReportContent } from './content.ts';
import { mapName } from './kinetics.ts';
import { CONTENT_TEXTS } from './texts.ts';
import { Words } from './words.ts';

/** A series with the texts of its headers. */
export interface SeriesWithHeaders {
  readonly series: Series;
  readonly headers: HeaderColumns;
}

/** Everything that a report is made of, as plain data. */
export interface ReportMaterial extends Omit<
  ReportSource,
  'words' | 'headers' | 'series' | 'dynamic' | 'pictures'
> {
  readonly series: SeriesWithHeaders;
  readonly dynamic: SeriesWithHeaders | null;
  /** What the files of the study tell of people: words that may not leave. */
  readonly told: readonly Told[];
  readonly cuts: readonly PictureCut[];
}

/** A slice to be drawn, and what it shows: the region at a place among the tables, or a map by its name. */
export interface PictureCut {
  readonly cut: SliceCut;
  readonly shows:
    { readonly table: number } | { readonly map: { readonly id: string; readonly name: Localised } };
  readonly unit: string;
}

/** One report in two forms: a page for people, and the same as data. */
export interface WrittenReport {
  readonly html: string;
  readonly json: string;
  readonly content: ReportContent;
}

/** Draws the pictures, and writes the report. */
export function writeReport(material: ReportMaterial): WrittenReport {
  const { series, dynamic, told, cuts, ...rest } = material;
  const { identified, software, language } = rest;
  const words = new Words(released({}, { identified, now: { date: '', time: '' }, maker: software, told }));
  const named = { identified, words, language };
  const pictures = cuts.map(({ cut, shows, unit }) => {
    const region = 'table' in shows;
    const name = region
      ? regionName(material.tables[shows.table]!.name, shows.table, named)
      : mapName(shows.map, language);
    const of =
      region || !dynamic ? seriesName(named, series.series, 1) : seriesName(named, dynamic.series, 2);
    const facts = { name, series: of, slice: cut.slice, slices: cut.slices };
    return pictureFile(cut, fill(CONTENT_TEXTS.slice[language], facts), unit);
  });
  const content = buildReport({
    ...rest,
    words,
    series: series.series,
    headers: new Headers(series.headers),
    dynamic: dynamic && { series: dynamic.series, headers: new Headers(dynamic.headers) },
    pictures,
  });
  return { html: reportHtml(content), json: JSON.stringify(content, null, 2), content };
}
