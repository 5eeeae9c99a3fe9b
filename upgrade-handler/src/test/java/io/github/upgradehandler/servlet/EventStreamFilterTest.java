package io.github.upgradehandler.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams behind filters, some of which let none be opened. */
@Timeout(60)
@Tag("slow")
class EventStreamFilterTest {

  private final GuardedNews news = new GuardedNews();

  /** A filter that gives the servlet a response of its own. */
  private static Filter wrapping(Wrapping wrapping) {
    return (request, response, chain) -> {
      HttpServletResponseWrapper wrapper = wrapping.around((HttpServletResponse) response);
      chain.doFilter(request, wrapper);
      if (wrapper instanceof AutoCloseable after) {
        try {
          after.close();
        } catch (Exception e) {
          throw new IOException(e);
        }
      }
    };
  }

  private interface Wrapping {
    HttpServletResponseWrapper around(HttpServletResponse response) throws IOException;
  }

  private static final class Gzip extends HttpServletResponseWrapper implements AutoCloseable {
    private GZIPOutputStream gzip;

    Gzip(HttpServletResponse response) {
      super(response);
      response.setHeader("Content-Encoding", "gzip");
    }

    @Override
    public void setContentLength(int length) {}

    @Override
    public ServletOutputStream getOutputStream() throws IOException {
      if (gzip == null) {
        gzip = new GZIPOutputStream(super.getOutputStream());
      }
      return new BlockingOutput(gzip);
    }

    @Override
    public void close() throws IOException {
      if (gzip != null) {
        gzip.close();
      }
    }
  }

  private static HttpServletResponseWrapper with(
      HttpServletResponse response, ServletOutputStream out) {
    return new HttpServletResponseWrapper(response) {
      @Override
      public ServletOutputStream getOutputStream() {
        return out;
      }
    };
  }

  private void assertRefused(EventContainer container, Filter filter, boolean async, String... said)
      throws Exception {
    EventStreamServlet servlet = news.servlet();
    news.released.set(0);
    try (CapturedLog log = new CapturedLog();
        RunningServer server = container.start(servlet, filter, async)) {
      for (int i = 0; i < 4; i++) {
        try (EventStreamClient client = new EventStreamClient(server)) {
          assertThat(client.responseHead().get(0)).startsWith("HTTP/1.1 500");
          assertThat(client.rest())
              .doesNotContain("xception")
              .doesNotContain("async")
              .doesNotContain("isten");
        }
      }
      news.assertNothingIsLeft(servlet, server);
      assertThat(log.messages()).hasSize(4);
      for (String line : log.messages()) {
        assertThat(line).startsWith("servlet '").contains(" cannot stream events: ").contains(said);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_filter_without_async_supported_is_named(EventContainer container) throws Exception {
    assertRefused(
        container,
        (request, response, chain) -> chain.doFilter(request, response),
        false,
        "set async-supported",
        "'" + EventContainer.FILTER + "'");
  }

  @ParameterizedTest
  @EnumSource
  void a_response_that_knows_no_listeners_is_named(EventContainer container) throws Exception {
    assertRefused(
        container,
        wrapping(response -> with(response, new BlockingOutput(response.getOutputStream()))),
        true,
        BlockingOutput.class.getName(),
        "WriteListener");
    ServletOutputStream unsupported =
        new BlockingOutput(java.io.OutputStream.nullOutputStream()) {
          @Override
          public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("as the test wants");
          }
        };
    EventStreamServlet servlet = news.servlet();
    try (CapturedLog log = new CapturedLog();
        RunningServer server =
            container.start(servlet, wrapping(response -> with(response, unsupported)), true)) {
      try (EventStreamClient client = new EventStreamClient(server)) {
        assertThat(client.responseHead().get(0)).startsWith("HTTP/1.1 500");
      }
      news.assertNothingIsLeft(servlet, server);
      assertThat(log.messages()).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_filter_that_compresses_gets_a_5xx_and_not_an_empty_stream(EventContainer container)
      throws Exception {
    assertRefused(container, wrapping(Gzip::new), true, Gzip.class.getName());
  }

  @ParameterizedTest
  @EnumSource
  void a_response_that_is_written_by_a_writer_is_named(EventContainer container) throws Exception {
    assertRefused(
        container,
        wrapping(
            response -> {
              PrintWriter writer = response.getWriter();
              return new HttpServletResponseWrapper(response) {
                @Override
                public PrintWriter getWriter() {
                  return writer;
                }
              };
            }),
        true,
        "Writer");
  }

  @ParameterizedTest
  @EnumSource
  void a_response_that_is_committed_opens_nothing(EventContainer container) throws Exception {
    EventStreamServlet servlet = news.servlet();
    Filter flushing =
        (request, response, chain) -> {
          response.flushBuffer();
          chain.doFilter(request, response);
        };
    try (CapturedLog log = new CapturedLog();
        RunningServer server = container.start(servlet, flushing, true)) {
      try (EventStreamClient client = new EventStreamClient(server)) {
        assertThat(client.isEnded()).isTrue();
      }
      news.assertNothingIsLeft(servlet, server);
      assertThat(log.messages()).singleElement().asString().contains("committed");
    }
  }

  /** One that passes everything on, but says of itself that it can always be written to. */
  private static final class PassingOn extends ServletOutputStream {
    private final ServletOutputStream out;

    PassingOn(ServletOutputStream out) {
      this.out = out;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {
      out.setWriteListener(listener);
    }

    @Override
    public void write(int b) throws IOException {
      out.write(b);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      out.flush();
    }
  }

  @ParameterizedTest
  @EnumSource
  void what_a_filter_passes_on_arrives(EventContainer container) throws Exception {
    EventStreamServlet servlet = news.servlet();
    Filter passing =
        wrapping(response -> with(response, new PassingOn(response.getOutputStream())));
    try (RunningServer server = container.start(servlet, passing, true)) {
      try (EventStreamClient client = new EventStreamClient(server)) {
        client.next();
        List<String> sent = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
          sent.add(i + "x".repeat(1000));
          news.rooms.room("news").send(PreparedMessage.text(sent.get(i)));
        }
        for (String event : sent) {
          assertThat(EventStreamClient.data(client.nextEvent())).isEqualTo(event);
        }
        client.reset();
      }
    }
    assertThat(news.limit.open()).isZero();
  }

  /** Who sets a length of nothing has browsers come back for ever. */
  @ParameterizedTest
  @EnumSource
  void what_a_filter_does_to_the_head_afterwards_changes_nothing(EventContainer container)
      throws Exception {
    EventStreamServlet servlet = news.servlet();
    Filter late =
        (request, response, chain) -> {
          chain.doFilter(request, response);
          response.setContentLength(0);
          ((HttpServletResponse) response).setStatus(204);
          response.setContentType("text/html");
        };
    try (RunningServer server = container.start(servlet, late, true);
        EventStreamClient client = new EventStreamClient(server)) {
      assertThat(client.responseHead().get(0)).startsWith("HTTP/1.1 200");
      client.next();
      news.rooms.room("news").send(PreparedMessage.text("all the same"));
      assertThat(EventStreamClient.data(client.nextEvent())).isEqualTo("all the same");
    }
  }

  private enum Misdeed {
    CLOSES {
      @Override
      void after(ServletRequest request, HttpServletResponse response) throws IOException {
        response.getOutputStream().close();
      }
    },
    RESETS {
      @Override
      void after(ServletRequest request, HttpServletResponse response) {
        response.reset();
      }
    },
    THROWS {
      @Override
      void after(ServletRequest request, HttpServletResponse response) {
        throw new IllegalStateException("as the test wants");
      }
    },
    COMPLETES {
      @Override
      void after(ServletRequest request, HttpServletResponse response) {
        request.getAsyncContext().complete();
      }
    };

    abstract void after(ServletRequest request, HttpServletResponse response) throws IOException;
  }

  /** Without a word of the container, on Tomcat, if the output is closed. */
  @ParameterizedTest
  @EnumSource
  void what_a_filter_ends_is_let_go(EventContainer container) throws Exception {
    for (Misdeed misdeed : Misdeed.values()) {
      EventStreamServlet servlet = news.servlet();
      Filter ending =
          (request, response, chain) -> {
            chain.doFilter(request, response);
            misdeed.after(request, (HttpServletResponse) response);
          };
      try (CapturedLog log = new CapturedLog();
          RunningServer server = container.start(servlet, ending, true)) {
        for (int i = 0; i < 3; i++) {
          try (EventStreamClient client = new EventStreamClient(server)) {
            client.rest();
          }
        }
        Await.until(misdeed + " to be let go", () -> servlet.size() == 0 && news.limit.open() == 0);
        news.assertNothingIsLeft(servlet, server);
      }
    }
  }
}
