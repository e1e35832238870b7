/** Set by vite.config.ts and vitest.config.ts from package.json. */
declare const __KINETEX_VERSION__: string;

declare module 'virtual:kinetex-worker' {
  /** Address of the worker on Vite's own server, for tests; null in every build. */
  export const url: string | null;
  /** Source of the whole worker, codecs included, as one classic script. */
  export const load: () => Promise<string>;
}
