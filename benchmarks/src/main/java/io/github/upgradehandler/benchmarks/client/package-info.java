/** Clients of WebSocket, this library's and others', in processes of their own. */
@NullMarked
package io.github.upgradehandler.benchmarks.client;

import org.jspecify.annotations.NullMarked;
