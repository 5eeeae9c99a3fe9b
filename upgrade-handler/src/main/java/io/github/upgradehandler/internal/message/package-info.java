/** What is made of a message before it is sent: UTF-8, and frames that many connections share. */
@NullMarked
package io.github.upgradehandler.internal.message;

import org.jspecify.annotations.NullMarked;
