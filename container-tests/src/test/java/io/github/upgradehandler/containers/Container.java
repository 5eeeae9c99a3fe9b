package io.github.upgradehandler.containers;

import io.github.upgradehandler.containers.server.Embedded;
import io.github.upgradehandler.containers.server.GlassFish;
import io.github.upgradehandler.containers.server.JettyHome;
import io.github.upgradehandler.containers.server.OpenLiberty;
import io.github.upgradehandler.containers.server.Server;
import io.github.upgradehandler.containers.server.Tomcat;
import io.github.upgradehandler.containers.server.WildFly;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** The containers, in the order of the table. */
public enum Container {
  JETTY_EE10_EMBEDDED("Jetty ee10, embedded", "12.1.14", v -> Embedded.jetty("ee10", v)),
  JETTY_EE11_EMBEDDED("Jetty ee11, embedded", "12.1.14", v -> Embedded.jetty("ee11", v)),
  TOMCAT_10_1_EMBEDDED("Tomcat 10.1, embedded", "10.1.59", Embedded::tomcat),
  TOMCAT_11_EMBEDDED("Tomcat 11, embedded", "11.0.24", Embedded::tomcat),
  UNDERTOW_EMBEDDED("Undertow, embedded", "2.3.26.Final", Embedded::undertow),
  JETTY_EE10("Jetty ee10", "12.1.12", v -> new JettyHome("ee10", v)),
  JETTY_EE11("Jetty ee11", "12.1.12", v -> new JettyHome("ee11", v)),
  TOMCAT_10_1("Tomcat 10.1", "10.1.59", Tomcat::new),
  TOMCAT_11("Tomcat 11", "11.0.24", Tomcat::new),
  TOMEE_EMBEDDED("TomEE, embedded", "10.0.0-M2", Embedded::tomee),
  WILDFLY("WildFly", "39.0.1.Final", v -> new WildFly("wildfly-dist", v)),
  WILDFLY_PREVIEW("WildFly Preview", "38.0.1.Final", v -> new WildFly("wildfly-preview-dist", v)),
  GLASSFISH_7("GlassFish 7", "7.0.21", v -> new GlassFish(v, Jdk::own)),
  GLASSFISH_8("GlassFish 8", "8.0.0", v -> new GlassFish(v, Jdk::newer)),
  PAYARA_MICRO("Payara Micro", "6.2025.10", Embedded::payaraMicro),
  OPEN_LIBERTY("Open Liberty", "26.0.0.3", OpenLiberty::new);

  /** A small one: with all, the default build would fetch gigabytes. */
  private static final List<Container> DEFAULT = List.of(UNDERTOW_EMBEDDED);

  private final String title;
  private final String version;
  private final Server server;

  Container(String title, String version, Function<String, Server> server) {
    this.title = title;
    this.version = version;
    this.server = server.apply(version);
  }

  /** The ones that {@code -Dcontainer=name,name} asks for; {@code all}; or the default ones. */
  static List<Container> selected() {
    String names = System.getProperty("container", "");
    if (names.isEmpty()) {
      return DEFAULT;
    }
    if (names.equals("all")) {
      return List.of(values());
    }
    return Arrays.stream(names.split(",", -1)).map(Container::named).toList();
  }

  private static Container named(String name) {
    List<Container> all = List.of(values());
    return all.stream()
        .filter(container -> container.id().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "-Dcontainer: there is no "
                        + name
                        + ", only all and "
                        + all.stream().map(Container::id).toList()));
  }

  /** Its name in {@code -Dcontainer} and in file names, such as tomcat-10.1. */
  String id() {
    return name().toLowerCase(Locale.ROOT).replaceAll("(?<=\\d)_(?=\\d)", ".").replace('_', '-');
  }

  /** Its name in the table. */
  String title() {
    return title;
  }

  String version() {
    return version;
  }

  Server server() {
    return server;
  }

  @Override
  public String toString() {
    return title + " " + version;
  }
}
