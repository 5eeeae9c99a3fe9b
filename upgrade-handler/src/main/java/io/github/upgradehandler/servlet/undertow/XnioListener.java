package io.github.upgradehandler.servlet.undertow;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;

/** Makes listeners of XNIO's channels, a type that a web application cannot link to everywhere. */
final class XnioListener {

  /** Its name, for a class loader that knows it. */
  static final String TYPE = "org.xnio.ChannelListener";

  private XnioListener() {}

  static Object of(Class<?> type, Runnable called) {
    InvocationHandler handler =
        (proxy, method, arguments) -> {
          if (method.getName().equals("handleEvent")) {
            called.run();
            return null;
          }
          return method.invoke(called, arguments); // those of Object
        };
    return Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler);
  }
}
