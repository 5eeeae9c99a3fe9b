package io.github.upgradehandler.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.servlet.container.ContainerOptions;
import io.github.upgradehandler.servlet.container.ContainerOutput;
import io.github.upgradehandler.servlet.container.ContainerStreams;
import io.github.upgradehandler.servlet.container.Handover;
import io.github.upgradehandler.servlet.container.ServletEventOutput;
import io.github.upgradehandler.spi.TransportListener;
import io.github.upgradehandler.testing.CapturedLog;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.WebConnection;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A container that nobody knows is used as the servlet API says. */
class ContainersTest {

  private final List<String> calls = new ArrayList<>();

  /** An object of the container, whose methods give what is said, else null. */
  private <T> T unknown(Class<T> type, Map<String, Object> results) {
    return type.cast(
        Proxy.newProxyInstance(
            ContainersTest.class.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, arguments) -> result(method.getName(), arguments, results)));
  }

  private @Nullable Object result(
      String method, Object @Nullable [] arguments, Map<String, Object> results) {
    calls.add(arguments == null ? method : method + " " + List.of(arguments));
    return results.get(method);
  }

  @Test
  void its_streams_are_plain() throws Exception {
    WebConnection connection = unknown(WebConnection.class, Map.of("getInputStream", input()));
    TransportListener listener = unknown(TransportListener.class, Map.of());
    ContainerStreams streams = Containers.streams(connection, listener, ContainerOptions.NONE);
    assertThat(streams).isExactlyInstanceOf(ContainerStreams.class);
  }

  private static ServletInputStream input() {
    return new ServletInputStream() {
      @Override
      public boolean isFinished() {
        return true;
      }

      @Override
      public boolean isReady() {
        return false;
      }

      @Override
      public void setReadListener(ReadListener listener) {}

      @Override
      public int read() {
        return -1;
      }
    };
  }

  @Test
  void its_output_of_events_is_plain_and_does_not_tell_whether_it_is_closed() {
    ServletOutputStream body = new BlockingOutput(OutputStream.nullOutputStream());
    ServletEventOutput output =
        Containers.eventOutput(
            unknown(AsyncContext.class, Map.of()), new ContainerOutput(body, body));
    assertThat(output).isExactlyInstanceOf(ServletEventOutput.class);
    assertThat(output.isClosedByOthers()).isFalse();
  }

  @Test
  void its_handover_has_what_the_container_has_below_what_filters_put_around() {
    HttpServletRequest request = unknown(HttpServletRequest.class, Map.of());
    HttpServletResponse response = unknown(HttpServletResponse.class, Map.of());
    Handover handover =
        Containers.handover(
            new HttpServletRequestWrapper(new HttpServletRequestWrapper(request)),
            new HttpServletResponseWrapper(response));
    assertThat(handover).isExactlyInstanceOf(Handover.class);
    assertThat(handover.request()).isSameAs(request);
    assertThat(handover.response()).isSameAs(response);
  }

  @Test
  void its_sessions_are_touched_by_setting_their_interval_to_what_it_is() throws Exception {
    Containers.sessionTouch(unknown(HttpSession.class, Map.of("getMaxInactiveInterval", 7)))
        .touch();
    assertThat(calls).containsExactly("getMaxInactiveInterval", "setMaxInactiveInterval [7]");
  }

  @Test
  void its_stop_is_not_listened_to_and_nothing_is_found_at_its_start() {
    ServletContext context = unknown(ServletContext.class, Map.of());
    try (CapturedLog log = new CapturedLog()) {
      Containers.onServerStop(context, () -> {}).cancel();
      assertThat(log.messages()).isEmpty();
    }
    assertThat(Containers.startupFinding("Other 1", context)).isEmpty();
  }

  @Test
  void options_are_those_that_adapters_declare() {
    assertThat(Containers.hasOption("undertowChannels")).isTrue();
    assertThat(Containers.hasOption("undertowchannels")).isFalse();
    assertThat(Containers.hasOption("maxMessageBytes")).isFalse();
  }
}
