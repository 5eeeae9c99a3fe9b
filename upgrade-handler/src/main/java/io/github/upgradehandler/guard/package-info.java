/**
 * Guards: bounds on connections and on what they send, and ways to sign in. Given to {@code
 * WebSocketConfig.Builder.guards}, in the order in which they are to be asked.
 */
@NullMarked
package io.github.upgradehandler.guard;

import org.jspecify.annotations.NullMarked;
