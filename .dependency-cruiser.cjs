// The one rule of the house (docs/architecture.md): a datum moves left to right, nothing reaches back.
const ORDER = [
  'core',
  'formats',
  'series',
  'regions',
  'imaging',
  'radiomics',
  'kinetics',
  'statistics',
  'quality',
  'report',
];
const DOMAIN = `^src/(${ORDER.join('|')})/`;

/** Each domain folder may import itself and what stands to its left. */
const leftward = ORDER.map((folder, at) => ({
  name: `${folder}-reads-left`,
  comment: `${folder} may import only ${ORDER.slice(0, at + 1).join(', ')}`,
  severity: 'error',
  from: { path: `^src/${folder}/`, pathNot: '\\.(test|testing)\\.ts$' },
  to: { path: '^src/', pathNot: `^src/(${ORDER.slice(0, at + 1).join('|')})/` },
}));

/**
 * Folders whose children are rooms: none imports a sibling. A profile (radiomics/pyradiomics) is no room: it stands over
 * the rooms, as the extraction does, and reuses their matrices.
 */
const rooms = ['radiomics', 'kinetics/models', 'regions/segment'].map((folder) => ({
  name: `${folder.replace('/', '-')}-rooms-apart`,
  comment: `a room of ${folder} never imports another room`,
  severity: 'error',
  from: { path: `^src/${folder}/([^/]+)/.+`, pathNot: '(\\.test\\.ts$)|(^src/radiomics/pyradiomics/)' },
  to: { path: `^src/${folder}/[^/]+/.+`, pathNot: `^src/${folder}/$1/` },
}));

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'core-imports-nothing',
      severity: 'error',
      from: { path: '^src/core/', pathNot: '\\.test\\.ts$' },
      to: { pathNot: '^src/core/' },
    },
    {
      name: 'domain-knows-no-page',
      comment: 'the domain runs the same in a worker, in Node and in a test',
      severity: 'error',
      from: { path: DOMAIN, pathNot: '\\.(test|testing)\\.ts$' },
      to: { path: '(^src/(engine|ui|cli)/)|(node_modules/(svelte|comlink|idb)/)' },
    },
    {
      name: 'ui-and-cli-use-the-engine',
      comment: 'ui and cli import the engine, and from the domain types only',
      severity: 'error',
      from: { path: '^src/(ui|cli)/', pathNot: '\\.test\\.ts$' },
      to: { path: DOMAIN, pathNot: '^src/core/', dependencyTypesNot: ['type-only'] },
    },
    { name: 'ui-and-cli-apart', severity: 'error', from: { path: '^src/ui/' }, to: { path: '^src/cli/' } },
    {
      name: 'engine-knows-no-ui',
      severity: 'error',
      from: { path: '^src/engine/' },
      to: { path: '^src/(ui|cli)/' },
    },
    {
      name: 'tests-stay-out',
      severity: 'error',
      from: { path: '^src/', pathNot: '\\.(test|testing)\\.ts$' },
      to: { path: '(^tests/)|(\\.test\\.ts$)' },
    },
    ...leftward,
    ...rooms,
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.generated\\.ts$' },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
  },
};
