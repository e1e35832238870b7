import source from '../../../shaders/glcm/count.wgsl?raw';
import { DIRECTIONS, IN_PLANE } from '../../radiomics/directions.ts';
import type { PaddedLevels } from '../../radiomics/padded-levels.ts';

/** Voxels of one dispatch: short enough for a driver's watchdog, with all directions. */
const DISPATCH = 2 ** 22;
/** Voxels a workgroup takes: emptying its matrix is then a small part of the work. */
const CHUNK = 2 ** 14;

/**
 * Voxel pairs by the GPU, equal to those of the Wasm kernel, integer for integer: 13 matrices K × K, or the four
 * in-plane directions of all slices together. The distance is the pad of the levels.
 * @returns null when the matrices or the levels exceed what the device can bind
 * @throws what the device rejects with when it is lost meanwhile
 */
export async function countPairsOnGpu(
  device: GPUDevice,
  levels: PaddedLevels,
  planar = false,
): Promise<Uint32Array[] | null> {
  const { data, ranks, pad: distance } = levels;
  const [px, py, pz] = levels.size;
  const plane = px * py;
  const size = ranks * ranks;
  const directions = DIRECTIONS.slice(0, planar ? IN_PLANE : DIRECTIONS.length);
  const words = Math.ceil(data.byteLength / 4);
  const largest = Math.min(device.limits.maxStorageBufferBindingSize, device.limits.maxBufferSize);
  if (4 * words > largest || 4 * size * directions.length > largest) return null;

  const buffers: GPUBuffer[] = [];
  const bufferOf = (bytes: number, usage: GPUBufferUsageFlags): GPUBuffer => {
    const buffer = device.createBuffer({ size: bytes, usage });
    buffers.push(buffer);
    return buffer;
  };
  try {
    const levelBuffer = bufferOf(4 * words, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST);
    const packed = new Uint8Array(4 * words);
    packed.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    device.queue.writeBuffer(levelBuffer, 0, packed);
    const stepBuffer = bufferOf(4 * directions.length, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_DST);
    const steps = directions.map(([x, y, z]) => distance * (x + px * y + plane * z));
    device.queue.writeBuffer(stepBuffer, 0, Uint32Array.from(steps));
    const bytes = 4 * size * directions.length;
    const counts = bufferOf(bytes, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC);
    const readable = bufferOf(bytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);

    const shared = 4 * size <= device.limits.maxComputeWorkgroupStorageSize;
    const pipeline = await device.createComputePipelineAsync({
      layout: 'auto',
      compute: {
        module: device.createShaderModule({ code: source }),
        entryPoint: shared ? 'count_shared' : 'count_global',
        ...(shared ? { constants: { CELLS: size } } : {}),
      },
    });
    // From the first to the last slice of the region; what lies before and after is padding.
    const last = plane * (pz - distance);
    for (let first = plane * distance; first < last; first += DISPATCH) {
      const end = Math.min(last, first + DISPATCH);
      const task = bufferOf(32, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST);
      device.queue.writeBuffer(
        task,
        0,
        Uint32Array.of(first, end, CHUNK, ranks, 8 * data.BYTES_PER_ELEMENT, 0, 0, 0),
      );
      const encoder = device.createCommandEncoder();
      const pass = encoder.beginComputePass();
      pass.setPipeline(pipeline);
      pass.setBindGroup(
        0,
        device.createBindGroup({
          layout: pipeline.getBindGroupLayout(0),
          entries: [task, levelBuffer, stepBuffer, counts].map((buffer, binding) => ({
            binding,
            resource: { buffer },
          })),
        }),
      );
      pass.dispatchWorkgroups(Math.ceil((end - first) / CHUNK), directions.length);
      pass.end();
      device.queue.submit([encoder.finish()]);
    }
    const encoder = device.createCommandEncoder();
    encoder.copyBufferToBuffer(counts, 0, readable, 0, bytes);
    device.queue.submit([encoder.finish()]);
    await readable.mapAsync(GPUMapMode.READ);
    const all = new Uint32Array(readable.getMappedRange().slice(0));
    return directions.map((_, d) => all.slice(d * size, (d + 1) * size));
  } finally {
    for (const buffer of buffers) buffer.destroy();
  }
}
