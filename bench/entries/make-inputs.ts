// Bundled by bench/bundle.mjs: what the bench needs of the product's phantoms.
export { largeCtFiles } from '../../src/quality/phantoms/large-ct-files.ts';
export { correlatedField } from '../../src/quality/phantoms/correlated-field/index.ts';
export { makeSampleStudy } from '../../src/quality/phantoms/sample-study.ts';
