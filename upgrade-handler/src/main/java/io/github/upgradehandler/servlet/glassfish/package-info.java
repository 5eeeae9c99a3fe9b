/**
 * What is known of GlassFish, on which Payara is built, and of Grizzly below it, by reflection.
 *
 * <p>Not for applications: public only for {@code servlet}.
 */
@NullMarked
package io.github.upgradehandler.servlet.glassfish;

import org.jspecify.annotations.NullMarked;
