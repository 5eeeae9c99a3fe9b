/** What tests of several packages need: the client's side of the wire. */
package io.github.upgradehandler.testing;
