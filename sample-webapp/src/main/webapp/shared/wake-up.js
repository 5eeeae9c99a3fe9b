/**
 * Calls the listener when the page or its network was away: a connection from before may be dead,
 * and an attempt may succeed now. Does nothing outside of a browser.
 *
 * @param {(event: Event) => void} listener
 * @param {AbortSignal} signal ends it
 */
export function onWakeUp(listener, signal) {
  const { window, document } = globalThis;
  const ifVisible = (event) => {
    if (document.visibilityState === 'visible') {
      listener(event);
    }
  };
  window?.addEventListener('online', listener, { signal });
  window?.addEventListener('offline', listener, { signal });
  window?.addEventListener('pageshow', listener, { signal });
  document?.addEventListener('visibilitychange', ifVisible, { signal });
  document?.addEventListener('resume', listener, { signal });
}
