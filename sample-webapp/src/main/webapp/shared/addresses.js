/** Where the web application is, whatever the scheme, the host and the context path. */
export const root = new URL('..', import.meta.url);

/**
 * The address of a WebSocket endpoint.
 *
 * @param {string} path relative to the web application, such as 'echo'
 */
export function socketUrl(path, parameters = {}) {
  const url = new URL(path, root);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  url.search = new URLSearchParams(parameters).toString();
  return url;
}
