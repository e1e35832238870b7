import { relative } from 'node:path';
import { firstLoadFiles } from './scripts/first-load.mjs';

export default [
  {
    name: 'first load, scripts and styles',
    path: [...firstLoadFiles('dist').map((file) => relative('.', file)), 'dist/assets/index-*.css'],
    gzip: true,
    limit: '300 kB',
  },
  { name: 'worker with its codecs', path: 'dist/assets/*worker-source-*.js', gzip: true, limit: '570 kB' },
];
