/** How a connection is made and what carries it: sockets, selectors, the opening handshake. */
@NullMarked
package io.github.upgradehandler.client.internal;

import org.jspecify.annotations.NullMarked;
