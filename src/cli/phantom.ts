import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { RefusedInput } from '../core/refusal.ts';
import { createNodeEngine } from '../engine/node.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { DONE, print, say } from './output.ts';

/** Writes a digital phantom with its truth. */
export async function phantomCommand(args: readonly string[]): Promise<number> {
  const { need, paths, all } = readArguments(args, ['out', 'set']);
  const [id, ...more] = paths;
  if (id === undefined || more.length > 0) throw new BadArguments('name one phantom');
  const out = need('out');
  const values: Record<string, number> = {};
  for (const setting of all('set')) {
    const [, name, text] = /^([^=]+)=(.+)$/.exec(setting) ?? [];
    if (name === undefined || !Number.isFinite(Number(text)))
      throw new BadArguments(`--set ${setting}: NAME=NUMBER`);
    values[name] = Number(text);
  }
  const engine = createNodeEngine();
  try {
    const files = await engine.phantomFiles(id, values);
    for (const { path, content } of files) {
      if (!(content instanceof Uint8Array)) continue;
      await mkdir(dirname(join(out, path)), { recursive: true });
      await writeFile(join(out, path), content);
    }
    say(`${files.length} files in ${join(out, id)}`);
    print({ out: join(out, id), files: files.length, values });
    return DONE;
  } catch (error) {
    if (!(error instanceof RefusedInput)) throw error;
    const { sentence, remedy } = engine.explain(error.toRefusal(id));
    throw new BadArguments(`${sentence.en} ${remedy.en}`);
  }
}
