import { compareCommand } from './compare.ts';
import { decodeCommand } from './decode.ts';
import { extractCommand } from './extract.ts';
import { fitCommand } from './fit.ts';
import { inspectCommand, qcCommand } from './inspect.ts';
import { say } from './output.ts';
import { selfTestCommand } from './self-test.ts';

type Command = (args: readonly string[]) => Promise<number>;

/** Commands by name; each takes its arguments and gives the exit code (0 done, 3 some input refused). */
export const COMMANDS: Readonly<Record<string, Command>> = {
  inspect: inspectCommand,
  qc: qcCommand,
  decode: decodeCommand,
  extract: extractCommand,
  fit: fitCommand,
  compare: compareCommand,
  'self-test': selfTestCommand,
  async help() {
    say(`kinetex, radiomics and contrast kinetics from the terminal; for research and teaching, not a medical device

  kinetex inspect PATH...                      what the files are: series, regions, findings, refused files
  kinetex qc PATH...                           the findings alone
  kinetex decode FILE                          size and hash of the decoded stored values
  kinetex extract --image PATH --mask PATH [--region NAME]... [--settings FILE.yaml]
                  [--names ibsi|pyradiomics|mirp] [--csv] [--resample]
  kinetex fit --curves FILE.json --model ID     kinetic model fitted to curves: parameters, errors, status
  kinetex fit --series PATH --model ID|curve-shape|t1 --out DIR [--mask PATH --region NAME]
              [--aif parker|georgiou|weinmann|…|region:NAME|auto|FILE.csv] [--dose N] [--arrival S]
              [--t10 S|MAP.nii.gz] [--t10-blood S] [--tr MS] [--flip-angle DEG] [--relaxivity R]
              [--haematocrit H] [--delay S|fit] [--baseline N] [--seconds 0,5,10,…]
                                               maps as NIfTI, curves as CSV, a summary as JSON
  kinetex compare MASK MASK [--image PATH]     Dice, Jaccard, HD95, volumes, voxel counts
  kinetex self-test                            the IBSI digital phantom on this machine

--json prints JSON on stdout and nothing else there. Exit codes: 0 done, 2 bad arguments, 3 some input refused.`);
    return 0;
  },
};
