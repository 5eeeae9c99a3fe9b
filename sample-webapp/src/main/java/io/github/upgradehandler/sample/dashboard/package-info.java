/** Figures of this JVM, sent as differences ten times a second. */
package io.github.upgradehandler.sample.dashboard;
