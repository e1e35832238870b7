import type { Vec3 } from '../../../core/geometry.ts';
import type { Brush } from '../../../regions/draw/brush.ts';
import type { Session } from '../../state/session.svelte.ts';
import type { VoxelAxis } from '../../viewer/planes.ts';
import type { PlaneScreen, ToolKey, ToolPoint, ViewerTool } from '../../viewer/tool.ts';
import { BrushTool, type HandStroke } from './brush-tool.svelte.ts';
import { hand, type Instrument } from './hand.svelte.ts';
import { OutlineTool } from './outline-tool.svelte.ts';
import { PointTool } from './point-tool.svelte.ts';

/** What a drawing tool says back: an area that is open, an outline that crosses itself, a refusal. */
export type Said = 'open' | 'crossing' | 'locked' | 'geometry' | null;

/** The tool of an instrument, drawing into the selected region; a new one is made when there is none. */
export function drawingTool(session: Session, instrument: Instrument, say: (said: Said) => void): ViewerTool {
  const { workbench, engine } = session;
  const colour = () => {
    const [r, g, b] = workbench.current?.colour ?? [255, 224, 138];
    return `rgb(${r} ${g} ${b})`;
  };
  const keys = (key: ToolKey): boolean => {
    const to = key.shiftKey ? null : KEYS[key.code];
    if (!to) return false;
    take(session, to, say);
    return true;
  };
  /** Runs an edit of the region in hand; says why not. */
  const edit = <T>(work: (region: string) => T): T | null => {
    say(null);
    const { study, seriesUid } = session;
    if (!study || seriesUid === null || !session.series?.affine) {
      say('geometry');
      return null;
    }
    let region = workbench.current?.series === seriesUid ? workbench.current : null;
    region ??= workbench.entries.findLast((e) => e.series === seriesUid && !e.locked) ?? null;
    if (region?.locked) {
      say('locked');
      return null;
    }
    const id = region?.id ?? engine.regions.create(study, { series: seriesUid });
    workbench.selected = id;
    return work(id);
  };
  const limit = (): Pick<Brush, 'limit'> => {
    const { low, high } = hand.range;
    if (!hand.limited || !session.volume) return {};
    return { limit: { data: session.volume.data, low: low ?? -Infinity, high: high ?? Infinity } };
  };
  const begin =
    (mode: Brush['mode']) =>
    (normal: VoxelAxis): HandStroke | null =>
      edit((region) => {
        const stroke = engine.regions.stroke(session.study!, region, {
          mode,
          radius: hand.radius,
          shape: hand.ball ? { kind: 'ball' } : { kind: 'disc', normal },
          ...limit(),
        });
        workbench.drawing = true;
        return {
          move: (point) => void stroke.move(point),
          end() {
            workbench.drawing = false;
            stroke.end();
          },
          cancel() {
            workbench.drawing = false;
            stroke.cancel();
          },
        };
      });
  const outline = ({ plane, slice }: PlaneScreen, corners: readonly Vec3[], erase: boolean): void => {
    const [u, v] = inPlane(plane.normal);
    edit((region) => {
      const done = engine.regions.polygon(session.study!, region, {
        normal: plane.normal,
        slice,
        points: corners.map((c) => [c[u], c[v]] as const),
        mode: erase ? 'erase' : 'add',
        ...limit(),
      });
      if (done.selfCrossing) say('crossing');
    });
  };
  const fill = ({ screen: { plane, slice }, nearest }: ToolPoint): void => {
    const [u, v] = inPlane(plane.normal);
    edit((region) => {
      const seed = [nearest[u], nearest[v]] as const;
      const done = engine.regions.fill(session.study!, region, { normal: plane.normal, slice, seed });
      if (done.open) say('open');
    });
  };
  if (instrument === 'brush') return new BrushTool('brush', colour, begin('add'), keys);
  if (instrument === 'eraser') return new BrushTool('eraser', () => '#ffffff', begin('erase'), keys);
  if (instrument === 'fill') return new PointTool('fill', fill, keys);
  return new OutlineTool(instrument, colour, outline, keys);
}

/** By place of the key. */
export const KEYS: Readonly<Record<string, Instrument>> = { KeyB: 'brush', KeyE: 'eraser' };

/** Takes an instrument in hand, or lays down the one that is. */
export function take(session: Session, instrument: Instrument | null, say: (said: Said) => void): void {
  const next = instrument === hand.instrument ? null : instrument;
  say(null);
  hand.instrument = next;
  session.workbench.tool = next === null ? null : drawingTool(session, next, say);
}

/** The two axes of a plane in the order of voxel indices. */
function inPlane(normal: VoxelAxis): readonly [VoxelAxis, VoxelAxis] {
  const [u, v] = ([0, 1, 2] as const).filter((axis) => axis !== normal);
  return [u!, v!];
}
