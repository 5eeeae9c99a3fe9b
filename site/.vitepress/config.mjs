import { slug } from 'github-slugger';
import { defineConfig } from 'vitepress';
import { copyLinked, pagesOfTheSite } from '../markdown.mjs';
import { START, groups } from '../pages.mjs';

export default defineConfig({
  title: 'upgrade-handler',
  description: 'WebSocket for any Servlet 6 container',
  lang: 'en-GB',
  base: process.env.SITE_BASE ?? '/',
  srcDir: 'target/pages',
  outDir: 'target/site',
  cacheDir: 'target/cache',
  // A reader of 'Getting started' has a Tomcat there.
  ignoreDeadLinks: 'localhostLinks',
  // No icon, and no request for one.
  head: [['link', { rel: 'icon', href: 'data:,' }]],
  markdown: {
    // As on GitHub, so that a link to a heading works in both places.
    anchor: { slugify: slug },
    config: pagesOfTheSite,
  },
  themeConfig: {
    outline: [2, 3],
    search: { provider: 'local' },
    sidebar: groups.map(({ text, pages }) => ({
      text,
      items: Object.entries(pages).map(([page, title]) => ({
        text: title,
        link: page === START ? '/' : `/${page.replace(/\.md$/, '')}`,
      })),
    })),
  },
  buildEnd: ({ outDir }) => copyLinked(outDir),
});
