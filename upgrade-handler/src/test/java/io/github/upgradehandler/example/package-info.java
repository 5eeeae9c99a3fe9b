/** Servlets to copy: one for each way of signing in. {@code SignInTest} shows them at work. */
package io.github.upgradehandler.example;
