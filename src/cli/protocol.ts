import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { Engine, Study } from '../engine/api.ts';
import type { ProtocolRow, ProtocolTable } from '../quality/rules/protocol-table.ts';
import type { ReferenceProtocol } from '../quality/rules/reference-protocol.ts';
import { BadArguments } from './arguments.ts';
import { textOf } from './files.ts';
import { refusedAloud } from './refused.ts';

/** The reference as a series of the study or a protocol from a file; null when the file was refused, which is said. */
export async function referenceIn(
  engine: Engine,
  study: Study,
  given: string | undefined,
): Promise<string | ReferenceProtocol | undefined | null> {
  if (given === undefined || study.series.some((s) => s.uid === given)) return given;
  if (!existsSync(given))
    throw new BadArguments(
      `no series and no file ${given}; there are the series: ${study.series.map((s) => s.uid).join(', ')}`,
    );
  return refusedAloud(engine, given, async () => engine.referenceProtocol.fromJson(await textOf(given)));
}

/** A series is no reference for itself, nor a protocol for series of another modality. */
export const concerns = (reference: string | ReferenceProtocol, uid: string, modality: string): boolean =>
  typeof reference === 'string' ? reference !== uid : reference.modality === modality;

export const protocolTableOf = async (engine: Engine, study: Study, reference: string | ReferenceProtocol) =>
  engine.referenceProtocol.table(
    study,
    typeof reference === 'string'
      ? await engine.referenceProtocol.from(study, reference, 'series of this study')
      : reference,
  );

export const printedProtocol = ({ columns }: ProtocolTable, { verdict, cells }: ProtocolRow) => ({
  verdict,
  settings: columns.map((c, at) => ({
    tag: c.tag,
    name: c.name,
    label: c.label.en,
    value: cells[at]!.value,
    reference: c.reference,
    outcome: cells[at]!.severity,
  })),
});

/** Writes the protocol of one series, the only one or the one that is named, as a file. */
export async function writeReference(
  engine: Engine,
  study: Study,
  { to, series: wanted, name }: { to: string; series: string | undefined; name: string | undefined },
): Promise<void> {
  const found = study.series.filter((s) => wanted === undefined || s.uid === wanted);
  if (found.length !== 1)
    throw new BadArguments(
      `name the series of the reference with --series; there are: ${study.series.map((s) => s.uid).join(', ')}`,
    );
  const [{ uid, modality }] = found;
  const made = await engine.referenceProtocol.from(study, uid, name ?? modality);
  await writeFile(to, `${await engine.referenceProtocol.toJson(made)}\n`);
}
