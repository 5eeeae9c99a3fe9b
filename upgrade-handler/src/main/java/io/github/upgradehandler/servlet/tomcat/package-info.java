/**
 * What is known of Tomcat, by reflection.
 *
 * <p>Not for applications: public only for {@code servlet}.
 */
@NullMarked
package io.github.upgradehandler.servlet.tomcat;

import org.jspecify.annotations.NullMarked;
