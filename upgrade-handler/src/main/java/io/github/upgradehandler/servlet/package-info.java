/**
 * The way in: a servlet that upgrades requests and carries WebSocket over the container's {@code
 * WebConnection}. The only package that imports jakarta.servlet.
 */
@NullMarked
package io.github.upgradehandler.servlet;

import org.jspecify.annotations.NullMarked;
