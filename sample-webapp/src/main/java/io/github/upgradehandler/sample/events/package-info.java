/**
 * Named events in JSON: a message is {@code {"type", "id", "data"}}. Without an id it is an event
 * and nobody answers. With an id it is a request, and the other end answers it under the same id,
 * with type {@code reply} (without data: an acknowledgement) or {@code error}. Either end may ask.
 * What is wrong with a message is answered by an error, and the connection stays open.
 */
@NullMarked
package io.github.upgradehandler.sample.events;

import org.jspecify.annotations.NullMarked;
