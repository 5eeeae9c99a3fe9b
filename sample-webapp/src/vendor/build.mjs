// Makes shared/vendor/yjs.js, which is checked in, so that a build needs nothing but a JDK.

import { readFile, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const licences = await Promise.all(
  ['yjs', 'lib0'].map(async (name) => {
    const { version } = JSON.parse(await readFile(`node_modules/${name}/package.json`, 'utf8'));
    return `${name} ${version}\n\n${await readFile(`node_modules/${name}/LICENSE`, 'utf8')}`;
  }),
);
const { outputFiles } = await build({
  stdin: { contents: "export * from 'yjs';", resolveDir: '.' },
  bundle: true,
  minify: true,
  format: 'esm',
  charset: 'utf8',
  banner: { js: `/*! Not to be edited: made by src/vendor/build.mjs.\n\n${licences.join('\n')}*/` },
  write: false,
});
await writeFile(
  process.argv[2] ?? '../main/webapp/shared/vendor/yjs.js',
  outputFiles[0].contents,
);
