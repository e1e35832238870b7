import { VERSION } from '../engine/version.ts';
import { COMMANDS } from './commands.ts';
import { BadArguments } from './arguments.ts';

const HELP = ['--help', '-h'];

/** Runs what the arguments ask for. @throws BadArguments */
async function run(args: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = args.some((a) => HELP.includes(a)) ? ['help'] : args;
  if (name === '--version') {
    process.stdout.write(`${VERSION}\n`);
    return 0;
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command)
    throw new BadArguments(`there is no command "${name}"; there are: ${Object.keys(COMMANDS).join(', ')}`);
  return command(rest);
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof BadArguments)) throw error;
  process.stderr.write(`kinetex: ${error.message}\n`);
  process.exitCode = 2;
}
