import type { Language } from '../../core/localised.ts';
import { FAMILY_DESCRIPTIONS } from '../../radiomics/descriptions.ts';
import type { Line, ReportContent, ReportedFeature, ReportedRegion } from '../content/content.ts';
import { measured } from '../content/words.ts';
import type { InLanguage } from './in-language.ts';
import { html, NOTHING, type Markup } from './markup.ts';

const number = (value: number | null): string => (value === null ? '—' : measured(value));

/** Regions that stand side by side at most. */
const MOST_COLUMNS = 4;

/** Tables of the regions side by side, grouped by family; a region with other rows has a table of its own. */
export function featureSection({ regions, language }: ReportContent, say: InLanguage): Markup {
  if (regions.length === 0) return NOTHING;
  const open = regions.filter((r) => !r.withheld);
  const groups: ReportedRegion[][] = [];
  const rowsOf = (r: ReportedRegion) => r.features.map((f) => `${f.tag} ${f.aggregation}`).join('|');
  for (const region of open) {
    const group = groups.find((g) => g.length < MOST_COLUMNS && rowsOf(g[0]!) === rowsOf(region));
    if (group) group.push(region);
    else groups.push([region]);
  }
  return html`<section id="features">
    <h2>${say('features')}</h2>
    ${regions.map((r) => verdictLine(r.verdict, say, r.region))}
    ${open.length < regions.length ? html`<p class="banner block">${say('withheld')}</p>` : NOTHING}
    ${groups.map((group) => featureTable(group, language, say))}
  </section>`;
}

/** What the rules said of numbers, beside them. */
const verdictLine = (verdict: string, say: InLanguage, of = ''): Markup =>
  html`<p class="quiet">${of ? `${of}. ` : ''}${say('rules')}: ${verdict}</p>`;

function featureTable(group: readonly ReportedRegion[], language: Language, say: InLanguage): Markup {
  const rows = group[0]!.features;
  const nameOf = (id: string) =>
    FAMILY_DESCRIPTIONS.find((f) => f.id === id)?.label[language] ?? id.replaceAll('_', ' ');
  const row = (f: ReportedFeature, at: number): Markup => {
    const all = group.map((r) => r.features[at]!);
    const reasons = [...new Set(all.filter((x) => x.value === null).map((x) => x.reason))].join('; ');
    return html`<tr>
      <td>${f.name}${reasons ? html`<br /><span class="quiet">${reasons}</span>` : NOTHING}</td>
      <td class="code">${f.ibsi}</td>
      <td class="unit">${f.aggregation}</td>
      ${all.map((x) => html`<td class="number">${number(x.value)}</td>`)}
      <td class="unit">${f.unit === '1' ? '' : f.unit.replace('grey level', say('greyLevel'))}</td>
    </tr>`;
  };
  return html`<table class="features">
    <thead>
      <tr>
        <th>${say('name')}</th>
        <th class="narrow">${say('code')}</th>
        <th class="narrow">${say('aggregation')}</th>
        ${group.map(
          (r) =>
            html`<th class="number">
              ${r.region}<br /><span class="quiet">${r.voxels} ${say('voxels')}</span>
            </th>`,
        )}
        <th class="narrow">${say('unit')}</th>
      </tr>
    </thead>
    <tbody>
      ${[...new Set(rows.map((f) => f.family))].map(
        (family) =>
          html`<tr class="group">
              <td colspan="${group.length + 4}">${nameOf(family)}</td>
            </tr>
            ${rows.map((f, at) => (f.family === family ? row(f, at) : NOTHING))}`,
      )}
    </tbody>
  </table>`;
}

const listed = (facts: readonly Line[], between = ' '): string =>
  facts.map(({ label, value }) => `${label}${between}${value}`).join(' · ');

export function kineticsSection({ kinetics }: ReportContent, say: InLanguage): Markup {
  if (!kinetics) return NOTHING;
  const { model, series, region, input, counts, mean, maps, settings, complete, verdict } = kinetics;
  return html`<section id="kinetics">
    <h2>${say('kinetics')}</h2>
    ${verdictLine(verdict, say)} ${complete ? NOTHING : html`<p class="banner warn">${say('incomplete')}</p>`}
    <dl>
      <dt>${say('model')}</dt>
      <dd>${model}</dd>
      <dt>${say('series')}</dt>
      <dd>${series}</dd>
      <dt>${say('region')}</dt>
      <dd>${region}</dd>
      <dt>${say('input')}</dt>
      <dd>${input}</dd>
      <dt>${say('settings')}</dt>
      <dd>${listed(settings, ': ')}</dd>
      <dt>${say('voxels')}</dt>
      <dd>${listed(counts, ': ')}</dd>
      ${
        mean.length > 0
          ? html`<dt>${say('meanCurve')}</dt>
              <dd>${listed(mean, ' = ')}</dd>`
          : NOTHING
      }
    </dl>
    <table>
      <thead>
        <tr>
          <th>${say('map')}</th>
          <th class="number">${say('voxels')}</th>
          <th class="number">${say('median')}</th>
          <th class="number">${say('quartiles')}</th>
          <th class="narrow">${say('unit')}</th>
        </tr>
      </thead>
      <tbody>
        ${maps.map(
          (m) =>
            html`<tr>
              <td>${m.name}</td>
              <td class="number">${m.voxels}</td>
              <td class="number">${number(m.median)}</td>
              <td class="number">${number(m.lowerQuartile)} – ${number(m.upperQuartile)}</td>
              <td class="unit">${m.unit}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
