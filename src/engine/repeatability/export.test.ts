import { expect, it } from 'vitest';
import { carriedBy } from '../../quality/carried.ts';
import { gateOf, verdictOf } from '../../quality/gate.ts';
import { DEFAULT_SETTINGS } from '../../radiomics/settings.ts';
import { settingsHashOf } from '../settings-hash.ts';
import { robustWith, saidOf, withVerdicts } from './export.ts';

const CSV = 'subject,perturbation,stat_mean\na,0,1\na,1,2\nb,0,3\nb,1,5\n';
const [fine, bad] = [
  verdictOf([{ id: 'G-06', severity: 'warn' }], 'p', undefined, 'aa'),
  verdictOf([{ id: 'V-02', severity: 'block' }], 'p', { reason: '"seen", by eye', role: 'physicist' }, 'bb'),
];
const hash = settingsHashOf(DEFAULT_SETTINGS);

it('each row has the verdict of its own region, and reads back as the same measurements', () => {
  const said = withVerdicts(CSV, DEFAULT_SETTINGS, [fine, bad]);
  expect(said.split('\n').slice(0, 4)).toEqual([
    'subject,perturbation,stat_mean,settings_hash,qc_hash,verdict',
    `a,0,1,${hash},aa,"warn; G-06 warn; profile p"`,
    `a,1,2,${hash},aa,"warn; G-06 warn; profile p"`,
    `b,0,3,${hash},bb,"block; V-02 block; profile p; override: ""seen"", by eye (physicist)"`,
  ]);
  const { text, carried } = carriedBy(said);
  expect(text).toBe(CSV);
  expect(carried.sources.map((s) => [s.verdict, s.rows])).toEqual([
    [fine, 2],
    [bad, 2],
  ]);
});

it('numbers that nobody judged say so', () => {
  expect(withVerdicts(CSV, DEFAULT_SETTINGS, [null, null]).split('\n')[1]).toBe(`a,0,1,${hash},,not judged`);
  expect(saidOf(DEFAULT_SETTINGS, [null, fine])).toEqual({ settingsHash: hash, qcHash: '', verdict: null });
});

it('regions together have the worst of their verdicts, and so has the list of robust features', () => {
  const said = saidOf(DEFAULT_SETTINGS, [fine, bad]);
  expect([said.verdict!.severity, gateOf(said.verdict!)]).toEqual(['block', 'red']);
  const list = {
    kinetex: 'robust-features',
    version: 1,
    iccForm: 'ICC(2,1)',
    limitPercent: 15,
    features: [],
  } as const;
  expect(robustWith(list, said)).toMatchObject({
    qcHash: said.qcHash,
    verdict: expect.stringMatching(/^block; /),
  });
  expect(robustWith(list, saidOf(DEFAULT_SETTINGS, [null]))).toEqual(list);
});
