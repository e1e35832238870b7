/** Set by vite.config.ts and vitest.config.ts from package.json. */
declare const __KINETEX_VERSION__: string;

declare module 'virtual:kinetex-worker' {
  /** Address of the worker script; null in the single-file build. */
  export const url: string | null;
  /** Source of the whole worker; null where it is a file of its own. */
  export const source: string | null;
}
