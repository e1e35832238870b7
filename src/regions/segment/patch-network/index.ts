import type { Finding } from '../../../core/finding.ts';
import type { Size3 } from '../../../core/geometry.ts';
import { classFacts } from '../class-facts.ts';
import type { SegmentationInput, SegmentationMethod } from '../method.ts';
import { Unsegmentable } from '../reasons.ts';
import { MOST_STEPS, SEED } from '../shared-parameters.ts';
import { accuracyFact, accuracyFindings, marksOf, type Marks } from '../training.ts';
import { activeVoxels, scaleOf } from '../voxel-features.ts';
import { balanced, forward, newNetwork, trainNetwork } from './network.ts';

const MOST_MARKS = 1500;

/** Marks of the same cube of this many voxels are kept back together, since neighbours know of each other. */
const BLOCK = 4;

/** SPEC R22: whoever uses a trained network must have tested it on phantoms. */
const TEST_FIRST: Finding = {
  id: 'R-network-test',
  severity: 'warn',
  subject: 'patch-network',
  text: {
    en: 'This network was trained on the strokes of this case alone and knows no other. The tool test on phantoms is mandatory before its regions are used.',
    ru: 'Сеть обучена только на штрихах этого случая и других не знает. Перед использованием областей обязательна проверка инструмента на фантомах.',
    zh: '该网络仅用本病例的标记训练，不了解其他病例。使用其区域前必须在体模上测试该工具。',
  },
  remedy: {
    en: 'Run the segmentation bench (kinetex segmentation-bench), and look at the region slice by slice.',
    ru: 'Запустите стенд сегментации (kinetex segmentation-bench) и просмотрите область срез за срезом.',
    zh: '请运行分割测试台（kinetex segmentation-bench），并逐层检查区域。',
  },
  facts: {},
};

/** A small network on the surroundings of each voxel, trained on the spot. */
export const patchNetwork: SegmentationMethod = {
  id: 'patch-network',
  label: { en: 'Small neural network', ru: 'Малая нейросеть', zh: '小型神经网络' },
  help: {
    en: 'Learns from your strokes on this case what the surroundings of each tissue look like; nothing is downloaded or kept.',
    ru: 'Учится на ваших штрихах в этом случае узнавать окружение каждой ткани; ничего не загружается и не сохраняется.',
    zh: '从您在本病例的标记学习各组织的邻域模样；不下载也不保留任何内容。',
  },
  source: 'Rumelhart DE, Hinton GE, Williams RJ. Nature 1986;323:533; Kingma DP, Ba J. ICLR 2015',
  needsOneOf: ['scribbles'],
  takes: ['scribbles'],
  parameters: [
    {
      kind: 'number',
      id: 'hidden',
      label: { en: 'Hidden units', ru: 'Скрытые нейроны', zh: '隐藏单元' },
      help: {
        en: 'More units can learn finer differences and need more strokes.',
        ru: 'Больше нейронов — тоньше различия, но нужно больше штрихов.',
        zh: '单元越多可学习越细的差别，但需要更多标记。',
      },
      unit: '',
      range: [2, 64],
      default: 12,
      whole: true,
    },
    { ...MOST_STEPS, label: { en: 'Epochs', ru: 'Эпохи', zh: '训练轮数' }, range: [1, 500], default: 60 },
    SEED,
  ],
  bytesPerVoxel: 40,
  run({ input, values, job }) {
    const seed = values.number('seed');
    const marks = marksOf(input, MOST_MARKS, seed);
    const voxels = activeVoxels(input.active);
    const { deviation } = scaleOf(input.values, voxels);
    if (deviation === 0) throw new Unsegmentable('flat_image');
    // A fresh network parts its inputs at 0, and strokes of plain tissues give it no reason to move from there. The mean of
    // the box is nearly that of the background: half of every blurred border would go to the lesion.
    const { read: patch, length } = patchReader(input, middleOf(input.values, marks), deviation);
    const inputs = Array.from(marks.voxels, (v) => patch(v, new Float64Array(length)));
    const back = keptBack(marks, input.size);
    const all = Array.from(marks.classes.keys());
    const learn = balanced(
      all.filter((r) => !back[r]),
      marks.classes,
      marks.count,
      seed,
    );
    const epochs = values.number('steps');
    const fit = (rows: readonly number[], from: number, share: number) => {
      const net = newNetwork(length, values.number('hidden'), marks.count, seed);
      const lesson = { inputs: rows.map((r) => inputs[r]!), classes: rows.map((r) => marks.classes[r]!) };
      const after = (epoch: number) => {
        job.checkCancelled?.();
        job.onProgress?.(from + (share * epoch) / epochs);
      };
      return { net, course: trainNetwork(net, lesson, { epochs, rate: 0.01, seed, after }) };
    };
    const h = new Float64Array(values.number('hidden'));
    const p = new Float64Array(marks.count);
    const tell = (net: ReturnType<typeof newNetwork>, x: Float64Array): number => {
      forward(net, x, h, p);
      return p.indexOf(Math.max(...p));
    };
    // The accuracy is that of a network that never saw the marks kept back; the one that is used learns from all.
    const held = all.filter((r) => back[r]);
    const judged = fit(learn, 0, 0.25).net;
    const accuracy =
      held.filter((r) => tell(judged, inputs[r]!) === marks.classes[r]).length / Math.max(1, held.length);
    const { net, course } = fit(balanced(all, marks.classes, marks.count, seed), 0.25, 0.25);
    const labels = new Uint8Array(input.values.length);
    const x = new Float64Array(length);
    voxels.forEach((v, r) => {
      labels[v] = marks.strokes[tell(net, patch(v, x))]!;
      if (r % 4096 === 0) {
        job.checkCancelled?.();
        job.onProgress?.(0.5 + (0.5 * r) / voxels.length);
      }
    });
    const most = marks.strokes.at(-1)!;
    return {
      labels,
      classes: most,
      proposed: marks.strokes[0]!,
      facts: [
        accuracyFact(accuracy),
        {
          id: 'kept-back',
          label: { en: 'Marks kept back', ru: 'Отложено отметок', zh: '留出的标记' },
          value: held.length,
          unit: '',
        },
        ...classFacts(labels, input.values, most),
      ],
      courses: [
        {
          id: 'loss',
          label: { en: 'Loss by epoch', ru: 'Потери по эпохам', zh: '各轮损失' },
          values: course,
        },
      ],
      findings: [TEST_FIRST, ...accuracyFindings(accuracy, 'patch-network')],
    };
  },
};

/** The mean of the means of the classes: half way between two, however many voxels each has. */
function middleOf(values: SegmentationInput['values'], { voxels, classes, count }: Marks): number {
  const sums = new Float64Array(count);
  const sizes = new Float64Array(count);
  voxels.forEach((v, m) => {
    sums[classes[m]!]! += values[v]!;
    sizes[classes[m]!]!++;
  });
  return sums.reduce((total, s, c) => total + s / sizes[c]!, 0) / count;
}

/** Reads the 5 × 5 (one slice) or 3 × 3 × 3 values around a voxel, brought to the middle of the classes; at the border the nearest voxel. */
function patchReader({ size, values }: SegmentationInput, middle: number, deviation: number) {
  const [nx, ny, nz] = size;
  const reach = nz === 1 ? [2, 2, 0] : [1, 1, 1];
  const length = nz === 1 ? 25 : 27;
  const clamp = (v: number, n: number) => (v < 0 ? 0 : v >= n ? n - 1 : v);
  const read = (p: number, out: Float64Array): Float64Array => {
    const x = p % nx;
    const y = Math.floor(p / nx) % ny;
    const z = Math.floor(p / (nx * ny));
    let i = 0;
    for (let c = -reach[2]!; c <= reach[2]!; c++)
      for (let b = -reach[1]!; b <= reach[1]!; b++)
        for (let a = -reach[0]!; a <= reach[0]!; a++) {
          const v = values[clamp(x + a, nx) + nx * (clamp(y + b, ny) + ny * clamp(z + c, nz))]!;
          out[i++] = Number.isFinite(v) ? (v - middle) / deviation : 0;
        }
    return out;
  };
  return { read, length };
}

/** About a fifth of the marks of each class, whole blocks of them, and never all of a class. */
function keptBack({ voxels, classes, count }: Marks, [nx, ny]: Size3): boolean[] {
  const block = Array.from(voxels, (v) => {
    const at = [v % nx, Math.floor(v / nx) % ny, Math.floor(v / (nx * ny))].map((c) => Math.floor(c / BLOCK));
    return at.join();
  });
  const back = new Set<string>();
  for (let c = 0; c < count; c++) {
    const own = [...new Set(block.filter((_, r) => classes[r] === c))];
    own.forEach((b, n) => n % 5 === 2 && back.add(b));
    if (own.length === 2) back.add(own[1]!);
  }
  return block.map((b) => back.has(b));
}
