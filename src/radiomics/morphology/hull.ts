/** The convex hull of points. */
export interface Hull {
  /** Indices of the points that are corners of hull triangles. */
  readonly vertices: Int32Array;
  /** Triangles, three point indices each, turning left seen from outside. Flat sides consist of several. */
  readonly faces: Int32Array;
  /** For each triangle the neighbours across the edges 0-1, 1-2, 2-0. */
  readonly neighbours: Int32Array;
  /** Outward normal of each triangle, twice its area long. */
  readonly normals: Float64Array;
}
