package io.github.upgradehandler.benchmarks.load;

/** What the client sends. */
enum Payload {
  /** JSON. */
  TEXT,
  /** One to four bytes for a character. */
  MULTI_BYTE_TEXT,
  /** JSON in frames of 256 bytes. */
  FRAGMENTED_TEXT,
  /** JSON of lengths that are spread evenly over the powers of two up to the row's. */
  MIXED_TEXT,
  /** Random bytes. */
  BINARY,
  /** JSON in compressed frames, which the server is to answer with such. */
  DEFLATED_JSON,
  /** The same, where each answer builds on those before (RFC 7692 section 7.1.1.1). */
  DEFLATED_JSON_TAKEOVER,
  /** An event of Socket.IO that is to be acknowledged with its argument. */
  EVENT,
  /** An event of Socket.IO that is to be sent to all. */
  BROADCAST_EVENT
}
