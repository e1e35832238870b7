import type { Line, ReportContent, ReportedPicture } from '../content/content.ts';
import { measured } from '../content/words.ts';
import { checklistSections } from './checklist-sections.ts';
import { gradual } from '../pictures/colours.ts';
import { featureSection, kineticsSection } from './number-sections.ts';
import { findingSection } from './finding-section.ts';
import { humanSection } from './human-section.ts';
import { html, Markup, NOTHING } from './markup.ts';
import { STYLE, STYLE_HASH } from './style.ts';
import { HTML_TEXTS, VERDICTS } from './texts.ts';
import { wordsIn, type InLanguage } from './in-language.ts';

const LANG = { en: 'en', ru: 'ru', zh: 'zh-Hans' } as const;

/** No script, no form, no reference to anything outside; the one style by its hash, pictures from the file itself. */
export const POLICY = `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; img-src data:; form-action 'none'; base-uri 'none'`;

/** The report as one HTML file that needs nothing else, for the screen and for A4 paper. Every value in it is text. */
export function reportHtml(content: ReportContent): string {
  const say = wordsIn(content.language);
  const page = html`<html lang="${LANG[content.language]}">
    <head>
      <meta charset="utf-8" />
      <meta http-equiv="Content-Security-Policy" content="${new Markup(POLICY)}" />
      <meta name="referrer" content="no-referrer" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>Kinetex: ${say('title')}</title>
      ${new Markup(`<style>${STYLE}</style>`)}
    </head>
    <body>
      ${head(content, say)} ${studySection(content, say)} ${pictureSection(content.pictures, say)}
      ${findingSection(content, say)} ${humanSection(content, say)} ${settingsSection(content, say)}
      ${featureSection(content, say)} ${kineticsSection(content, say)}
      <section id="methods">
        <h2>${say('methods')}</h2>
        <p class="methods">${content.methods}</p>
      </section>
      ${checklistSections(content, say)} ${provenanceSection(content, say)}
      <section class="signatures">
        <div>${say('physicist')}</div>
        <div>${say('physician')}</div>
      </section>
      <footer class="quiet">Kinetex ${content.software.version} · ${say('use')}</footer>
    </body>
  </html> `;
  return `<!doctype html>\n${page.text}`;
}

const head = (content: ReportContent, say: InLanguage): Markup =>
  html`<header>
    <h1>${say('title')}</h1>
    <p class="use">${say('use')}</p>
    <p class="quiet">
      Kinetex ${content.software.version} · ${say(content.identified ? 'identified' : 'deidentified')}
    </p>
    <p>
      ${say('verdict')}:
      <span class="verdict ${content.verdict}">${VERDICTS[content.verdict][content.language]}</span>
    </p>
  </header>`;

export const lines = (facts: readonly Line[]): Markup =>
  html`<dl>
    ${facts.map(
      ({ label, value }) =>
        html`<dt>${label}</dt>
          <dd>${value}</dd>`,
    )}
  </dl>`;

/** Two columns of facts that read down. */
function columns(facts: readonly Line[]): Markup {
  const half = Math.ceil(facts.length / 2);
  return html`<div class="columns">${lines(facts.slice(0, half))}${lines(facts.slice(half))}</div>`;
}

const studySection = ({ study, series }: ReportContent, say: InLanguage): Markup =>
  html`<section id="study">
    <h2>${say('study')}</h2>
    ${study.length > 0 ? columns(study) : NOTHING}${series.map(
      (s) =>
        html`<h3>${s.name}</h3>
          ${columns(s.facts)}`,
    )}
  </section>`;

function pictureSection(pictures: readonly ReportedPicture[], say: InLanguage): Markup {
  if (pictures.length === 0) return NOTHING;
  return html`<section>
    <h2>${say('pictures')}</h2>
    <div class="pictures">
      ${pictures.map(
        ({ png, columns: w, rows, caption, scale, bar, edges: [left, right, upper, lower] }) =>
          html`<figure>
            <div class="frame">
              <img
                alt="${caption}"
                width="${w}"
                height="${rows}"
                src="${new Markup(`data:image/png;base64,${png}`)}"
              /><span class="left">${left}</span><span class="right">${right}</span
              ><span class="upper">${upper}</span><span class="lower">${lower}</span>${scaleBar(scale)}
            </div>
            ${rangeBar(bar)}
            <figcaption>${caption}</figcaption>
          </figure>`,
      )}
    </div>
  </section>`;
}

/** A bar over the lower left of a picture, as long as its text says. Drawn by attributes: the policy allows no style. */
const scaleBar = ({ millimetres, share }: ReportedPicture['scale']): Markup =>
  html`<svg class="scale" viewBox="0 0 1000 12" preserveAspectRatio="none" aria-hidden="true">
      <rect x="0" y="0" width="${Math.round(1000 * share)}" height="12" fill="#000" />
      <rect x="3" y="3" width="${Math.max(1, Math.round(1000 * share) - 6)}" height="6" fill="#fff" /></svg
    ><span class="length">${millimetres} mm</span>`;

/** The colours of a picture from their lowest to their highest value. */
function rangeBar({ kind, low, high, unit }: ReportedPicture['bar']): Markup {
  const steps = Array.from({ length: 32 }, (_, i) => i / 31);
  const colour = (share: number): string =>
    (kind === 'viridis' ? gradual(share) : [0, 0, 0].map(() => Math.round(255 * share))).join(',');
  const shown = (value: number): string => measured(Number(value.toPrecision(3)));
  return html`<div class="range">
    <span>${shown(low)}</span
    ><svg viewBox="0 0 32 3" preserveAspectRatio="none" aria-hidden="true">
      ${steps.map((s, i) => html`<rect x="${i}" y="0" width="1.05" height="3" fill="rgb(${colour(s)})" />`)}</svg
    ><span>${shown(high)} ${unit}</span>
  </div>`;
}

const settingsSection = ({ settings }: ReportContent, say: InLanguage): Markup =>
  settings.length === 0
    ? NOTHING
    : html`<section id="settings">
        <h2>${say('settings')}</h2>
        ${columns(settings)}
      </section>`;

/** One line for each hash, with the names of all regions that have it. */
const shared = (what: string, hashes: readonly (readonly [region: string, hash: string])[]): Line[] =>
  [...new Set(hashes.map(([, hash]) => hash))].map((value) => ({
    label: [what, ...hashes.flatMap(([region, hash]) => (hash === value ? [region] : []))].join(', '),
    value,
  }));

function provenanceSection(
  { software, hashes, selfTest, regions, kinetics, language }: ReportContent,
  say: InLanguage,
): Markup {
  const test = selfTest
    ? HTML_TEXTS.within[language]
        .replace('{passed}', measured(selfTest.passed))
        .replace('{all}', measured(selfTest.passed + selfTest.failed)) + ` (${selfTest.backends.join(', ')})`
    : say('notRun');
  const facts: Line[] = [
    { label: say('software'), value: `${software.name} ${software.version}` },
    { label: say('selfTest'), value: test },
  ];
  const codes: Line[] = [
    { label: say('kernels'), value: software.kernels },
    { label: say('settingsHash'), value: hashes.settings },
    { label: say('qualityHash'), value: hashes.quality },
    ...shared(
      say('image'),
      regions.map((r) => [r.region, r.imageHash]),
    ),
    ...shared(
      say('mask'),
      regions.map((r) => [r.region, r.maskHash]),
    ),
    ...shared(
      say('settingsHash'),
      regions.map((r) => [r.region, r.settingsHash]),
    ),
    ...shared(
      say('qualityHash'),
      regions.map((r) => [r.region, r.qcHash]),
    ),
    ...(kinetics
      ? [
          { label: `${say('settingsHash')}, ${say('kinetics')}`, value: kinetics.settingsHash },
          { label: `${say('qualityHash')}, ${say('kinetics')}`, value: kinetics.qcHash },
        ]
      : []),
  ];
  return html`<section id="provenance">
    <h2>${say('provenance')}</h2>
    ${lines(facts)}
    <h3>SHA-256</h3>
    <div class="code">${lines(codes.map((c) => ({ ...c, value: c.value || '—' })))}</div>
  </section>`;
}
