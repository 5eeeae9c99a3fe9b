package io.github.upgradehandler.socketio.suites;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.socketio.DisconnectReason;
import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.internal.engine.EngineListener;
import io.github.upgradehandler.socketio.internal.engine.EnginePacket;
import io.github.upgradehandler.socketio.internal.engine.EngineSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The application that the tests of engine.io-client expect. */
final class EngineClientServlet extends EngineEchoServlet {

  private static final long serialVersionUID = 1L;

  private static final List<String> COOKIES =
      List.of(
          "1=1; Max-Age=86400",
          "2=2; Path=/; HttpOnly; Secure; SameSite=Strict",
          "3=3; Max-Age=0",
          "4=4; Expires=Thu, 01 Jan 1970 00:00:00 GMT");

  /** By the ids of sessions: the cookies of the last POST. */
  private final transient Map<String, String> cookies = new ConcurrentHashMap<>();

  EngineClientServlet() {
    super(options());
  }

  private static SocketIoConfig options() {
    return SocketIoConfig.builder()
        .pingInterval(Duration.ofMillis(500))
        .maxHttpBufferSize(100)
        .webSocket(
            WebSocketConfig.builder()
                .guards(
                    handshake -> {
                      if (handshake.parameter("deny").isPresent()) {
                        throw new HandshakeRefusedException(403, "Forbidden");
                      }
                      return Admission.UNCONDITIONAL;
                    })
                .build())
        .build();
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String query = request.getQueryString();
    int sid = query.indexOf("sid=");
    if (request.getMethod().equals("POST")) {
      String cookie = request.getHeader("Cookie");
      cookies.put(query.substring(sid + 4).split("&", 2)[0], cookie == null ? "" : cookie);
    } else if (sid < 0) {
      COOKIES.forEach(cookie -> response.addHeader("Set-Cookie", cookie));
    }
    super.service(request, response);
  }

  @Override
  protected EngineListener accept(EngineSession session) {
    EngineListener echo = super.accept(session);
    echo.onText("hi");
    return new EngineListener() {
      @Override
      public void onText(String text) {
        switch (text) {
          case "give binary" -> session.send(List.of(EnginePacket.binary(numbers())));
          case "give utf8" -> echo.onText("пойду спать всем спокойной ночи");
          case "sendHeaders" -> echo.onText(headers(cookies.getOrDefault(session.id(), "")));
          default -> echo.onText(text);
        }
      }

      @Override
      public void onBinary(byte[] bytes) {
        echo.onBinary(bytes);
      }

      @Override
      public void onClose(DisconnectReason reason) {
        cookies.remove(session.id());
      }
    };
  }

  private static byte[] numbers() {
    return new byte[] {0, 1, 2, 3, 4};
  }

  private static String headers(String cookie) {
    return cookie.isEmpty() ? "{}" : "{\"cookie\":\"" + cookie + "\"}";
  }
}
