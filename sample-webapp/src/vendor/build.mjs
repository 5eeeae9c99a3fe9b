// Makes shared/vendor/editor.js, which is checked in, so that a build needs nothing but a JDK.

import { readFile, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';

const PERMISSIVE = ['MIT', 'ISC', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0'];

async function licence(name) {
  const { version, license } = JSON.parse(await readFile(`node_modules/${name}/package.json`, 'utf8'));
  if (!PERMISSIVE.includes(license)) {
    throw new Error(`${name} has the licence ${license}`);
  }
  return `${name} ${version}\n\n${await readFile(`node_modules/${name}/LICENSE`, 'utf8')}`;
}

const { outputFiles, metafile } = await build({
  entryPoints: ['editor.mjs'],
  bundle: true,
  minify: true,
  format: 'esm',
  charset: 'utf8',
  legalComments: 'none',
  metafile: true,
  write: false,
  outfile: 'editor.js',
});
const [{ inputs }] = Object.values(metafile.outputs);
const packages = Object.keys(inputs)
  .map((path) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1])
  .filter(Boolean);
const licences = await Promise.all([...new Set(packages)].sort().map(licence));
await writeFile(
  process.env.OUTPUT ?? '../main/webapp/shared/vendor/editor.js',
  `/*! Not to be edited: made by src/vendor/build.mjs.\n\n${licences.join('\n')}*/\n${outputFiles[0].text}`,
);
