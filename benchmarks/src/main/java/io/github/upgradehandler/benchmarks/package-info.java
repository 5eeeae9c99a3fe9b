/** The command line. */
@NullMarked
package io.github.upgradehandler.benchmarks;

import org.jspecify.annotations.NullMarked;
