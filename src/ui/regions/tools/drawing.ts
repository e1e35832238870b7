import { sameGrid, type Vec3 } from '../../../core/geometry.ts';
import type { Volume } from '../../../core/volume.ts';
import type { Brush } from '../../../regions/draw/brush.ts';
import { asRefusal } from '../../state/trouble.ts';
import type { Workspace } from '../../state/workspace.svelte.ts';
import type { VoxelAxis } from '../../viewer/planes.ts';
import type { PlaneScreen, ToolKey, ToolPoint, ViewerTool } from '../../viewer/tool.ts';
import { BrushTool, type HandStroke } from './brush-tool.svelte.ts';
import { hand, type Instrument } from './hand.svelte.ts';
import { OutlineTool } from './outline-tool.svelte.ts';
import { PointTool } from './point-tool.svelte.ts';

/** What a drawing tool says back: an area that is open, an outline that crosses itself, a refusal. */
export type Said = 'open' | 'crossing' | 'locked' | 'hidden' | 'geometry' | 'memory' | null;

/** The image under the hand: that of the session, or the one beside it. */
interface Sheet {
  readonly series: string;
  readonly volume: Volume;
}

function sheetOf({ session, companion }: Workspace, { volume }: PlaneScreen): Sheet | null {
  const beside = volume === companion.volume && volume !== session.volume ? companion.series : session.series;
  return beside?.affine && sameGrid(volume.grid, { size: sizeOf(beside.size), affine: beside.affine })
    ? { series: beside.uid, volume }
    : null;
}

const sizeOf = ([x, y, z]: readonly number[]): Vec3 => [x!, y!, z!];

/** The tool of an instrument, drawing into the selected region; a new one is made when there is none. */
export function drawingTool(
  workspace: Workspace,
  instrument: Instrument,
  say: (said: Said) => void,
): ViewerTool {
  const { session, engine } = workspace;
  const { workbench } = session;
  const colour = () => {
    const [r, g, b] = workbench.current?.colour ?? [255, 224, 138];
    return `rgb(${r} ${g} ${b})`;
  };
  const keys = (key: ToolKey): boolean => {
    // The instrument is laid down before the viewer takes the key for its own.
    if (key.key === 'Escape') {
      take(workspace, null, say);
      return true;
    }
    const to = key.shiftKey ? null : KEYS[key.code];
    if (!to) return false;
    take(workspace, to, say);
    return true;
  };
  /** Runs an edit of the region in hand; says why not. */
  const edit = <T>(screen: PlaneScreen, work: (region: string, sheet: Sheet) => T): T | null => {
    say(null);
    const { study } = session;
    const sheet = sheetOf(workspace, screen);
    if (!study || !sheet) {
      say('geometry');
      return null;
    }
    const { series } = sheet;
    let region = workbench.current?.series === series ? workbench.current : null;
    region ??= workbench.entries.findLast((e) => e.series === series && !e.locked && e.visible) ?? null;
    if (region?.locked || region?.visible === false) {
      say(region.locked ? 'locked' : 'hidden');
      return null;
    }
    const id = region?.id ?? engine.regions.create(study, { series });
    workbench.selected = id;
    try {
      return work(id, sheet);
    } catch (error) {
      if (asRefusal(error, '').kind !== 'too_large') throw error;
      say('memory');
      return null;
    }
  };
  const limit = ({ volume }: Sheet): Pick<Brush, 'limit'> => {
    const { low, high } = hand.range;
    if (!hand.limited) return {};
    return { limit: { data: volume.data, low: low ?? -Infinity, high: high ?? Infinity } };
  };
  const begin =
    (mode: Brush['mode']) =>
    (screen: PlaneScreen, radius: number, eraser: boolean): HandStroke | null =>
      edit(screen, (region, sheet) => {
        const stroke = engine.regions.stroke(session.study!, region, {
          mode: eraser ? 'erase' : mode,
          radius,
          shape: hand.ball ? { kind: 'ball' } : { kind: 'disc', normal: screen.plane.normal },
          ...limit(sheet),
        });
        return workbench.held(stroke);
      });
  const outline = (screen: PlaneScreen, corners: readonly Vec3[], erase: boolean): void => {
    const { plane, slice } = screen;
    const [u, v] = inPlane(plane.normal);
    edit(screen, (region, sheet) => {
      const done = engine.regions.polygon(session.study!, region, {
        normal: plane.normal,
        slice,
        points: corners.map((c) => [c[u], c[v]] as const),
        mode: erase ? 'erase' : 'add',
        ...limit(sheet),
      });
      if (done.selfCrossing) say('crossing');
    });
  };
  const fill = ({ screen, nearest }: ToolPoint): void => {
    const { plane, slice } = screen;
    const [u, v] = inPlane(plane.normal);
    edit(screen, (region) => {
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
export function take(workspace: Workspace, instrument: Instrument | null, say: (said: Said) => void): void {
  const { workbench } = workspace.session;
  const next = instrument === hand.instrument ? null : instrument;
  say(null);
  hand.instrument = next;
  workbench.tool = next === null ? null : drawingTool(workspace, next, say);
}

/** The two axes of a plane in the order of voxel indices. */
function inPlane(normal: VoxelAxis): readonly [VoxelAxis, VoxelAxis] {
  const [u, v] = ([0, 1, 2] as const).filter((axis) => axis !== normal);
  return [u!, v!];
}
