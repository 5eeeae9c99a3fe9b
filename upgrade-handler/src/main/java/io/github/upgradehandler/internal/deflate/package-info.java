/** The extension permessage-deflate (RFC 7692). Knows no thread, clock or stream. */
@NullMarked
package io.github.upgradehandler.internal.deflate;

import org.jspecify.annotations.NullMarked;
