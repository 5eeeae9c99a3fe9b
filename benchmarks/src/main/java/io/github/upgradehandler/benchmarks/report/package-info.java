/** Results as a table and as plots. */
@NullMarked
package io.github.upgradehandler.benchmarks.report;

import org.jspecify.annotations.NullMarked;
