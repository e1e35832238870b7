import { createNodeEngine } from '../engine/node.ts';
import { readArguments } from './arguments.ts';
import { print, say } from './output.ts';

/** The IBSI digital phantom on this machine; exit code 1 when a value fails. */
export async function selfTestCommand(args: readonly string[]): Promise<number> {
  const { flags } = readArguments(args, []);
  const report = await createNodeEngine().selfTest();
  if (flags.has('json')) print(report);
  else {
    for (const r of report.rows.filter((row) => !row.pass)) {
      say(
        `FAILED  ${r.backend}  ${r.tag} ${r.aggregation}: got ${r.got}, expected ${r.expected} ± ${r.tolerance}`,
      );
    }
    for (const b of report.backends.filter((x) => x.present)) {
      const rows = report.rows.filter((r) => r.backend === b.name);
      say(
        `${b.name} (${b.detail}): ${rows.filter((r) => r.pass).length} of ${rows.length} reference values agree`,
      );
    }
    for (const b of report.backends.filter((x) => !x.present)) say(`${b.name}: missing (${b.missing})`);
  }
  return report.failed > 0 ? 1 : 0;
}
