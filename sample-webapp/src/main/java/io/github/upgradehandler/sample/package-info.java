/**
 * Small endpoints, mapped in {@code web.xml}. What belongs to one page is in a package of its own.
 */
package io.github.upgradehandler.sample;
