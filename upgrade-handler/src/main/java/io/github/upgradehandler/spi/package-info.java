/** What other modules build on, such as another carrier of bytes: not for applications. */
@org.jspecify.annotations.NullMarked
package io.github.upgradehandler.spi;
