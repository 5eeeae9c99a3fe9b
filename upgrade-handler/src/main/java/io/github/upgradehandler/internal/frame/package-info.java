/** The wire: frames (RFC 6455 section 5), masking, UTF-8. Knows no thread, clock or stream. */
@NullMarked
package io.github.upgradehandler.internal.frame;

import org.jspecify.annotations.NullMarked;
