/**
 * Maximum flow in a network of whole capacities: levels by breadth-first search, then blocking flows along them.
 * Source: Dinic EA, Soviet Math Dokl 1970;11:1277.
 */
export class FlowNetwork {
  readonly #nodes: number;
  /** Edges in pairs: 2e there, 2e + 1 back. */
  readonly #to: number[] = [];
  readonly #capacity: number[] = [];
  readonly #edgesOf: number[][];

  constructor(nodes: number) {
    this.#nodes = nodes;
    this.#edgesOf = Array.from({ length: nodes }, () => []);
  }

  /** An edge, and one back with its own capacity. */
  add(from: number, to: number, capacity: number, back = 0): void {
    this.#edgesOf[from]!.push(this.#to.length);
    this.#to.push(to);
    this.#capacity.push(capacity);
    this.#edgesOf[to]!.push(this.#to.length);
    this.#to.push(from);
    this.#capacity.push(back);
  }

  /** The flow from source to sink; what is left stays in the network. */
  maxFlow(source: number, sink: number): number {
    let flow = 0;
    for (;;) {
      const level = this.#levels(source);
      if (level[sink]! < 0) return flow;
      flow += this.#blockingFlow(source, sink, level);
    }
  }

  /** 1 for nodes that the source still reaches: the least source side of all minimum cuts. */
  sourceSide(source: number): Uint8Array {
    return Uint8Array.from(this.#levels(source), (l) => Number(l >= 0));
  }

  #levels(source: number): Int32Array {
    const level = new Int32Array(this.#nodes).fill(-1);
    level[source] = 0;
    const queue = [source];
    for (const at of queue)
      for (const e of this.#edgesOf[at]!) {
        const to = this.#to[e]!;
        if (this.#capacity[e]! === 0 || level[to]! >= 0) continue;
        level[to] = level[at]! + 1;
        queue.push(to);
      }
    return level;
  }

  #blockingFlow(source: number, sink: number, level: Int32Array): number {
    const next = new Int32Array(this.#nodes);
    const path: number[] = [];
    let flow = 0;
    let at = source;
    for (;;) {
      if (at === sink) {
        let least = Infinity;
        for (const e of path) least = Math.min(least, this.#capacity[e]!);
        for (const e of path) {
          this.#capacity[e]! -= least;
          this.#capacity[e ^ 1]! += least;
        }
        flow += least;
        const full = path.findIndex((e) => this.#capacity[e] === 0);
        at = this.#to[path[full]! ^ 1]!;
        path.length = full;
        continue;
      }
      const edges = this.#edgesOf[at]!;
      let e = -1;
      while (next[at]! < edges.length) {
        const tried = edges[next[at]!]!;
        if (this.#capacity[tried]! > 0 && level[this.#to[tried]!] === level[at]! + 1) {
          e = tried;
          break;
        }
        next[at]!++;
      }
      if (e >= 0) {
        path.push(e);
        at = this.#to[e]!;
      } else if (path.length === 0) return flow;
      else {
        at = this.#to[path.pop()! ^ 1]!;
        next[at]!++;
      }
    }
  }
}
