package io.github.upgradehandler.socketio.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A request to a servlet, and its response, without a container. */
public final class DirectExchange {

  private final ByteArrayOutputStream body = new ByteArrayOutputStream();
  private final CompletableFuture<String> answer = new CompletableFuture<>();
  private final String method;
  private final String query;
  private final byte[] posted;
  private boolean async;

  private DirectExchange(String method, String query, byte[] posted) {
    this.method = method;
    this.query = query;
    this.posted = posted;
  }

  /** The body of the answer, which may come later. */
  public static CompletableFuture<String> get(HttpServlet servlet, String query)
      throws ServletException, IOException {
    return new DirectExchange("GET", query, new byte[0]).send(servlet);
  }

  /** The same of a POST. */
  public static CompletableFuture<String> post(HttpServlet servlet, String query, String body)
      throws ServletException, IOException {
    return new DirectExchange("POST", query, body.getBytes(UTF_8)).send(servlet);
  }

  private CompletableFuture<String> send(HttpServlet servlet) throws ServletException, IOException {
    servlet.service(request(), response());
    if (!async) {
      complete();
    }
    return answer;
  }

  private void complete() {
    answer.complete(body.toString(UTF_8));
  }

  private HttpServletRequest request() {
    return proxy(
        HttpServletRequest.class,
        (name, args) ->
            switch (name) {
              case "getMethod" -> method;
              case "getQueryString" -> query;
              case "getRequestURI" -> "/socket.io/";
              case "getServletPath" -> "/socket.io";
              case "getContextPath" -> "";
              case "getPathInfo" -> "/";
              case "getRemoteAddr" -> "127.0.0.1";
              case "getHeaders", "getHeaderNames", "getAttributeNames" ->
                  Collections.emptyEnumeration();
              case "getParameterMap" -> Map.of();
              case "isAsyncSupported" -> true;
              case "getContentLengthLong" -> (long) posted.length;
              case "getInputStream" -> new Input(posted);
              case "startAsync" -> startAsync();
              default -> null;
            });
  }

  private AsyncContext startAsync() {
    async = true;
    return proxy(
        AsyncContext.class,
        (name, args) -> {
          if (name.equals("complete")) {
            complete();
          } else if (name.equals("start")) {
            ((Runnable) args[0]).run();
          }
          return null;
        });
  }

  private HttpServletResponse response() {
    return proxy(
        HttpServletResponse.class,
        (name, args) -> name.equals("getOutputStream") ? new Output(body) : null);
  }

  /** What methods return; null stands for zero and false too. */
  private interface Methods {
    Object call(String name, Object[] args);
  }

  private static <T> T proxy(Class<T> type, Methods methods) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              Object result = methods.call(method.getName(), args);
              if (result != null || !method.getReturnType().isPrimitive()) {
                return result;
              }
              return zero(method.getReturnType());
            }));
  }

  private static Object zero(Class<?> type) {
    if (type == boolean.class) {
      return false;
    }
    if (type == long.class) {
      return 0L;
    }
    return type == int.class ? 0 : null;
  }

  private static final class Input extends ServletInputStream {

    private final ByteArrayInputStream bytes;

    Input(byte[] bytes) {
      this.bytes = new ByteArrayInputStream(bytes);
    }

    @Override
    public int read() {
      return bytes.read();
    }

    @Override
    public int read(byte[] target, int from, int length) {
      return bytes.read(target, from, length);
    }

    @Override
    public boolean isFinished() {
      return bytes.available() == 0;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setReadListener(ReadListener listener) {}
  }

  private static final class Output extends ServletOutputStream {

    private final ByteArrayOutputStream bytes;

    Output(ByteArrayOutputStream bytes) {
      this.bytes = bytes;
    }

    @Override
    public void write(int b) {
      bytes.write(b);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}
  }
}
