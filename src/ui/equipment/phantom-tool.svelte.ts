import { toVoxel, type Vec3 } from '../../core/geometry.ts';
import type { Insert } from '../../quality/physical-phantoms/template.ts';
import type { Pose } from '../../quality/physical-phantoms/pose.ts';
import type { Equipment } from '../state/equipment.svelte.ts';
import { placeAt } from '../viewer/plane-frame.ts';
import {
  onScreen,
  type PlaneScreen,
  type ToolPoint,
  type ToolPress,
  type ViewerTool,
} from '../viewer/tool.ts';

/**
 * Draws where the regions of a phantom lie, and moves it: drag a region for all, Shift and drag to turn, Alt and drag for
 * one region alone. Anything else stays with the viewer.
 */
export class PhantomTool implements ViewerTool {
  readonly id = 'phantom';
  readonly #equipment: Equipment;
  #held: {
    readonly at: Vec3;
    readonly pose: Pose;
    readonly insert: string;
    readonly how: 'all' | 'one' | 'turn';
  } | null = null;

  constructor(equipment: Equipment) {
    this.#equipment = equipment;
  }

  #counted = 0;
  #last: readonly unknown[] = [];
  get revision(): number {
    const { pose, template, series, session } = this.#equipment;
    const now = [pose, template, series === session.seriesUid];
    if (now.some((v, i) => v !== this.#last[i])) {
      this.#last = now;
      this.#counted++;
    }
    return this.#counted;
  }

  get #shown(): boolean {
    return this.#equipment.pose !== null && this.#equipment.series === this.#equipment.session.seriesUid;
  }

  down(at: ToolPoint, press: ToolPress): boolean {
    const { pose, phantoms } = this.#equipment;
    const insert = this.#insertAt(at);
    if (!pose || !phantoms || !insert || !at.patient || press.ctrl) return false;
    this.#held = {
      at: at.patient,
      pose,
      insert: insert.id,
      how: press.shift ? 'turn' : press.alt ? 'one' : 'all',
    };
    return true;
  }

  move(at: ToolPoint): void {
    const tools = this.#equipment.phantoms?.pose;
    if (!this.#held || !tools || !at.patient) return;
    const { pose, how, insert } = this.#held;
    const [from, to] = [tools.toPhantom(pose, this.#held.at), tools.toPhantom(pose, at.patient)];
    const by: Vec3 = [to[0] - from[0], to[1] - from[1], to[2] - from[2]];
    if (how === 'all') this.#equipment.move(tools.shifted(pose, by));
    else if (how === 'one') this.#equipment.move(tools.insertMoved(pose, insert, by));
    else {
      const angle = Math.atan2(to[1], to[0]) - Math.atan2(from[1], from[0]);
      this.#equipment.move(tools.turned(pose, 2, (angle * 180) / Math.PI));
    }
  }

  up(): void {
    this.#held = null;
  }

  cancel(): void {
    if (this.#held) this.#equipment.move(this.#held.pose);
    this.#held = null;
  }

  #insertAt(at: ToolPoint): Insert | undefined {
    const { pose, template, phantoms } = this.#equipment;
    if (!this.#shown || !pose || !template || !phantoms || !at.patient) return undefined;
    const q = phantoms.pose.toPhantom(pose, at.patient);
    return template.inserts.find((i) => {
      const c = phantoms.pose.centreOf(pose, i);
      const flat = Math.hypot((q[0] - c[0]) / i.radii[0], (q[1] - c[1]) / i.radii[1]);
      return flat <= 1 && Math.abs(q[2] - c[2]) <= Math.max(i.halfLength, 3);
    });
  }

  draw(context: CanvasRenderingContext2D, screen: PlaneScreen): void {
    const { pose, template, phantoms, measured } = this.#equipment;
    if (!this.#shown || !pose || !template || !phantoms) return;
    const tools = phantoms.pose;
    const style = getComputedStyle(context.canvas);
    const voxelOf = toVoxel(screen.volume.grid.affine);
    const sliceOf = (q: Vec3) => placeAt(screen.plane, voxelOf(tools.toPatientFrom(pose, q))).slice;
    context.font = '11px system-ui, sans-serif';
    for (const insert of template.inserts) {
      const c = tools.centreOf(pose, insert);
      const part = tools.measuredPart(template, insert);
      const ring = cut(c, part, insert.shape === 'sphere', screen.slice, sliceOf);
      if (!ring) continue;
      const points = ring.map((q) => onScreen(screen, voxelOf(tools.toPatientFrom(pose, q))));
      const bad = measured?.inserts.find((r) => r.id === insert.id)?.severity === 'fail';
      const colour = bad ? '--status-fail' : insert.use === 'material' ? '--lit' : '--accent';
      for (const [width, stroke] of [
        [3, 'rgb(0 0 0 / 0.7)'],
        [1.5, style.getPropertyValue(colour)],
      ] as const) {
        context.lineWidth = width;
        context.strokeStyle = stroke;
        context.beginPath();
        points.forEach(({ x, y }) => context.lineTo(x, y));
        context.closePath();
        context.stroke();
      }
    }
  }
}

/**
 * The outline of a region in a slice, in phantom millimetres: the axis of the phantom that crosses the slices is cut where
 * the slice lies. Null when the slice misses it.
 */
function cut(
  c: Vec3,
  part: Vec3,
  sphere: boolean,
  slice: number,
  sliceOf: (q: Vec3) => number,
): Vec3[] | null {
  const at = sliceOf(c);
  const rates = ([0, 1, 2] as const).map(
    (a) => sliceOf(c.map((v, n) => v + Number(n === a)) as unknown as Vec3) - at,
  );
  const along = rates.reduce((best, r, a) => (Math.abs(r) > Math.abs(rates[best]!) ? a : best), 0) as
    0 | 1 | 2;
  const t = (slice - at) / rates[along]!;
  const reach = part[along];
  if (Math.abs(t) > reach + (sphere ? 0 : 0.5 / Math.abs(rates[along]!))) return null;
  const [p, q] = ([0, 1, 2] as const).filter((a) => a !== along) as [0 | 1 | 2, 0 | 1 | 2];
  const place = (u: number, v: number): Vec3 => {
    const out: [number, number, number] = [...c];
    out[along] += t;
    out[p] += u;
    out[q] += v;
    return out;
  };
  const narrow = Math.sqrt(Math.max(0, 1 - (t / reach) ** 2));
  if (sphere || along === 2) {
    const share = sphere ? narrow : 1;
    return Array.from({ length: 40 }, (_, n) => {
      const angle = (2 * Math.PI * n) / 40;
      return place(share * part[p] * Math.cos(angle), share * part[q] * Math.sin(angle));
    });
  }
  // A rod cut lengthwise: narrower the farther the slice passes from its axis; q is the phantom's own axis.
  const [u, v] = [part[p] * narrow, part[q]];
  return [place(-u, -v), place(u, -v), place(u, v), place(-u, v)];
}
