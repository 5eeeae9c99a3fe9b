package io.github.upgradehandler.benchmarks.load;

import io.github.upgradehandler.benchmarks.server.Implementation;
import java.util.List;

/** A server that can be measured. */
public enum Server {
  /** Ours on Jetty. */
  JETTY_OURS("Jetty", Implementation.UPGRADE_HANDLER, "JettyMain", "jetty", "redis", "netty"),
  /** Jetty's own. */
  JETTY_NATIVE("Jetty", Implementation.NATIVE, "JettyMain", "jetty"),
  /** Tyrus on Jetty. */
  JETTY_TYRUS("Jetty", Implementation.TYRUS, "JettyMain", "jetty", "tyrus"),
  /** Ours on Tomcat. */
  TOMCAT_OURS("Tomcat", Implementation.UPGRADE_HANDLER, "TomcatMain", "tomcat"),
  /** Tomcat's own. */
  TOMCAT_NATIVE("Tomcat", Implementation.NATIVE, "TomcatMain", "tomcat", "tomcat-websocket"),
  /** Tyrus on Tomcat. */
  TOMCAT_TYRUS("Tomcat", Implementation.TYRUS, "TomcatMain", "tomcat", "tyrus"),
  /** Ours on Undertow. */
  UNDERTOW_OURS("Undertow", Implementation.UPGRADE_HANDLER, "UndertowMain", "undertow"),
  /** Ours on Undertow's channels. */
  UNDERTOW_CHANNELS(
      "Undertow", Implementation.UPGRADE_HANDLER_CHANNELS, "UndertowMain", "undertow"),
  /** Undertow's own. */
  UNDERTOW_NATIVE("Undertow", Implementation.NATIVE, "UndertowMain", "undertow"),
  /** Tyrus on Undertow. */
  UNDERTOW_TYRUS("Undertow", Implementation.TYRUS, "UndertowMain", "tyrus", "undertow"),
  /** Netty alone. */
  NETTY("Netty", Implementation.NATIVE, "NettyMain", "netty"),
  /** uWebSockets, which is native code. */
  UWEBSOCKETS("uWebSockets", Implementation.NATIVE, "uwebsockets.js"),
  /** A loop in C, the bound: what the system calls cost. */
  C_LOOP("C", Implementation.NATIVE, "echo.c"),
  /** Our Socket.IO on Jetty. */
  JETTY_SOCKET_IO(
      "Jetty",
      Implementation.SOCKET_IO,
      "JettyMain",
      "jetty",
      "socket-io",
      "jackson",
      "redis",
      "netty"),
  /** Our Socket.IO on Tomcat. */
  TOMCAT_SOCKET_IO(
      "Tomcat", Implementation.SOCKET_IO, "TomcatMain", "tomcat", "socket-io", "jackson"),
  /** Our Socket.IO on Undertow. */
  UNDERTOW_SOCKET_IO(
      "Undertow", Implementation.SOCKET_IO, "UndertowMain", "undertow", "socket-io", "jackson"),
  /** The original, of npm. */
  NODE_SOCKET_IO("Node", Implementation.SOCKET_IO_NATIVE, "socketio.js"),
  /** netty-socketio. */
  NETTY_SOCKET_IO(
      "Netty",
      Implementation.SOCKET_IO_NATIVE,
      "NettySocketIoMain",
      "netty-socketio",
      "netty",
      "jackson");

  private final String container;
  private final Implementation implementation;
  private final String mainClass;
  private final List<String> libraries;

  Server(String container, Implementation implementation, String mainClass, String... libraries) {
    this.container = container;
    this.implementation = implementation;
    this.mainClass = Implementation.class.getPackageName() + "." + mainClass;
    this.libraries = List.of(libraries);
  }

  /** The name on the command line. */
  public String id() {
    return container.toLowerCase(java.util.Locale.ROOT) + "/" + implementation.label();
  }

  /** What it runs on. */
  public String container() {
    return container;
  }

  /** What runs on it. */
  public Implementation implementation() {
    return implementation;
  }

  /** Whether it can do what the row asks for. */
  public boolean takes(Row row) {
    if (row.isSocketIo() != implementation.isSocketIo()) {
      return false;
    }
    if (row.tls() && !isContainer()) {
      return false;
    }
    if (row.sharing() != Sharing.NONE) {
      return this == JETTY_OURS || this == JETTY_SOCKET_IO || this == NODE_SOCKET_IO;
    }
    return switch (row.load()) {
      case LISTEN -> isContainer();
      case EVENT_STREAMS -> isContainer() && implementation != Implementation.TYRUS;
      case STALLED, PACED -> implementation.isOurs();
      case ECHO -> this != C_LOOP || !row.compression();
      case CONNECT -> true;
      case IDLE -> isJava() || this == NODE_SOCKET_IO;
      default -> this != C_LOOP;
    };
  }

  /** Whether it is a servlet container. */
  private boolean isContainer() {
    return isJava() && !container.equals("Netty");
  }

  /** Whether it runs in a JVM, whose heap and stacks can be told. */
  public boolean isJava() {
    return this != C_LOOP && this != UWEBSOCKETS && this != NODE_SOCKET_IO;
  }

  String mainClass() {
    return mainClass;
  }

  /** Directories of jars. */
  List<String> libraries() {
    return libraries;
  }
}
