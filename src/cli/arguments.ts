import { parseArgs } from 'node:util';

/** The person's arguments do not make a command; ends with exit code 2. */
export class BadArguments extends Error {}

/** Options that every command takes beside its own. */
const COMMON = { json: { type: 'boolean' } } as const;

export interface Parsed {
  readonly paths: readonly string[];
  readonly flags: ReadonlySet<string>;
  /** Value of an option, or undefined; the last one when it was repeated. */
  readonly value: (name: string) => string | undefined;
  /** All values of an option that may be repeated, in order. */
  readonly all: (name: string) => readonly string[];
  /** Value of an option that must be there. @throws BadArguments */
  readonly need: (name: string) => string;
}

/** Reads `--name value` options, flags and paths. @throws BadArguments for anything unknown. */
export function readArguments(
  args: readonly string[],
  values: readonly string[],
  flags: readonly string[] = [],
): Parsed {
  const options = {
    ...COMMON,
    ...Object.fromEntries(values.map((v) => [v, { type: 'string' as const, multiple: true as const }])),
    ...Object.fromEntries(flags.map((f) => [f, { type: 'boolean' as const }])),
  };
  let parsed;
  try {
    parsed = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    throw new BadArguments(error instanceof Error ? error.message : String(error));
  }
  const found = new Map(Object.entries(parsed.values));
  const all = (name: string) => (found.get(name) as string[] | undefined) ?? [];
  const value = (name: string) => all(name).at(-1);
  return {
    paths: parsed.positionals,
    flags: new Set([...found].filter(([, v]) => v === true).map(([k]) => k)),
    value,
    all,
    need: (name) => {
      const v = value(name);
      if (v === undefined) throw new BadArguments(`--${name} is missing`);
      return v;
    },
  };
}
