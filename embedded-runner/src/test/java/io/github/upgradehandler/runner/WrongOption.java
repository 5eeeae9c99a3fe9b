package io.github.upgradehandler.runner;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import jakarta.servlet.annotation.WebInitParam;
import jakarta.servlet.annotation.WebServlet;

/** The one class of a WAR, with an option that there is not. */
@WebServlet(
    name = "wrong",
    urlPatterns = "/wrong",
    initParams = @WebInitParam(name = "maxMesageBytes", value = "65536"))
public final class WrongOption extends WebSocketServlet implements WebSocketHandler {

  private static final long serialVersionUID = 1L;

  /** For the container. */
  public WrongOption() {}

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return this;
  }
}
