import { compareCommand } from './compare.ts';
import { constancyCommand } from './constancy.ts';
import { decodeCommand } from './decode.ts';
import { exportCommand } from './export.ts';
import { extractCommand } from './extract.ts';
import { fitCommand } from './fit.ts';
import { inspectCommand } from './inspect.ts';
import { qcCommand } from './qc.ts';
import { phantomCommand } from './phantom.ts';
import { perturbCommand } from './perturb.ts';
import { phantomMeasureCommand } from './phantom-measure.ts';
import { preprocessCommand } from './preprocess.ts';
import { referenceObjectCommand } from './reference-object.ts';
import { readersCommand } from './readers.ts';
import { reportCommand } from './report.ts';
import { segmentationBenchCommand } from './segmentation-bench.ts';
import { selfTestCommand } from './self-test.ts';
import { repeatabilityCommand, statisticsCommand } from './statistics.ts';

type Command = (args: readonly string[]) => Promise<number>;

/** Commands by name; each takes its arguments and gives the exit code (0 done, 3 some input refused). */
export const COMMANDS: Readonly<Record<string, Command>> = {
  inspect: inspectCommand,
  qc: qcCommand,
  decode: decodeCommand,
  extract: extractCommand,
  export: exportCommand,
  report: reportCommand,
  fit: fitCommand,
  phantom: phantomCommand,
  'phantom-measure': phantomMeasureCommand,
  constancy: constancyCommand,
  preprocess: preprocessCommand,
  compare: compareCommand,
  'reference-object': referenceObjectCommand,
  'segmentation-bench': segmentationBenchCommand,
  perturb: perturbCommand,
  readers: readersCommand,
  repeatability: repeatabilityCommand,
  statistics: statisticsCommand,
  'self-test': selfTestCommand,
  async help() {
    process.stdout
      .write(`kinetex, radiomics and contrast kinetics from the terminal; for research and teaching, not a medical device

  kinetex inspect PATH...                      what the files are: series, regions, findings, refused files
  kinetex qc PATH... [--mask PATH]... [--profile FILE.json] [--answers FILE.json]
             [--reference UID|PROTOCOL.json [--table FILE.csv [--identified]]]
             [--write-reference PROTOCOL.json [--series UID] [--name NAME]]
                                               quality rules on every series: measured, limit, unit, source;
                                               protocols against a reference, and the reference itself as a file
  kinetex decode FILE                          size and hash of the decoded stored values
  kinetex extract --image PATH --mask PATH [--region NAME]... [--settings FILE.yaml]
                  [--names ibsi|pyradiomics|mirp] [--csv] [--resample] [--features ROBUST.json] [--identified]
                  [--qc [PROFILE.json] [--override "reason" --role "role"]]
  kinetex fit --curves FILE.json --model ID     kinetic model fitted to curves: parameters, errors, status
  kinetex fit --series PATH --model ID|best|curve-shape|t1|motion --out DIR [--mask PATH --region NAME]
              [--aif parker|georgiou|weinmann|…|region:NAME|auto|FILE.csv] [--dose N] [--arrival S]
              [--t10 S|MAP.nii.gz] [--t10-blood S] [--tr MS] [--flip-angle DEG] [--relaxivity R]
              [--haematocrit H] [--delay S|fit] [--baseline N] [--seconds 0,5,10,…]
              [--b1 MAP.nii.gz[@%]] [--motion correct] [--dicom [--identified]]
              [--qc [PROFILE.json] [--override "reason" --role "role"]]
              [--t1-method nonlinear|linear|weighted|inversion-recovery|saturation-recovery]
                                               maps as NIfTI, curves as CSV, a summary as JSON
  kinetex preprocess --image PATH --steps n4,isotropic,white-stripe --out FILE.nii.gz [--mask PATH [--region NAME]]
                     [--reference PATH]... [--set STEP.PARAMETER=VALUE]... [--series UID] [--phase N]
                                               image after the steps as NIfTI; figures and provenance as JSON
  kinetex phantom ID --out DIR [--set NAME=NUMBER]...
                                               digital phantom as DICOM, with masks and known truth
  kinetex phantom-measure --image PATH --template ID|FILE.json [--truth ID=NUMBER]... [--factor N]
                          [--save RUNS.json [--kind acceptance|periodic|constancy] [--date DAY] [--role ROLE] [--device NAME]]
                                               physical phantom found and measured: inserts, bias, linearity, noise
  kinetex constancy --runs RUNS.json [--rules western-electric|westgard] [--limits prediction|plain] [--csv]
                                               runs of devices judged: control charts, drift, limits, verdicts
  kinetex reference-object --out DIR [--step S] [--duration S] [--seed N]
                                               kinetic digital reference object (Ktrans × ve, noise) as DICOM
  kinetex export --image PATH --mask PATH [--region NAME] --format seg|rtstruct|nifti|nrrd|sr --out DIR
                 [--series UID] [--settings FILE.yaml] [--separate] [--resample] [--identified]
                 [--qc [PROFILE.json] [--override "reason" --role "role"]]
                                               regions as files; sr: features as a structured report with its SEG
  kinetex report --image PATH --mask PATH [--region NAME] [--series UID] [--settings FILE] --out FILE.html
                 [--identified] [--language en|ru|zh] [--override "reason" --role "role"] [--resample]
                                               findings, features, pictures and guideline as one HTML file, and JSON
  kinetex compare MASK MASK [--image PATH]     Dice, Jaccard, HD95, volumes, voxel counts
  kinetex segmentation-bench [--tools a,b] [--repeats N]
                                               segmentation tools on digital phantoms: Dice, volume bias, HD95
  kinetex repeatability FILE.csv [--truth COLUMN] [--icc FORM] [--true-zero] [--robust FILE.json]
                                               columns subject, replicate (or reader, device, site), one a feature:
                                               RC, ICC, CCC, bias, CoV and a verdict for each feature
  kinetex perturb --image PATH --mask PATH [--region NAME]... [--settings FILE.yaml] [--runs 30] [--seed 1]
                  [--noise FACTOR] [--rotation DEG] [--translation VOXELS] [--volume FRACTION] [--contour MM]
                  [--filter MM] [--spacings 1,2,3] [--icc FORM] [--table FILE.csv] [--robust FILE.json]
                  [--qc [PROFILE.json] [--override "reason" --role "role"]]
                                               features under repeated small changes of image and region, and the
                                               same verdicts
  kinetex readers --image PATH --first MASK --second MASK [--pair NAME=NAME]... [--settings FILE.yaml]
                  [--series UID] [--icc FORM] [--limit PERCENT] [--table FILE.csv] [--robust FILE.json] [--resample]
                  [--qc [PROFILE.json] [--override "reason" --role "role"]]
                                               two readers' regions, paired by name or overlap: Dice, HD95, and ICC(2,1),
                                               CCC, difference and CoV of every feature
  kinetex statistics METHOD FILE.csv...        one statistic of the columns; a wrong METHOD lists them
  Tables and files of curves have no image that rules could look at: what they say themselves (settings_hash, qc_hash,
  verdict, as the other commands write them with --qc) goes on with the result, rows under a block that nobody answered
  for are left out, and where nothing is said the result says "qc": "not assessed".
  kinetex self-test                            the IBSI digital phantom on this machine

--json prints JSON on stdout and nothing else there. Exit codes: 0 done, 2 bad arguments, 3 some input refused.\n`);
    return 0;
  },
};
