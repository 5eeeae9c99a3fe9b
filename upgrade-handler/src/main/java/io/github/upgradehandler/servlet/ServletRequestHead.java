package io.github.upgradehandler.servlet;

import io.github.upgradehandler.internal.protocol.RequestHead;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;

/** A servlet request, as the opening handshake reads it. */
record ServletRequestHead(HttpServletRequest request) implements RequestHead {

  @Override
  public String method() {
    return request.getMethod();
  }

  @Override
  public String protocol() {
    return request.getProtocol();
  }

  @Override
  public boolean isSecure() {
    return request.isSecure();
  }

  @Override
  public List<String> headers(String name) {
    return Collections.list(request.getHeaders(name));
  }
}
