/** Version of the product, from package.json at build time. */
export const VERSION: string = __KINETEX_VERSION__;
