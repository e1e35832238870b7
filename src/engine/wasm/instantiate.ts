import type { Arena, KernelModule } from '../../core/kernel-module.ts';

const PAGE = 65536;

/**
 * Starts the compiled kernels. Works in pages, workers and Node.
 * @throws WebAssembly.CompileError when the platform lacks Wasm SIMD.
 */
export async function instantiate(bytes: Uint8Array<ArrayBuffer>): Promise<KernelModule> {
  const { instance } = await WebAssembly.instantiate(bytes, {});
  const exports = instance.exports as Record<string, unknown> & { memory: WebAssembly.Memory };
  const find = (name: string): ((...args: number[]) => number) => {
    const f = exports[name];
    if (typeof f !== 'function') throw new RangeError(`no kernel named ${name}`);
    return f as (...args: number[]) => number;
  };
  return {
    call: (name, ...args) => find(name)(...args),
    has: (name) => typeof exports[name] === 'function',
    arena: arenaOver(exports.memory, find('arena_base')()),
  };
}

function arenaOver(memory: WebAssembly.Memory, base: number): Arena {
  const start = (base + 15) & ~15;
  let next = start;
  const room = (bytes: number): number => {
    const at = next;
    const end = at + ((Math.max(0, bytes) + 15) & ~15) + 16;
    const missing = end - memory.buffer.byteLength;
    if (!Number.isFinite(end)) throw new RangeError(`arena asked for ${bytes} bytes`);
    if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
    next = end;
    return at;
  };
  return {
    reset: () => {
      next = start;
    },
    alloc: (bytes) => {
      const at = room(bytes);
      new Uint8Array(memory.buffer, at, next - at).fill(0);
      return at;
    },
    room,
    get buffer() {
      return memory.buffer;
    },
  };
}
