package io.github.upgradehandler.socketio.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.socketio.SocketIoConfig;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Polls that wait when a client changes to its WebSocket. The lock keeps the timer away. */
class OvertakingPollTest {

  private final EngineWork work = new EngineWork("test", null);
  private final EngineSession session =
      new EngineSession(
          EngineProtocol.V4,
          false,
          new Handshake.Builder("/").build(),
          SocketIoConfig.defaults(),
          work,
          () -> {},
          forgotten -> {});
  private final EngineOutput output = session.output();
  private final WebSocket socket = proxy(WebSocket.class, Map.of());
  private final List<Object> done = new ArrayList<>();
  private final ByteArrayOutputStream body = new ByteArrayOutputStream();

  @AfterEach
  void stop() {
    session.discard();
    work.close();
  }

  @Test
  void oneOfBeforeTheProbeIsTold() {
    synchronized (output) {
      output.probe(socket);
      assertThat(output.poll(poll())).isEqualTo(EngineOutput.Polled.TAKEN);
      output.probed(socket);
      assertThat(output.upgrade(socket)).isTrue();
    }
    assertThat(body).hasToString("6");
    assertThat(done).containsExactly("completed");
  }

  @Test
  void oneThatHasOvertakenTheChangeIsRefused() {
    synchronized (output) {
      output.probe(socket);
      output.probed(socket);
      assertThat(output.poll(poll())).isEqualTo(EngineOutput.Polled.TAKEN);
      assertThat(output.upgrade(socket)).isTrue();
    }
    assertThat(body).hasToString("{\"code\":3,\"message\":\"Bad request\"}");
    assertThat(done).containsExactly(400, "completed");
  }

  private Poll poll() {
    AsyncContext async =
        proxy(AsyncContext.class, Map.of("complete", (proxy, method, args) -> add("completed")));
    HttpServletRequest request =
        proxy(HttpServletRequest.class, Map.of("startAsync", (proxy, method, args) -> async));
    HttpServletResponse response =
        proxy(
            HttpServletResponse.class,
            Map.of(
                "setStatus", (proxy, method, args) -> add(args[0]),
                "getOutputStream", (proxy, method, args) -> new Output(body)));
    return new Poll(
        new Exchange(request, response),
        EngineProtocol.V4,
        false,
        SocketIoConfig.defaults(),
        () -> add("failed"));
  }

  private Object add(Object event) {
    done.add(event);
    return event;
  }

  /** Answers some methods; the others return nothing. */
  private static <T> T proxy(Class<T> type, Map<String, InvocationHandler> methods) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              InvocationHandler handler = methods.get(method.getName());
              Object result = handler == null ? null : handler.invoke(proxy, method, args);
              return method.getReturnType() == void.class ? null : result;
            }));
  }

  private static final class Output extends ServletOutputStream {

    private final ByteArrayOutputStream body;

    Output(ByteArrayOutputStream body) {
      this.body = body;
    }

    @Override
    public void write(int b) {
      body.write(b);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}
  }
}
