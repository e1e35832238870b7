import type { ReportedQuestion } from '../content/checklist.ts';
import type { ReportContent } from '../content/content.ts';
import { measured } from '../content/words.ts';
import type { InLanguage } from './in-language.ts';
import { html, NOTHING, type Markup } from './markup.ts';

/** What a person answered about the series, beside what was measured. */
export function humanSection({ checklist }: ReportContent, say: InLanguage): Markup {
  if (!checklist) return NOTHING;
  const words = ({ answer, unit }: ReportedQuestion): string => {
    if (answer === null) return say('notAnswered');
    if (answer === 'yes' || answer === 'no') return say(answer);
    return `${typeof answer === 'number' ? measured(answer) : answer} ${unit}`.trim();
  };
  return html`<section id="checklist">
    <h2>${say('checklist')}</h2>
    ${checklist.role ? html`<p>${say('answeredBy', { role: checklist.role })}</p>` : NOTHING}
    <table class="list">
      <thead>
        <tr>
          <th>${say('question')}</th>
          <th class="subject">${say('answer')}</th>
        </tr>
      </thead>
      <tbody>
        ${checklist.items.map(
          (q) =>
            html`<tr class="${q.answer === null ? 'missing' : ''}">
              <td>${q.question}</td>
              <td>${words(q)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </section>`;
}
