/**
 * What containers have in common where they differ: an adapter for each container says how its
 * streams, responses, requests and sessions are to be used. Names no container.
 *
 * <p>Not for applications: public only for {@code servlet} and for the packages of the containers.
 */
@NullMarked
package io.github.upgradehandler.servlet.container;

import org.jspecify.annotations.NullMarked;
