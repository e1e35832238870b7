import { toPatient } from '../../core/geometry.ts';
import { Random } from '../../core/random.ts';
import type { Mask, Volume } from '../../core/volume.ts';
import { fillNormal } from '../phantoms/gaussian-field.ts';
import { centredGrid, SPACING } from '../phantoms/grid.ts';
import {
  parameterValues,
  SEED,
  type Phantom,
  type PhantomParameter,
  type PhantomRoom,
} from '../phantoms/room.ts';
import { coverage, inEllipse, inEllipsoid } from '../phantoms/soft-edge.ts';
import { shifted, straight, turned, type Pose } from './pose.ts';
import { regionValues } from './region-values.ts';
import { materialsOf, type Insert, type PhantomTemplate } from './template.ts';

const shift = <Id extends string>(id: Id, en: string, ru: string, zh: string) =>
  ({ id, label: { en, ru, zh }, unit: 'mm', default: 0, range: [-60, 60] }) as const;

const PARAMETERS = [
  SEED,
  { ...SPACING, default: 2, range: [0.5, 6] },
  {
    id: 'slice',
    label: { en: 'Slice spacing', ru: 'Шаг срезов', zh: '层间距' },
    unit: 'mm',
    default: 4,
    range: [0.5, 10],
  },
  {
    id: 'turn',
    label: { en: 'Turn about the axis', ru: 'Поворот вокруг оси', zh: '绕轴旋转' },
    unit: '°',
    default: 0,
    range: [-360, 360],
  },
  {
    id: 'thickness',
    label: {
      en: 'Slice thickness (0: as the spacing)',
      ru: 'Толщина среза (0: как шаг)',
      zh: '层厚（0：同层间距）',
    },
    unit: 'mm',
    default: 0,
    range: [0, 20],
  },
  { id: 'tilt', label: { en: 'Tilt', ru: 'Наклон', zh: '倾斜' }, unit: '°', default: 0, range: [-15, 15] },
  shift('shift-x', 'Shift left', 'Сдвиг влево', '左移'),
  shift('shift-y', 'Shift back', 'Сдвиг назад', '后移'),
  shift('shift-z', 'Shift up', 'Сдвиг вверх', '上移'),
  {
    id: 'noise',
    label: { en: 'Noise (standard deviation)', ru: 'Шум (стандартное отклонение)', zh: '噪声（标准差）' },
    unit: '',
    default: 0,
    range: [0, 1000],
  },
  { id: 'gain', label: { en: 'Gain', ru: 'Усиление', zh: '增益' }, unit: '', default: 1, range: [-100, 100] },
  {
    id: 'offset',
    label: { en: 'Offset', ru: 'Сдвиг нуля', zh: '偏移' },
    unit: '',
    default: 0,
    range: [-1000, 1000],
  },
] as const satisfies readonly PhantomParameter[];

/** Value of a body that the template does not state: any signal. */
const SOME_SIGNAL = 1000;

/** The digital twin of a physical phantom, and how it lies: tests find it blind and compare. */
export interface Twin extends Phantom {
  readonly pose: Pose;
}

/**
 * A phantom as its template describes it, turned, tilted and shifted as asked. Values are offset + gain·truth, so that a
 * scanner with a known error can be played; rims are as wide as a pixel. Truth is that of the template.
 */
export function twinOf(template: PhantomTemplate, given: Readonly<Record<string, number>> = {}): Twin {
  const p = parameterValues(PARAMETERS, given);
  const { body } = template;
  const room = (extent: number) =>
    2 * (extent + 28) +
    2 * Math.max(...(['shift-x', 'shift-y', 'shift-z'] as const).map((s) => Math.abs(p[s])));
  const wide = room(Math.max(...body.radii));
  const grid = centredGrid(
    [Math.ceil(wide / p.spacing), Math.ceil(wide / p.spacing), Math.ceil(room(body.halfLength) / p.slice)],
    [p.spacing, p.spacing, p.slice],
  );
  const pose = turned(
    turned(shifted(straight([0, 0, 0]), [p['shift-x'], p['shift-y'], p['shift-z']]), 0, p.tilt),
    2,
    p.turn,
  );
  const data = new Float32Array(grid.size[0] * grid.size[1] * grid.size[2]);
  if (p.noise > 0) fillNormal(new Random(p.seed), data);
  const painted = template.inserts
    .filter((i) => i.truth !== null)
    .map((i) => ({ ...i, sphere: i.shape === 'sphere' }));
  const ramps = template.inserts.filter((i) => i.use === 'ramp' || i.use === 'wire-ramp');
  const whole = { ...body, sphere: body.shape === 'ellipsoid' };
  const outside = template.modalities.includes('CT') ? -1000 : 0;
  const value = body.value ?? SOME_SIGNAL;
  const shown = (v: number) => p.offset + p.gain * v;
  const [nx, ny, nz] = grid.size;
  for (let k = 0, at = 0; k < nz; k++) {
    for (let j = 0; j < ny; j++) {
      for (let i = 0; i < nx; i++, at++) {
        const q = inPhantom(pose, toPatient(grid.affine, i, j, k));
        const share = shareOf(whole, q[0], q[1], q[2], p);
        let v = share === 1 ? shown(value) : outside + share * (shown(value) - outside);
        for (const insert of painted) {
          const inner = shareOf(
            insert,
            q[0] - insert.centre[0],
            q[1] - insert.centre[1],
            q[2] - insert.centre[2],
            p,
          );
          if (inner > 0) v += inner * (shown(insert.truth!) - v);
        }
        for (const ramp of ramps) v = withRamp(v, ramp, q, shown(value), p);
        data[at] = v + p.noise * data[at]!;
      }
    }
  }
  const volume: Volume = {
    grid,
    data,
    unit:
      template.imageUnit ??
      (template.unit === 'HU'
        ? 'HU'
        : template.unit === '' && outside < 0
          ? 'HU'
          : template.unit || 'arbitrary'),
    modality: template.modalities[0] ?? 'CT',
  };
  return {
    phases: [volume],
    masks: masksOf(template, volume, pose),
    truth: [
      { id: 'body', label: BODY, value, unit: template.unit },
      ...materialsOf(template)
        .filter((i) => i.truth !== null)
        .map((i) => ({ id: 'mean', region: i.label.en, label: MEAN, value: i.truth!, unit: template.unit })),
    ],
    pose,
  };
}

const BODY = { en: 'Value of the body', ru: 'Значение тела', zh: '本体数值' };
const MEAN = { en: 'True value', ru: 'Истинное значение', zh: '真值' };

const inPhantom = (
  { centre, axes }: Pose,
  p: readonly [number, number, number],
): [number, number, number] => {
  const [x, y, z] = [p[0] - centre[0], p[1] - centre[1], p[2] - centre[2]];
  return axes.map((a) => x * a[0] + y * a[1] + z * a[2]) as [number, number, number];
};

interface Shape {
  readonly sphere: boolean;
  readonly radii: readonly [number, number];
  readonly halfLength: number;
}

/** Share of a voxel within a shape about the origin: rims as wide as a pixel, ends of cylinders as wide as a slice. */
function shareOf(
  { sphere, radii, halfLength }: Shape,
  x: number,
  y: number,
  z: number,
  p: { spacing: number; slice: number },
): number {
  if (Math.abs(x) > radii[0] + 6 || Math.abs(y) > radii[1] + 6 || Math.abs(z) > halfLength + 12) return 0;
  if (sphere) return coverage(inEllipsoid(x, y, z, radii[0], radii[1], halfLength), p.spacing);
  return (
    coverage(inEllipse(x, y, radii[0], radii[1]), p.spacing) * coverage(halfLength - Math.abs(z), p.slice)
  );
}

/** Height of the slot of a ramp along the axis, and how far its block reaches beyond what is read, mm. */
const SLOT = 1;
const BLOCK = 8;
/** Width of a wire across, mm, and its value over its surroundings, HU. */
const WIRE = { width: 1.2, contrast: 800 } as const;

/**
 * What ramps make of a voxel: a block without signal with a thin slot of the body's material along z = x/slope, or wires
 * across the picture at z = n·pitch. A slice is as thick as asked, its profile a rectangle.
 */
function withRamp(
  value: number,
  { use, centre, radii, slope = 10, pitch = 0.5 }: Insert,
  q: readonly [number, number, number],
  signal: number,
  p: { spacing: number; slice: number; thickness: number },
): number {
  const [x, y, z] = [q[0] - centre[0], q[1] - centre[1], q[2] - centre[2]];
  const wide = radii[0] + (use === 'ramp' ? BLOCK : 0);
  if (Math.abs(x) > wide + 1 || Math.abs(y) > radii[1] + 1) return value;
  const thick = p.thickness > 0 ? p.thickness : p.slice;
  const part = (low: number, high: number) =>
    Math.max(0, Math.min(z + thick / 2, high) - Math.max(z - thick / 2, low)) / thick;
  const across = coverage(Math.min(wide - Math.abs(x), radii[1] - Math.abs(y)), p.spacing);
  if (across === 0) return value;
  if (use === 'wire-ramp') {
    const n = Math.round(x / (slope * pitch));
    const line = coverage(WIRE.width / 2 - Math.abs(x - n * slope * pitch), p.spacing);
    return value + across * line * WIRE.contrast * Math.sign(part(n * pitch - 1e-6, n * pitch + 1e-6));
  }
  if (Math.abs(z) > 10 + thick / 2) return value;
  const slot = part(x / slope - SLOT / 2, x / slope + SLOT / 2);
  return value + across * (signal * slot - value);
}

function masksOf(template: PhantomTemplate, volume: Volume, pose: Pose): Mask[] {
  const whole = { ...template, inner: 1 };
  const used = template.inserts.filter((i) => i.use === 'material' || i.use === 'centre');
  return used.map((insert) => {
    const data = new Uint8Array(volume.data.length);
    for (const at of regionValues(volume, whole, pose, insert).indices) data[at] = 1;
    return { grid: volume.grid, data, name: insert.label.en, colour: [255, 92, 92] as const };
  });
}

/** The twin as a digital phantom like the others: `acr-ct-twin` and so on. */
export const twinRoom = (template: PhantomTemplate): PhantomRoom => ({
  id: `${template.id}-twin`,
  label: {
    en: `Digital twin: ${template.label.en}`,
    ru: `Цифровой двойник: ${template.label.ru}`,
    zh: `数字孪生：${template.label.zh}`,
  },
  description: template.description,
  parameters: PARAMETERS,
  generate: (values = {}) => twinOf(template, values),
});
