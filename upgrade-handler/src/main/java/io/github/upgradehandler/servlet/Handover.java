package io.github.upgradehandler.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A handshake on its way from the servlet, which has accepted it, to the container, which hands
 * over the connection when the request is over. Filters have the response back meanwhile, and some
 * change what was answered. What each container makes of that is in a subclass; others than these
 * get what the servlet API says, and no more.
 */
class Handover {

  private final HttpServletRequest request;
  private final HttpServletResponse response;

  /** For the request and the response as the container has them. */
  Handover(HttpServletRequest request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
  }

  /** As the container of a request, perhaps wrapped, wants it. */
  static Handover of(HttpServletRequest request, HttpServletResponse response) {
    ServletRequest own = request;
    while (own instanceof ServletRequestWrapper wrapper) {
      own = wrapper.getRequest();
    }
    ServletResponse answer = response;
    while (answer instanceof ServletResponseWrapper wrapper) {
      answer = wrapper.getResponse();
    }
    if (!(own instanceof HttpServletRequest inner)
        || !(answer instanceof HttpServletResponse outer)) {
      return new Handover(request, response);
    }
    String type = own.getClass().getName();
    if (type.startsWith("org.eclipse.jetty.")) {
      return new JettyHandover(inner, outer);
    }
    return switch (type) {
      case TomcatHandover.REQUEST -> new TomcatHandover(inner, outer);
      case UndertowHandover.REQUEST -> new UndertowHandover(inner, outer);
      default -> new Handover(inner, outer);
    };
  }

  /** The request as the container has it. */
  final HttpServletRequest request() {
    return request;
  }

  /** The response as the container has it: what a wrapper keeps back is none of the handshake. */
  final HttpServletResponse response() {
    return response;
  }

  /**
   * The servlet is about to return.
   *
   * @param spoiled to be called when the answer turns out to be no 101, at any time and by any
   *     thread, also several times
   */
  void watch(Runnable spoiled) throws IOException {}

  /** The container has handed over the connection: from now on its streams are used. */
  void begin() {}

  /** Whether the answer is the one that a connection begins with. */
  final boolean isSwitching() {
    return response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS;
  }
}
