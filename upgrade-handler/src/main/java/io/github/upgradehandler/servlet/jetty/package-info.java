/**
 * What is known of Jetty's servlets, by reflection.
 *
 * <p>Not for applications: public only for {@code servlet}.
 */
@NullMarked
package io.github.upgradehandler.servlet.jetty;

import org.jspecify.annotations.NullMarked;
