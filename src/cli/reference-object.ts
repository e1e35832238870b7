import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createNodeEngine } from '../engine/node.ts';
import { RefusedInput } from '../core/refusal.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { DONE, print, say } from './output.ts';

/** Writes the kinetic digital reference object as DICOM files. */
export async function referenceObjectCommand(args: readonly string[]): Promise<number> {
  const { need, paths, value } = readArguments(args, ['out', 'step', 'duration', 'seed']);
  if (paths.length > 0) throw new BadArguments(`unknown argument ${paths[0]}`);
  const out = need('out');
  const engine = createNodeEngine();
  const settings: Record<string, number> = {};
  for (const option of ['step', 'duration', 'seed'] as const) {
    const text = value(option);
    if (text === undefined) continue;
    if (!Number.isFinite(Number(text))) throw new BadArguments(`--${option} is a number, not "${text}"`);
    settings[option] = Number(text);
  }
  try {
    const files = await engine.referenceObject(settings);
    await mkdir(out, { recursive: true });
    for (const { path, content } of files)
      if (content instanceof Uint8Array) await writeFile(join(out, basename(path)), content);
    say(`${files.length} files in ${out}`);
    print({ out, files: files.length, settings });
    return DONE;
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    const { sentence, remedy } = engine.explain(error.toRefusal('reference-object'));
    throw new BadArguments(`${sentence.en} ${remedy.en}`);
  }
}
