/** What tests of several packages need: the client's side of the wire, and an echo. */
package io.github.upgradehandler.testing;
