/** One thread that puts a server under load, and what is measured meanwhile. */
@NullMarked
package io.github.upgradehandler.benchmarks.load;

import org.jspecify.annotations.NullMarked;
