package io.github.upgradehandler.containers;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The containers, in the order of the table. */
public enum Container {
  JETTY_EMBEDDED("Jetty 12.1.12, embedded", Launchers::jetty),
  TOMCAT_EMBEDDED_10_1("Tomcat 10.1.59, embedded", Launchers.tomcat("tomcat-embedded-10.1")),
  TOMCAT_EMBEDDED_11("Tomcat 11.0.24, embedded", Launchers.tomcat("tomcat-embedded-11")),
  UNDERTOW_EMBEDDED("Undertow 2.3.26, embedded", Launchers::undertow),
  JETTY_EE10("Jetty 12.1.12, ee10", Distributions.jetty("ee10")),
  JETTY_EE11("Jetty 12.1.12, ee11", Distributions.jetty("ee11")),
  TOMCAT_10_1("Tomcat 10.1.59", Distributions.tomcat("tomcat-10.1")),
  TOMCAT_11("Tomcat 11.0.24", Distributions.tomcat("tomcat-11")),
  WILDFLY("WildFly 39.0.1", Distributions.wildfly("wildfly")),
  WILDFLY_PREVIEW("WildFly Preview 38.0.1", Distributions.wildfly("wildfly-preview")),
  PAYARA_MICRO("Payara Micro 6.2025.10", Distributions::payaraMicro),
  OPEN_LIBERTY("Open Liberty 26.0.0.3", Distributions::openLiberty);

  /** Starts a container with the WAR; it serves a while later. */
  interface Launcher {
    Process start(Place place) throws Exception;
  }

  private static final List<Container> DEFAULT =
      List.of(JETTY_EMBEDDED, TOMCAT_EMBEDDED_10_1, TOMCAT_EMBEDDED_11, UNDERTOW_EMBEDDED);

  private final String title;
  private final Launcher launcher;

  Container(String title, Launcher launcher) {
    this.title = title;
    this.launcher = launcher;
  }

  /** The ones that {@code -Dcontainer=name,name} asks for; {@code all}; or the embedded ones. */
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
    return Arrays.stream(values())
        .filter(container -> container.id().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no container is called " + name));
  }

  /** Its name in {@code -Dcontainer} and in file names. */
  String id() {
    return name()
        .toLowerCase(Locale.ROOT)
        .replaceAll("_(\\d+)_(\\d+)$", "-$1.$2")
        .replace('_', '-');
  }

  /** Its name in the table. */
  String title() {
    return title;
  }

  Launcher launcher() {
    return launcher;
  }

  @Override
  public String toString() {
    return title;
  }
}
