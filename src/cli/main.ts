import { COMMANDS } from './commands.ts';
import { BadArguments } from './arguments.ts';

const [name = 'help', ...rest] = process.argv.slice(2);
try {
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (!command)
    throw new BadArguments(`there is no command "${name}"; there are: ${Object.keys(COMMANDS).join(', ')}`);
  process.exitCode = await command(rest);
} catch (error) {
  if (!(error instanceof BadArguments)) throw error;
  process.stderr.write(`kinetex: ${error.message}\n`);
  process.exitCode = 2;
}
