// A page of the repository as a page of the site.

import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, posix } from 'node:path';
import { START, pages, repository } from './pages.mjs';

const linked = new Set();

/**
 * A plugin for markdown-it: what a page links to that is no page is shown as text, and what is only
 * indented looks like other blocks.
 */
export function pagesOfTheSite(md) {
  md.core.ruler.push('pages-of-the-site', ({ tokens, env }) => {
    for (const token of tokens.filter(({ type }) => type === 'html_block')) {
      // Without the dot Vue takes it for the name of a package.
      token.content = token.content.replace(/\b(src|srcset)="(?=\w+\/)/g, '$1="./');
    }
    for (const token of tokens.filter(({ type }) => type === 'code_block')) {
      Object.assign(token, { type: 'fence', info: env.relativePath === 'index.md' ? 'sh' : 'text' });
    }
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      if (token.type === 'link_open') {
        token.attrSet('href', hrefFrom(env.relativePath, token.attrGet('href')));
      }
    }
  });
}

function hrefFrom(page, href) {
  if (/^([a-z]+:|#)/.test(href)) {
    return href;
  }
  const [path, anchor] = href.split('#');
  const target = posix.join(posix.dirname(page), path);
  if (target === START) {
    return anchor ? `/index.md#${anchor}` : '/index.md';
  }
  if (pages.includes(target)) {
    return href;
  }
  if (!existsSync(join(repository, target))) {
    throw new Error(`${page} links to ${href}, which is not there`);
  }
  linked.add(target);
  return `/source/${target}.txt`;
}

/** Puts what pages link to into the site; of a directory all files, one after another. */
export function copyLinked(site) {
  for (const path of linked) {
    const copy = join(site, 'source', `${path}.txt`);
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, text(path));
  }
}

function text(path) {
  const place = join(repository, path);
  if (statSync(place).isFile()) {
    return readFileSync(place);
  }
  return readdirSync(place)
    .sort()
    .map((name) => join(path, name))
    .map((inside) => (statSync(join(repository, inside)).isFile() ? `==> ${inside}\n\n${text(inside)}` : text(inside)))
    .join('\n');
}
