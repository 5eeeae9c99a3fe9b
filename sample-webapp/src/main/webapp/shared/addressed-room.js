/** The room that the page's address names, whoever has made that. */
export function addressedRoom() {
  try {
    return decodeURIComponent(location.hash.slice(1)).trim();
  } catch {
    return '';
  }
}

/** The page's address names the room from now on. */
export function addressRoom(name) {
  history.replaceState(null, '', `#${encodeURIComponent(name)}`);
}
