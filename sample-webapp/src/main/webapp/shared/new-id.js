const BYTES = 12;

/** An id that nobody else has. Not crypto.randomUUID, which pages without TLS do not have. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(BYTES));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
