/** Three small endpoints, mapped in {@code web.xml}, and a page to try them. */
package io.github.upgradehandler.sample;
