import { IBSI_SECTIONS } from '../checklists/ibsi-items.ts';
import { METRICS_GRADES } from '../checklists/metrics.ts';
import { LADDER } from '../checklists/biomarker-card.ts';
import type { Evidence } from '../checklists/item.ts';
import type { ReportContent, ReportedAnswer, ReportedItem } from '../content/content.ts';
import { measured } from '../content/words.ts';
import type { HtmlText, InLanguage } from './in-language.ts';
import { html, Markup, NOTHING } from './markup.ts';

export const checklistSections = (content: ReportContent, say: InLanguage): Markup =>
  html`${ibsi(content, say)}${metrics(content, say)}${clear(content, say)}${biomarkers(content, say)}`;

function ibsi({ ibsi: items, language }: ReportContent, say: InLanguage): Markup {
  const count = (state: ReportedItem['state']) => items.filter((i) => i.state === state).length;
  const facts = {
    filled: count('filled'),
    notDone: count('not_done'),
    notApplicable: count('not_applicable'),
    entered: count('entered'),
    missing: count('missing'),
  };
  return html`<section>
    <h2>${say('ibsi')}</h2>
    <p>${say('ibsiCount', facts)}</p>
    <table class="list">
      <thead>
        <tr>
          <th class="nth"></th>
          <th class="subject">${say('item')}</th>
          <th>${say('value')}</th>
          <th class="state"></th>
        </tr>
      </thead>
      <tbody>
        ${items.map(({ number, title, state, value }) => {
          const section = IBSI_SECTIONS.find((s) => s.number === number);
          return html`${
              section
                ? html`<tr class="group">
                    <td colspan="4">${section.title[language]}</td>
                  </tr>`
                : NOTHING
            }
            <tr class="${state}">
              <td class="number">${number}</td>
              <td>${title}</td>
              <td>${value}</td>
              <td>${say(state)}</td>
            </tr>`;
        })}
      </tbody>
    </table>
  </section>`;
}

function metrics({ metrics: got, language }: ReportContent, say: InLanguage): Markup {
  if (!got) return NOTHING;
  const { score, grade, answered, applicable } = got.score;
  const shown = say('score', {
    score: score.toFixed(1),
    grade: METRICS_GRADES[grade][language],
    answered,
    applicable,
  });
  return html`<section>
    <h2>METRICS</h2>
    <p>${shown}</p>
    ${answers(got.items, say)}
  </section>`;
}

const clear = ({ clear: items }: ReportContent, say: InLanguage): Markup =>
  items
    ? html`<section>
        <h2>CLEAR</h2>
        ${answers(items, say)}
      </section>`
    : NOTHING;

const answers = (items: readonly ReportedAnswer[], say: InLanguage): Markup =>
  html`<table class="list">
    <thead>
      <tr>
        <th class="nth"></th>
        <th class="subject">${say('item')}</th>
        <th class="answer">${say('answer')}</th>
        <th>${say('evidence')}</th>
      </tr>
    </thead>
    <tbody>
      ${items.map(
        ({ number, title, answer, evidence }) =>
          html`<tr${answer === null ? MISSING : NOTHING}><td class="number">${number}</td><td>${title}</td><td>${say(
            answer === null ? 'open' : answer === 'na' ? 'notApplicable' : answer,
          )}</td><td>${evidence ? proof(evidence, say) : ''}</td></tr>`,
      )}
    </tbody>
  </table>`;

/** What the evidence shows, and where in this report it stands. */
function proof({ kind, reference, text }: Evidence, say: InLanguage): Markup {
  if (kind === 'entered') return html`${text} <span class="quiet">(${say('entry')})</span>`;
  const [place, name] = PLACES[kind];
  const hash = /^[0-9a-f]{12,}$/.test(reference) ? `, ${reference.slice(0, 12)}` : '';
  return html`${text} <a class="quiet" href="#${new Markup(place)}">→ ${say(name)}${hash}</a>`;
}

/** Sections of the report that evidence stands in. */
const PLACES = {
  series: ['study', 'study'],
  region: ['features', 'features'],
  settings: ['settings', 'settings'],
  'self-test': ['provenance', 'selfTest'],
} as const satisfies Record<Exclude<Evidence['kind'], 'entered'>, readonly [string, HtmlText]>;

const MISSING = html` class="missing"`;

function biomarkers({ biomarkers: cards, language }: ReportContent, say: InLanguage): Markup {
  if (cards.length === 0) return NOTHING;
  return html`<section>
    <h2>${say('biomarkers')}</h2>
    <table>
      <tbody>
        ${cards.map(
          (c) =>
            html`<tr>
              <td>${c.name}</td>
              <td class="code">${c.ibsi}</td>
              <td>${c.technical?.bias === undefined ? '' : `bias ${measured(c.technical.bias)} %`}</td>
              <td>${c.technical?.cov === undefined ? '' : `CoV ${measured(c.technical.cov)} %`}</td>
              <td>${LADDER[c.rung][language]}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
