/**
 * The compiled Wasm module as the domain sees it: exported functions on raw addresses, and an arena to put arrays in.
 * Rooms marshal their own arrays, so a new kernel needs no line here.
 */
export interface KernelModule {
  /** Exported kernels by name (`glcm_count`, …); arguments and results are numbers (addresses, counts, floats). */
  readonly call: (name: string, ...args: number[]) => number;
  readonly has: (name: string) => boolean;
  readonly arena: Arena;
}

/**
 * A bump allocator over the module's memory. `reset` at the start of every call frees everything at once.
 * Views die when memory grows: allocate everything first, take views afterwards, and copy results out.
 */
export interface Arena {
  reset(): void;
  /** Address of `bytes` zeroed bytes, aligned to 16. @throws RangeError when the memory cannot grow that far. */
  alloc(bytes: number): number;
  /** The same without zeroing: for arrays that are filled from end to end before they are read. */
  room(bytes: number): number;
  readonly buffer: ArrayBuffer;
}
