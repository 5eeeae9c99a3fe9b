/** What it takes that many come back to two nodes with one Redis. */
@org.jspecify.annotations.NullMarked
package io.github.upgradehandler.benchmarks.resume;
