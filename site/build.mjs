// Makes target/site: SITE_BASE=/path/ node build.mjs, for a site that is served below a path.

import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vitepress';
import { START, pages, repository } from './pages.mjs';

const copies = join(import.meta.dirname, 'target', 'pages');
rmSync(copies, { recursive: true, force: true });
for (const page of pages) {
  cpSync(join(repository, page), join(copies, page === START ? 'index.md' : page));
}
for (const image of ['plot-light.svg', 'plot-dark.svg']) {
  const path = `benchmarks/results/${image}`;
  cpSync(join(repository, path), join(copies, path));
}
await build(import.meta.dirname);
