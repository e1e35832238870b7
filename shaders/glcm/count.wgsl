// Twin of assembly/glcm/count.ts: equal integer counts of voxel pairs, one matrix a direction.
//
// One row of workgroups a direction; each workgroup takes a chunk of voxels. Small matrices are counted in workgroup
// memory and added to the result once; large ones are counted in the result itself.

struct Task {
  // First voxel of this dispatch and the one after its last.
  first: u32,
  last: u32,
  // Voxels a workgroup takes.
  chunk: u32,
  // K; matrices are K × K.
  ranks: u32,
  // Bits of a rank in the packed levels: 8 or 16.
  bits: u32,
}

@group(0) @binding(0) var<uniform> task: Task;
// Padded ranks, packed little-endian into words.
@group(0) @binding(1) var<storage, read> levels: array<u32>;
// Voxels from a voxel to its neighbour in each direction.
@group(0) @binding(2) var<storage, read> steps: array<u32>;
// [direction][i − 1][j − 1]
@group(0) @binding(3) var<storage, read_write> counts: array<atomic<u32>>;

override CELLS: u32 = 1;
var<workgroup> cells: array<atomic<u32>, CELLS>;

const THREADS = 256u;

fn rank_at(voxel: u32) -> u32 {
  let bit = voxel * task.bits;
  let word = levels[select(voxel >> 1u, voxel >> 2u, task.bits == 8u)];
  return extractBits(word, bit & 31u, task.bits);
}

// Cell of the pair that starts at a voxel, or 0xffffffff when one of the two lies outside the region.
fn cell_of(voxel: u32, step: u32) -> u32 {
  let i = rank_at(voxel);
  if (i == 0u) {
    return 0xffffffffu;
  }
  let j = rank_at(voxel + step);
  if (j == 0u) {
    return 0xffffffffu;
  }
  return (i - 1u) * task.ranks + j - 1u;
}

@compute @workgroup_size(256)
fn count_shared(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let step = steps[group.y];
  let start = task.first + group.x * task.chunk;
  let end = min(task.last, start + task.chunk);
  for (var voxel = start + thread; voxel < end; voxel += THREADS) {
    let cell = cell_of(voxel, step);
    if (cell != 0xffffffffu) {
      atomicAdd(&cells[cell], 1u);
    }
  }
  workgroupBarrier();
  let size = task.ranks * task.ranks;
  for (var cell = thread; cell < size; cell += THREADS) {
    let n = atomicLoad(&cells[cell]);
    if (n > 0u) {
      atomicAdd(&counts[group.y * size + cell], n);
    }
  }
}

@compute @workgroup_size(256)
fn count_global(@builtin(workgroup_id) group: vec3<u32>, @builtin(local_invocation_index) thread: u32) {
  let step = steps[group.y];
  let start = task.first + group.x * task.chunk;
  let end = min(task.last, start + task.chunk);
  let size = task.ranks * task.ranks;
  for (var voxel = start + thread; voxel < end; voxel += THREADS) {
    let cell = cell_of(voxel, step);
    if (cell != 0xffffffffu) {
      atomicAdd(&counts[group.y * size + cell], 1u);
    }
  }
}
