package io.github.upgradehandler.servlet.container;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/**
 * A handshake between the servlet, which has accepted it, and the container, which hands over the
 * connection when the request is over. Filters get the response back meanwhile, and some change the
 * answer. What a container makes of that is in a subclass, in that container's package; a container
 * without one gets what the servlet API says, and no more.
 */
public class Handover {

  private final HttpServletRequest request;
  private final HttpServletResponse response;

  /** For the request and the response as the container has them. */
  public Handover(HttpServletRequest request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
  }

  /** The request as the container has it. */
  public final HttpServletRequest request() {
    return request;
  }

  /** The response as the container has it: what a wrapper keeps back is none of the handshake. */
  public final HttpServletResponse response() {
    return response;
  }

  /** What is missing for a connection to be of any use, and what to do; mostly empty. */
  public Optional<String> lack() {
    return Optional.empty();
  }

  /**
   * The servlet is about to return.
   *
   * @param spoiled to be called when the answer turns out to be no 101, at any time and by any
   *     thread, also several times
   */
  public void watch(Runnable spoiled) throws IOException {}

  /** The container has handed over the connection: from now on its streams are used. */
  public void begin() {}

  /** Whether the answer is the one that a connection begins with. */
  protected final boolean isSwitching() {
    return response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS;
  }
}
