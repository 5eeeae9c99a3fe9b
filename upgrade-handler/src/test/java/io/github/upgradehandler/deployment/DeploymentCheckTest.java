package io.github.upgradehandler.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.servlet.DeploymentCheck;
import io.github.upgradehandler.servlet.WebSocketServlet;
import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletRegistration;
import jakarta.servlet.http.HttpServlet;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.w3c.dom.Element;

/** What is looked at when a web application is deployed, and what is left to the servlet. */
@Timeout(60)
class DeploymentCheckTest {

  private static Mapped subclass(String name, String option, String value, ClassLoader loader) {
    return new Mapped(
        "chat", "/chat", Subclasses.class.getName() + '$' + name, Map.of(option, value), loader);
  }

  @ParameterizedTest
  @EnumSource
  void a_subclass_is_checked_too(Deploying container) throws Exception {
    try (ApplicationLoader loader = new ApplicationLoader()) {
      for (String name : new String[] {"Chat", "Silent", "Initialized", "Roomy"}) {
        assertThat(container.seen(subclass(name, "maxFragments", "some", loader)))
            .as(name)
            .containsExactly(
                "servlet 'chat': option 'maxFragments' = 'some': is not a whole number up to"
                    + " 2147483647");
      }
    }
  }

  /** A web application that has registered one servlet. */
  private static ServletContext registering(Mapped servlet) {
    ServletRegistration registration =
        answering(
            ServletRegistration.class,
            Map.of(
                "getName",
                servlet.name(),
                "getClassName",
                servlet.className(),
                "getInitParameters",
                servlet.params()));
    return answering(
        ServletContext.class,
        Map.of(
            "getServletRegistrations",
            Map.of(servlet.name(), registration),
            "getClassLoader",
            servlet.loader(),
            "getServerInfo",
            "Other 1"));
  }

  private static <T> T answering(Class<T> type, Map<String, Object> answers) {
    return type.cast(
        Proxy.newProxyInstance(
            DeploymentCheckTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> {
              if (!answers.containsKey(method.getName())) {
                throw new UnsupportedOperationException(method.getName());
              }
              return answers.get(method.getName());
            }));
  }

  @ParameterizedTest
  @CsvSource({
    "Roomy, outboundWatermarkBytes, 1000000",
    "RoomyNews, historyBytes, 1000000",
    "OwnParams, colour, blue",
    "OwnConfig, colour, blue",
    "Silent, maxFragments, 7",
    "Chat, handler, io.github.upgradehandler.deployment.Subclasses$Unloadable",
    "Missing, colour, blue",
  })
  void what_code_may_change_is_left_to_the_servlet(String name, String option, String value)
      throws Exception {
    try (ApplicationLoader loader = new ApplicationLoader()) {
      Mapped servlet = subclass(name, option, value, loader);
      ServletContext context = registering(servlet);
      for (ServletContainerInitializer each : servlet.initializers().toList()) {
        assertThatCode(() -> each.onStartup(null, context)).doesNotThrowAnyException();
      }
    }
  }

  @Test
  void servlets_of_others_are_not_looked_at() {
    Mapped other =
        new Mapped(
            "other",
            "/other",
            HttpServlet.class.getName(),
            Map.of("colour", "blue"),
            DeploymentCheckTest.class.getClassLoader());
    assertThatCode(() -> new DeploymentCheck().onStartup(null, registering(other)))
        .doesNotThrowAnyException();
  }

  @Test
  void a_function_given_in_code_is_something_that_handles_connections() {
    WebSocketServlet given = new WebSocketServlet(handshake -> new Handlers.Right());
    Mapped servlet =
        new Mapped(
            "chat",
            "/chat",
            given.getClass().getName(),
            Map.of(),
            DeploymentCheckTest.class.getClassLoader());
    assertThatCode(() -> new DeploymentCheck().onStartup(null, registering(servlet)))
        .doesNotThrowAnyException();
  }

  @Test
  void the_listener_of_the_web_fragment_says_the_same() throws Exception {
    try (ApplicationLoader loader = new ApplicationLoader()) {
      ServletContext context = registering(subclass("Chat", "colour", "blue", loader));
      Class<?> listener = Class.forName(text(fragment(), "listener-class"), true, loader);
      Object made = listener.getConstructor().newInstance();
      assertThatThrownBy(
              () ->
                  ((ServletContextListener) made)
                      .contextInitialized(new ServletContextEvent(context)))
          .isInstanceOf(IllegalStateException.class)
          .hasNoCause()
          .hasMessageStartingWith("servlet 'chat': unknown option 'colour'; there are ");
    }
  }

  /** Else no web application that has this library could be distributable. */
  @Test
  void the_web_fragment_is_distributable() throws Exception {
    assertThat(fragment().getElementsByTagName("distributable").getLength()).isOne();
    assertThat(fragment().getAttribute("metadata-complete")).isEqualTo("true");
  }

  private static Element fragment() throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(Path.of("target", "classes", "META-INF", "web-fragment.xml").toFile())
        .getDocumentElement();
  }

  private static String text(Element parent, String name) {
    return parent.getElementsByTagName(name).item(0).getTextContent().strip();
  }
}
