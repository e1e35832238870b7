/**
 * How the caches of one copy of the program begin: other programs, and other copies of this one, may live under the same
 * origin, and theirs are left alone.
 * @param scope address of the folder that the copy is served from
 */
export const cachePrefix = (scope: string): string => `kinetex-program ${new URL(scope).pathname} `;
