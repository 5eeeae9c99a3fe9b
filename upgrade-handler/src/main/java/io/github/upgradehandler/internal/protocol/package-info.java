/**
 * The protocol without I/O: the opening handshake (RFC 6455 section 4), messages (5.4), control
 * frames (5.5) and the closing handshake (7). Knows no thread, clock or stream.
 */
@NullMarked
package io.github.upgradehandler.internal.protocol;

import org.jspecify.annotations.NullMarked;
