/**
 * Server-sent events (HTML Living Standard section 9.2) of rooms: what is sent to a room, numbered,
 * kept for a while and streamed to clients that only listen. Without servlets.
 */
@NullMarked
package io.github.upgradehandler.internal.sse;

import org.jspecify.annotations.NullMarked;
