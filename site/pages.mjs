// Which pages the site has: their paths in the repository, in the order of the navigation.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export const repository = join(import.meta.dirname, '..');

/** The site's start, which has another name there. */
export const START = 'README.md';

export const groups = [
  {
    text: 'Begin',
    pages: {
      [START]: 'What it is',
      'docs/getting-started.md': 'Getting started',
      'docs/deploying.md': 'Deploying',
      'docs/concepts.md': 'How a connection lives',
      'docs/migrating.md': 'Migrating',
    },
  },
  {
    text: 'Build',
    pages: {
      'docs/upgrading.md': 'From a request to a connection',
      'docs/rooms-limits-sign-in.md': 'Rooms, limits, sign-in',
      'docs/logged-rooms.md': 'Logged rooms',
      'docs/rooms-over-nodes.md': 'Rooms over many nodes',
      'docs/server-sent-events.md': 'Server-sent events',
      'docs/client.md': 'The client',
      'docs/socket-io.md': 'Socket.IO',
      'docs/from-netty-socketio.md': 'From netty-socketio',
      'docs/blocking.md': 'The blocking style',
      'docs/recipes.md': 'Recipes',
      'docs/spring.md': 'Spring',
      'docs/cdi.md': 'CDI',
      'docs/browser.md': 'In the browser',
      'docs/testing.md': 'Testing a handler',
    },
  },
  {
    text: 'Run',
    pages: {
      'docs/options.md': 'Options',
      'docs/logging.md': 'Logging',
      'docs/proxies.md': 'Behind a proxy',
      'docs/containers.md': 'What containers do',
      'SECURITY.md': 'Security',
      'docs/performance.md': 'Performance',
    },
  },
  {
    text: 'Project',
    pages: {
      'ARCHITECTURE.md': 'Architecture',
      'CONTRIBUTING.md': 'Contributing',
      'docs/releasing.md': 'Releasing',
      'VERSIONING.md': 'Versions',
      'CHANGELOG.md': 'Changelog',
      'benchmarks/README.md': 'Benchmarks',
    },
  },
];

export const pages = groups.flatMap((group) => Object.keys(group.pages));

const forgotten = readdirSync(join(repository, 'docs'))
  .map((name) => `docs/${name}`)
  .filter((name) => name.endsWith('.md') && !pages.includes(name));
if (forgotten.length > 0) {
  throw new Error(`not in the navigation: ${forgotten}`);
}
