/**
 * What is known of Open Liberty, by reflection.
 *
 * <p>Not for applications: public only for {@code servlet}.
 */
@NullMarked
package io.github.upgradehandler.servlet.liberty;

import org.jspecify.annotations.NullMarked;
