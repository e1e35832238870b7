import { IBSI_SECTIONS } from '../checklists/ibsi-items.ts';
import { METRICS_GRADES } from '../checklists/metrics.ts';
import { LADDER } from '../checklists/biomarker-card.ts';
import type { ReportContent, ReportedAnswer, ReportedItem } from '../content/content.ts';
import { measured } from '../content/words.ts';
import type { InLanguage } from './in-language.ts';
import { html, NOTHING, type Markup } from './markup.ts';

export const checklistSections = (content: ReportContent, say: InLanguage): Markup =>
  html`${ibsi(content, say)}${metrics(content, say)}${clear(content, say)}${biomarkers(content, say)}`;

function ibsi({ ibsi: items, language }: ReportContent, say: InLanguage): Markup {
  const count = (state: ReportedItem['state']) => items.filter((i) => i.state === state).length;
  const [filled, entered, missing] = [count('filled'), count('entered'), count('missing')];
  return html`<section>
    <h2>${say('ibsi')}</h2>
    <p>${say('ibsiCount', { filled, entered, missing })}</p>
    <table>
      <thead>
        <tr>
          <th class="narrow"></th>
          <th>${say('item')}</th>
          <th>${say('value')}</th>
          <th class="narrow"></th>
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
              <td class="narrow">${say(state)}</td>
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
  html`<table>
    <thead>
      <tr>
        <th class="narrow"></th>
        <th>${say('item')}</th>
        <th class="narrow">${say('answer')}</th>
        <th>${say('evidence')}</th>
      </tr>
    </thead>
    <tbody>
      ${items.map(
        ({ number, title, answer, evidence }) =>
          html`<tr${answer === null ? MISSING : NOTHING}><td class="number">${number}</td><td>${title}</td><td>${say(
            answer === null ? 'open' : answer === 'na' ? 'notApplicable' : answer,
          )}</td><td>${evidence ? evidence.text : ''}</td></tr>`,
      )}
    </tbody>
  </table>`;

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
