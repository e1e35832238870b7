import { expect, it } from 'vitest';
import { descriptionStem } from './description-stem.ts';

it.each([
  ['t1_vibe_fs_tra_pre', 't1 vibe fs tra', true],
  ['t1_vibe_fs_tra_post_3', 't1 vibe fs tra', true],
  ['T1 Vibe FS tra', 't1 vibe fs tra', false],
  ['Ph3/Ax Dyn LAVA+C', 'ax lava', true],
  ['Abdomen arterial 5.0', 'abdomen', true],
  ['Abdomen portal venous  5.0', 'abdomen', true],
  ['Брюшная полость, артериальная фаза', 'брюшная полость', true],
  ['腹部动脉期', '腹部', true],
  ['腹部平扫', '腹部', true],
  ['3D FLASH 1st', '3d flash', false],
  ['MPRAGE run2', 'mprage', false],
  ['', '', false],
])('%s', (description, stem, hasPhase) => {
  expect(descriptionStem(description)).toEqual({ stem, hasPhase });
});
