package io.github.upgradehandler.servlet.container;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.ServletResponseWrapper;

/** The container's own request and response, without what filters have put around them. */
public final class Innermost {

  private Innermost() {}

  /** The request as the container has it. */
  public static ServletRequest of(ServletRequest request) {
    ServletRequest own = request;
    while (own instanceof ServletRequestWrapper wrapper) {
      own = wrapper.getRequest();
    }
    return own;
  }

  /** The response as the container has it. */
  public static ServletResponse of(ServletResponse response) {
    ServletResponse own = response;
    while (own instanceof ServletResponseWrapper wrapper) {
      own = wrapper.getResponse();
    }
    return own;
  }
}
