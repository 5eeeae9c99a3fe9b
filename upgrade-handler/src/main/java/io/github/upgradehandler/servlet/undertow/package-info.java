/**
 * What is known of Undertow, on which WildFly is built, and of XNIO below it, by reflection.
 *
 * <p>Not for applications: public only for {@code servlet}.
 */
@NullMarked
package io.github.upgradehandler.servlet.undertow;

import org.jspecify.annotations.NullMarked;
