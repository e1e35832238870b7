/** Groups of voxels that touch by face, edge or corner (26 neighbours); voxel (i, j, k) is i + nx (j + ny k). */
export function connectedGroups(
  voxels: readonly number[],
  [nx, ny, nz]: readonly [number, number, number],
): number[][] {
  const waiting = new Set(voxels);
  const groups: number[][] = [];
  for (const seed of voxels) {
    if (!waiting.delete(seed)) continue;
    const group = [seed];
    for (let at = 0; at < group.length; at++) {
      const voxel = group[at]!;
      const [i, j, k] = [voxel % nx, Math.floor(voxel / nx) % ny, Math.floor(voxel / (nx * ny))];
      for (let dk = -1; dk <= 1; dk++)
        for (let dj = -1; dj <= 1; dj++)
          for (let di = -1; di <= 1; di++) {
            const [x, y, z] = [i + di, j + dj, k + dk];
            if (x < 0 || y < 0 || z < 0 || x >= nx || y >= ny || z >= nz) continue;
            const next = x + nx * (y + ny * z);
            if (waiting.delete(next)) group.push(next);
          }
    }
    groups.push(group);
  }
  return groups;
}
