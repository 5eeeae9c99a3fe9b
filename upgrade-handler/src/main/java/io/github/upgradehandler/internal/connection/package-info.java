/**
 * One live connection: reading, the outbound queue, deadlines. Bytes come and go through a {@link
 * io.github.upgradehandler.spi.Transport}; what carries them is not known here.
 */
@NullMarked
package io.github.upgradehandler.internal.connection;

import org.jspecify.annotations.NullMarked;
