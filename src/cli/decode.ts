import { decodeFile } from '../engine/decode-file.ts';
import { BadArguments, readArguments } from './arguments.ts';
import { filesUnder } from './files.ts';
import { DONE, print, say, SOME_REFUSED } from './output.ts';

/** Size, range and hash of the decoded stored values of one file. */
export async function decodeCommand(args: readonly string[]): Promise<number> {
  const { paths } = readArguments(args, []);
  if (paths.length !== 1) throw new BadArguments('name one file');
  const [source] = await filesUnder(paths);
  if (!source) throw new BadArguments(`${paths[0]} is not a file`);
  const result = await decodeFile(source);
  if ('refused' in result) {
    say(`refused ${result.refused.file}: ${result.refused.message}`);
    print(result);
    return SOME_REFUSED;
  }
  print(result);
  return DONE;
}
