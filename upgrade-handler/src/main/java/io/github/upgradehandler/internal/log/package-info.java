/** The logger, for every package but those of the protocol. */
@org.jspecify.annotations.NullMarked
package io.github.upgradehandler.internal.log;
