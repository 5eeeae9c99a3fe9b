package com.example.recipes;

import io.github.upgradehandler.Attribute;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

@WebServlet(urlPatterns = "/cart", asyncSupported = true, loadOnStartup = 1)
public class CartServlet extends WebSocketServlet {

  private static final Attribute<Cart> CART = Attribute.of("cart", Cart.class);

  @Override
  protected void describe(HttpServletRequest request, Handshake.Builder handshake) {
    HttpSession session = request.getSession(false);
    if (session != null && session.getAttribute("cart") instanceof Cart cart) {
      handshake.attribute(CART, cart);
    }
  }

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    if (handshake.attribute(CART).isEmpty()) {
      throw new HandshakeRefusedException(403, "no cart");
    }
    return new CartHandler();
  }

  private static final class CartHandler implements WebSocketHandler {

    @Override
    public void onText(WebSocket socket, String question) {
      Cart cart = socket.attribute(CART).orElseThrow();
      socket.sendText(String.join(", ", cart.articles()));
    }
  }
}
