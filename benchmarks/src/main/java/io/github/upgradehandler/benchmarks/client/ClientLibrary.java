package io.github.upgradehandler.benchmarks.client;

import java.util.List;

/** Whose client it is. */
public enum ClientLibrary {
  /** This project's. */
  UPGRADE_HANDLER("upgrade-handler"),
  /** {@code java.net.http}. */
  JDK("jdk"),
  /** Square's. */
  OKHTTP("okhttp", "okhttp"),
  /** TooTallNate's. */
  JAVA_WEBSOCKET("java-websocket", "java-websocket"),
  /** The reference of Jakarta WebSocket, on Grizzly. */
  TYRUS("tyrus", "tyrus"),
  /** Netty's handlers, with a pipeline by hand. */
  NETTY("netty", "netty");

  private final String id;
  private final List<String> libraries;

  ClientLibrary(String id, String... libraries) {
    this.id = id;
    this.libraries = List.of(libraries);
  }

  /** The name on the command line and in results. */
  public String id() {
    return id;
  }

  /** Directories of jars. */
  List<String> libraries() {
    return libraries;
  }

  Client client() throws Exception {
    return switch (this) {
      case UPGRADE_HANDLER -> new OurClient();
      case JDK -> new JdkClient();
      case OKHTTP -> new OkHttp();
      case JAVA_WEBSOCKET -> new JavaWebSocket();
      case TYRUS -> new TyrusClient();
      case NETTY -> new NettyClient();
    };
  }
}
