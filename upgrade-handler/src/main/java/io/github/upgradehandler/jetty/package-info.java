/**
 * The one piece that Jetty needs: put {@link io.github.upgradehandler.jetty.UpgradeInputHandler} in
 * front of the servlets of an embedded server, or into a WAR by {@code WEB-INF/jetty-ee10-web.xml}
 * and {@code WEB-INF/jetty-ee11-web.xml}. No other container ever loads this package.
 */
@NullMarked
package io.github.upgradehandler.jetty;

import org.jspecify.annotations.NullMarked;
