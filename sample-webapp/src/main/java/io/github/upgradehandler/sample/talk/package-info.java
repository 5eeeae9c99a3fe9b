/** The page that speaks Socket.IO: rooms, private lines, receipts, and what comes after a break. */
@NullMarked
package io.github.upgradehandler.sample.talk;

import org.jspecify.annotations.NullMarked;
