import type { ReportContent, ReportedFeature } from '../content/content.ts';
import { measured } from '../content/words.ts';
import type { InLanguage } from './in-language.ts';
import { html, NOTHING, type Markup } from './markup.ts';

const number = (value: number | null): string => (value === null ? '—' : measured(value));

/** A table of each region, grouped by family. */
export function featureSection({ regions }: ReportContent, say: InLanguage): Markup {
  if (regions.length === 0) return NOTHING;
  if (regions.some((r) => r.withheld))
    return html`<section>
      <h2>${say('features')}</h2>
      <p class="banner block">${say('withheld')}</p>
    </section>`;
  const row = (f: ReportedFeature): Markup =>
    html`<tr>
      <td>${f.name}</td>
      <td class="code">${f.ibsi}</td>
      <td>${f.aggregation}</td>
      <td class="number">${number(f.value)}</td>
      <td>${f.value === null ? f.reason : f.unit === '1' ? '' : f.unit}</td>
    </tr>`;
  return html`<section>
    <h2>${say('features')}</h2>
    ${regions.map(
      (r) =>
        html`<h3>${r.region} · ${r.series} · ${r.voxels} ${say('voxels')}</h3>
          <table>
            <thead>
              <tr>
                <th>${say('name')}</th>
                <th class="narrow">${say('code')}</th>
                <th class="narrow">${say('aggregation')}</th>
                <th class="number">${say('value')}</th>
                <th>${say('unit')}</th>
              </tr>
            </thead>
            <tbody>
              ${[...new Set(r.features.map((f) => f.family))].map(
                (family) =>
                  html`<tr class="group">
                      <td colspan="5">${family.replaceAll('_', ' ')}</td>
                    </tr>
                    ${r.features.filter((f) => f.family === family).map(row)}`,
              )}
            </tbody>
          </table>`,
    )}
  </section>`;
}

const listed = (facts: readonly { readonly label: string; readonly value: string }[]): string =>
  facts.map(({ label, value }) => `${label} ${value}`).join(' · ');

export function kineticsSection({ kinetics }: ReportContent, say: InLanguage): Markup {
  if (!kinetics) return NOTHING;
  const { model, region, input, counts, mean, maps, settings, complete } = kinetics;
  return html`<section>
    <h2>${say('kinetics')}</h2>
    ${complete ? NOTHING : html`<p class="banner warn">${say('incomplete')}</p>`}
    <dl>
      <dt>${say('model')}</dt>
      <dd>${model}</dd>
      <dt>${say('region')}</dt>
      <dd>${region}</dd>
      <dt>${say('input')}</dt>
      <dd>${input}</dd>
      <dt>${say('settings')}</dt>
      <dd>${listed(settings)}</dd>
      <dt>${say('voxels')}</dt>
      <dd>${listed(counts)}</dd>
      ${
        mean.length > 0
          ? html`<dt>${say('meanCurve')}</dt>
              <dd>${listed(mean)}</dd>`
          : NOTHING
      }
    </dl>
    <h3>${say('map')}</h3>
    <table>
      <thead>
        <tr>
          <th>${say('map')}</th>
          <th class="number">${say('voxels')}</th>
          <th class="number">${say('median')}</th>
          <th class="number">${say('quartiles')}</th>
          <th>${say('unit')}</th>
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
              <td>${m.unit}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
