import { verdictText } from '../engine/quality/verdict.ts';
import type { Carried } from '../quality/carried.ts';
import { printedFinding, say } from './output.ts';

/** What numbers say of the rules themselves, as JSON prints it; sentences go to stderr. */
export function printedCarried(
  { verdict, settingsHash, qcHash, sources, leftOut, notJudged, findings }: Carried,
  file?: string,
): object {
  const told = findings.map(printedFinding);
  // That nothing is known is the usual case: it stands in the result and interrupts nobody.
  for (const { id, severity, message } of told)
    if (id !== 'R-carried-nothing')
      say(`${severity}  ${id}  ${file === undefined ? '' : `${file}: `}${message}`);
  const origins = sources.map((s) => ({ ...s, verdict: s.verdict ? verdictText(s.verdict) : 'not judged' }));
  return {
    settingsHash,
    qcHash,
    verdict,
    qc:
      verdict === null && leftOut === 0
        ? 'not assessed'
        : {
            text: verdict ? verdictText(verdict) : 'not assessed',
            sources: origins,
            leftOut,
            notJudged,
            messages: told.map(({ id, severity, message }) => ({ id, severity, message })),
          },
  };
}
