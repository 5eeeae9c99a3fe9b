/** Single parts of the library, by JMH. */
@NullMarked
package io.github.upgradehandler.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
