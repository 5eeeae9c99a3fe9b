package io.github.upgradehandler.servlet;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether code has made a {@link WebSocketServlet} with a function, in whichever web application
 * shares this class. While there is none, one that is registered by its class alone has no
 * function: so it is known at deployment that it needs a handler. Thread-safe.
 */
final class MadeInCode {

  private static final AtomicBoolean ANY = new AtomicBoolean();

  private MadeInCode() {}

  static void note() {
    ANY.set(true);
  }

  static boolean isAny() {
    return ANY.get();
  }
}
