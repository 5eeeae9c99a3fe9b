/** The page that shows the frames of a connection as they travel. */
@NullMarked
package io.github.upgradehandler.sample.inspector;

import org.jspecify.annotations.NullMarked;
