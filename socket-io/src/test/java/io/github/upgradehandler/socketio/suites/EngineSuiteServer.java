package io.github.upgradehandler.socketio.suites;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.socketio.SocketIoConfig;
import java.time.Duration;
import java.util.List;

/** The server that the test suites of the protocol Engine.IO expect, versions 4 and 3. */
public final class EngineSuiteServer {

  private EngineSuiteServer() {}

  /** The options that the suites name. */
  public static SocketIoConfig.Builder options() {
    return SocketIoConfig.builder()
        .pingInterval(Duration.ofMillis(300))
        .pingTimeout(Duration.ofMillis(200))
        .connectTimeout(Duration.ofSeconds(1))
        .allowEio3(true)
        .webSocket(WebSocketConfig.builder().allowedOrigins(List.of("*")).build());
  }

  /** Runs until it is killed. */
  public static void main(String[] args) throws Exception {
    SuiteServer.run(args, new EngineEchoServlet(options().build()), "/engine.io/*");
  }
}
