/**
 * One live connection: reading, the outbound queue, deadlines. Bytes come and go through a {@link
 * io.github.upgradehandler.connection.Transport}; what carries them is not known here.
 */
@NullMarked
package io.github.upgradehandler.connection;

import org.jspecify.annotations.NullMarked;
