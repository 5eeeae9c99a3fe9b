package io.github.upgradehandler.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** Upgrades, and echoes bytes; tells of every end of an input. */
final class RawEcho extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** A byte that makes the echo close the connection from within the read callback. */
  static final byte CLOSE = '!';

  /** What the listeners heard of ends: "end", or the class of the error. */
  final transient BlockingQueue<String> ends = new LinkedBlockingQueue<>();

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException, ServletException {
    if (request.getHeader("Upgrade") == null || request.getParameter("refuse") != null) {
      response.setStatus(426);
      byte[] body = "no upgrade".getBytes(ISO_8859_1);
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
      return;
    }
    response.setStatus(101);
    response.setHeader("Upgrade", "websocket");
    response.setHeader("Connection", "Upgrade");
    request.upgrade(Tunnel.class).bind(request, ends);
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = request.getInputStream().readAllBytes();
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** One echoing connection; its calls come one at a time. */
  public static final class Tunnel implements HttpUpgradeHandler, ReadListener, WriteListener {
    private final byte[] bytes = new byte[16 * 1024];
    private BlockingQueue<String> ends;
    private HttpServletRequest request;
    private WebConnection connection;
    private ServletInputStream in;
    private ServletOutputStream out;

    void bind(HttpServletRequest upgraded, BlockingQueue<String> toldOfEnds) throws IOException {
      request = upgraded;
      ends = toldOfEnds;
      start();
    }

    @Override
    public void init(WebConnection opened) {
      connection = opened;
      try {
        start();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    // Jetty 12.1.0 calls init from within upgrade, later ones after the servlet.
    private void start() throws IOException {
      if (connection == null || request == null) {
        return;
      }
      // Jetty would end the connection after 30 s otherwise.
      request.getAsyncContext().setTimeout(0);
      in = connection.getInputStream();
      out = connection.getOutputStream();
      in.setReadListener(this);
      out.setWriteListener(this);
    }

    @Override
    public void onDataAvailable() throws IOException {
      echo();
    }

    @Override
    public void onWritePossible() throws IOException {
      echo();
    }

    private synchronized void echo() throws IOException {
      while (out.isReady() && in.isReady() && !in.isFinished()) {
        int count = in.read(bytes);
        if (count < 0) {
          return;
        }
        out.write(Arrays.copyOf(bytes, count));
        if (out.isReady()) {
          out.flush();
        }
        if (bytes[0] == CLOSE) {
          close();
          return;
        }
      }
    }

    @Override
    public void onAllDataRead() {
      ends.add("end");
      close();
    }

    @Override
    public void onError(Throwable failure) {
      ends.add(failure.getClass().getSimpleName());
      close();
    }

    private void close() {
      try {
        connection.close();
      } catch (Exception e) {
        ends.add("close: " + e);
      }
    }

    @Override
    public void destroy() {}
  }
}
