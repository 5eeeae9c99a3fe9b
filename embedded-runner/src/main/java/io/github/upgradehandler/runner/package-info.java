/** A command that serves a WAR, by default the sample, on an embedded Jetty. */
@NullMarked
package io.github.upgradehandler.runner;

import org.jspecify.annotations.NullMarked;
