/** The servers: a main class for each container, run in a process of its own. */
@NullMarked
package io.github.upgradehandler.benchmarks.server;

import org.jspecify.annotations.NullMarked;
