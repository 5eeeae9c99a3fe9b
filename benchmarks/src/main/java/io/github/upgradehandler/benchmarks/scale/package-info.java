/** What many connections cost, quiet ones above all. */
@org.jspecify.annotations.NullMarked
package io.github.upgradehandler.benchmarks.scale;
