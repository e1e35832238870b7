import type { Engine } from '../../engine/api.ts';
import type { ReaderProposal, ReaderStudy } from '../../engine/repeatability/request.ts';
import type { RegionPair } from '../../quality/readers/pair-regions.ts';
import type { Session } from './session.svelte.ts';

type ListedRegion = ReaderProposal['regions'][number];

/** Which regions of two readers are compared, and what came of it. */
export class Readers {
  proposal = $state.raw<ReaderProposal | null>(null);
  pairs = $state.raw<readonly RegionPair[]>([]);
  /** Largest CoV of a robust feature, per cent; null: ICC alone decides (SPEC R17). */
  limitPercent = $state<number | null>(null);
  made = $state.raw<ReaderStudy | null>(null);

  constructor(
    readonly engine: Engine,
    readonly session: Session,
  ) {}

  clear(): void {
    this.proposal = null;
    this.pairs = [];
    this.made = null;
  }

  /** Pairs anew by name and overlap. */
  async propose(): Promise<void> {
    const { study, seriesUid } = this.session;
    if (!study) return this.clear();
    const proposal = await this.engine.readerPairs(study, seriesUid === null ? {} : { series: seriesUid });
    if (this.session.study?.id !== study.id) return;
    this.proposal = proposal;
    this.pairs = proposal.pairs;
  }

  /** After the list of regions changed: pairs whose regions are gone fall out. */
  async refresh(): Promise<void> {
    const before = this.pairs;
    const untouched = before.length === 0 || before === this.proposal?.pairs;
    await this.propose();
    if (untouched) return;
    const here = this.proposal?.regions.map((r) => r.id) ?? [];
    this.pairs = before.filter((p) => here.includes(p.first) && here.includes(p.second));
  }

  /** Regions that stand in no pair, those of a reader first. */
  free(side: 'first' | 'second', series?: string): readonly ListedRegion[] {
    const taken = this.pairs.flatMap((p) => [p.first, p.second]);
    const open = (this.proposal?.regions ?? []).filter(
      (r) => !taken.includes(r.id) && (series === undefined || r.series === series),
    );
    return [...open.filter((r) => r.side === side), ...open.filter((r) => r.side !== side)];
  }

  /** The next pair that can be made of what is free. */
  next(): RegionPair | null {
    for (const a of this.free('first')) {
      const b = this.free('second', a.series).find((r) => r.id !== a.id);
      if (b) return { subject: this.#subject(a.name), first: a.id, second: b.id, series: a.series };
    }
    return null;
  }

  add(): void {
    const pair = this.next();
    if (pair) this.pairs = [...this.pairs, pair];
  }

  remove(at: number): void {
    this.pairs = this.pairs.filter((_, n) => n !== at);
  }

  /** Another region for one side of a pair; the lesion is named after the first reader's. */
  choose(at: number, side: 'first' | 'second', id: string): void {
    const region = this.proposal?.regions.find((r) => r.id === id);
    const pair = this.pairs[at];
    if (!region || !pair) return;
    let changed: RegionPair = { ...pair, [side]: id };
    if (side === 'first') changed = { ...changed, series: region.series, subject: '' };
    const other = this.pairs.filter((_, n) => n !== at);
    this.pairs = other;
    const partner = this.proposal?.regions.find((r) => r.id === changed.second);
    if (partner && (partner.series !== changed.series || partner.id === changed.first)) {
      const second = this.free('second', changed.series).find((r) => r.id !== changed.first);
      if (second) changed = { ...changed, second: second.id };
    }
    if (changed.subject === '') changed = { ...changed, subject: this.#subject(region.name) };
    this.pairs = other.toSpliced(at, 0, changed);
  }

  #subject(name: string): string {
    const taken = this.pairs.map((p) => p.subject);
    let found = name;
    for (let n = 2; taken.includes(found); n++) found = `${name} (${n})`;
    return found;
  }
}
