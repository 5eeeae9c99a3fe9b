/** The page of chat rooms: who is there, who is typing, and the latest lines. */
@NullMarked
package io.github.upgradehandler.sample.rooms;

import org.jspecify.annotations.NullMarked;
