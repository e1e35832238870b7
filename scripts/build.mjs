// npm run build: kernels, codecs, the page (dist/), the page as one file (dist/kinetex.html), the command line.
import { buildKernels } from './build-kernels.mjs';
import { embedCodecs } from './embed-codecs.mjs';
import { buildCommandLine, buildPage, buildSingleFile } from './bundle.mjs';

export async function build() {
  await buildKernels();
  await embedCodecs();
  await buildPage();
  await buildSingleFile();
  await buildCommandLine();
}

if (process.argv[1] === import.meta.filename) await build();
