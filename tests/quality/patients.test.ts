import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { FileSource } from '../../src/engine/api.ts';
import { createNodeEngine } from '../../src/engine/node.ts';
import { HAS_SHARED, SHARED } from '../shared.ts';
import { raised } from './seeded.ts';

const filesUnder = (folder: string): FileSource[] =>
  readdirSync(folder)
    .sort()
    .flatMap((name) => {
      const path = join(folder, name);
      return statSync(path).isDirectory()
        ? filesUnder(path)
        : [{ path, content: new Uint8Array(readFileSync(path)) }];
    });

/**
 * Rules above information for each series of real files, without regions. docs/quality.md says by hand what is true of
 * them.
 */
const RAISED: Readonly<Record<string, readonly Readonly<Record<string, string>>[]>> = {
  'sts_001/dicom/CT/image': [{ 'G-06': 'warn', 'G-13': 'warn', 'C-05': 'warn' }],
  'sts_001/dicom/MR_T1/image': [{ 'G-06': 'warn', 'G-11': 'warn' }],
  'sts_001/dicom/PET/image': [{ 'G-11': 'warn', 'G-13': 'warn', 'P-12': 'warn' }],
  'dce_breast_ucsf_br_06/image_dce_3dfgre_orig': [
    { 'G-06': 'warn', 'M-05': 'fail', 'M-06': 'fail', 'M-07': 'warn', 'M-11': 'warn' },
  ],
  'dce_breast_ucsf_br_06/image_dce_pe1': [{ 'G-06': 'warn', 'G-11': 'warn' }],
  'dce_breast_ucsf_br_06/image_dce_ser': [{ 'G-06': 'warn', 'G-11': 'warn' }],
  'dicom_conformance/series/bbmri_6': [{ 'G-05': 'fail', 'G-06': 'fail', 'M-14': 'fail' }],
  'dicom_conformance/series/dcmqi_23x38x3': [{ 'G-06': 'warn', 'G-09': 'fail' }],
  'dicom_conformance/series/own_pet_per_slice_rescale': [{}],
  'dicom_conformance/series/philips_epi_27': [{ 'G-05': 'fail', 'G-06': 'warn' }],
  'dicom_conformance/series/siemens_axmb_4': [
    { 'G-05': 'fail', 'M-14': 'warn' },
    { 'G-05': 'fail', 'M-14': 'warn' },
  ],
  'dicom_conformance/series/siemens_mosaic_ep2d_asc': [{ 'G-05': 'fail', 'G-16': 'warn', 'M-14': 'fail' }],
  'dicom_conformance/series/siemens_xa10_enh_4': [{ 'M-14': 'warn' }],
  'dicom_conformance/series/toshiba_dti_19': [{}],
  'dicom_conformance/series/uih_3': [{ 'G-05': 'fail' }],
};

describe.skipIf(!HAS_SHARED)('files of patients raise the rules that were checked by hand', () => {
  it.each(Object.keys(RAISED))('%s', { timeout: 120_000 }, async (folder) => {
    const engine = createNodeEngine();
    const study = await engine.open(filesUnder(join(SHARED, 'samples', folder)));
    const found = [];
    for (const { uid } of study.series)
      found.push(raised(await engine.assess({ study, series: uid, today: '20260106' })));
    engine.close(study);
    if (process.env['SHOW']) process.stderr.write(`  '${folder}': ${JSON.stringify(found)},\n`);
    else expect(found).toEqual(RAISED[folder]);
  });
});
