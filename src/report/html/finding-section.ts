import type { Severity } from '../../core/finding.ts';
import type { ReportContent, ReportedFinding } from '../content/content.ts';
import { measured } from '../content/words.ts';
import type { InLanguage } from './in-language.ts';
import { html, NOTHING, type Markup } from './markup.ts';
import { VERDICTS } from './texts.ts';

/** Worst first; what passed or could not be judged is counted below the table. */
const ORDER: readonly Severity[] = ['block', 'fail', 'warn', 'info'];

export function findingSection({ findings, language }: ReportContent, say: InLanguage): Markup {
  const row = (f: ReportedFinding): Markup =>
    html`<tr>
      <td class="code">${f.id}</td>
      <td><span class="verdict ${f.severity}">${VERDICTS[f.severity][language]}</span></td>
      <td>
        ${f.title ? html`<strong>${f.title}</strong><br />` : NOTHING}${f.text}
        ${f.remedy}${f.override ? html`<br /><strong>${say('override')}:</strong> ${f.override}` : NOTHING}
      </td>
      <td>
        ${f.measured.map(
          (m) => html`${m.label}: ${measured(m.value)} ${m.unit}${m.limit ? ` (${m.limit})` : ''}<br />`,
        )}
      </td>
    </tr>`;
  const shown = ORDER.flatMap((severity) => findings.filter((f) => f.severity === severity));
  const passed = findings.filter((f) => f.severity === 'pass').length;
  const open = findings.filter((f) => f.severity === 'na').map((f) => f.id);
  const rest =
    open.length > 0
      ? say('others', { pass: passed, na: open.length, list: [...new Set(open)].join(', ') })
      : say('allPassed', { pass: passed });
  const failed = shown.some((f) => f.severity === 'fail' || f.severity === 'block');
  return html`<section>
    <h2>${say('findings')}</h2>
    ${failed ? html`<p class="banner fail">${say('failed')}</p>` : NOTHING}${
      shown.length > 0
        ? html`<table>
            <thead>
              <tr>
                <th class="narrow"></th>
                <th class="narrow">${say('verdict')}</th>
                <th>${say('finding')}</th>
                <th>${say('measured')}</th>
              </tr>
            </thead>
            <tbody>
              ${shown.map(row)}
            </tbody>
          </table>`
        : NOTHING
    }
    <p class="quiet">${rest}</p>
  </section>`;
}
