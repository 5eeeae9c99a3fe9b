package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.testing.ClientFrames.binary;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.Conversation;
import io.github.upgradehandler.ConversationBody;
import io.github.upgradehandler.Message;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.example.DialogueServlet;
import io.github.upgradehandler.testing.ClientFrames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** The blocking style over sockets. On virtual threads, where the JDK has them. */
@ParameterizedClass(name = "{0}")
@EnumSource
@Timeout(120)
class ConversationServletTest {

  /** The containers that are tried. */
  enum Server {
    JETTY {
      @Override
      RunningServer start(WebSocketServlet servlet) throws Exception {
        return new ServletServer(servlet, Map.of());
      }
    },
    TOMCAT {
      @Override
      RunningServer start(WebSocketServlet servlet) throws Exception {
        return new TomcatServer(servlet, "/socket", Map.of());
      }
    },
    UNDERTOW {
      @Override
      RunningServer start(WebSocketServlet servlet) throws Exception {
        return new UndertowServer(servlet, "/socket", Map.of());
      }
    };

    abstract RunningServer start(WebSocketServlet servlet) throws Exception;
  }

  private final Server kind;
  private final List<AutoCloseable> opened = new ArrayList<>();
  private final ExecutorService threads = threads();
  private final BlockingQueue<CloseEvent> ends = new LinkedBlockingQueue<>();
  private RunningServer server;

  ConversationServletTest(Server kind) {
    this.kind = kind;
  }

  private static ExecutorService threads() {
    if (Runtime.version().feature() < 21) {
      return Executors.newCachedThreadPool();
    }
    try {
      return (ExecutorService)
          Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("virtual threads", e);
    }
  }

  private void echo(Conversation conversation) throws InterruptedException {
    conversation.socket().whenClosed().thenAccept(ends::add);
    for (Message message : conversation) {
      conversation.send(message);
    }
  }

  private void serve(ConversationBody body) throws Exception {
    WebSocketHandler handler = Conversation.handler(threads, body);
    serve(new WebSocketServlet(handshake -> handler));
  }

  private void serve(WebSocketServlet servlet) throws Exception {
    server = kind.start(servlet);
  }

  private RawClient open() throws IOException {
    RawClient client = new RawClient(server.port(), 0);
    opened.add(client);
    client.open();
    return client;
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable client : opened) {
      client.close();
    }
    server.close();
    threads.shutdown();
    assertThat(threads.awaitTermination(20, TimeUnit.SECONDS)).as("conversations end").isTrue();
  }

  @Test
  void an_echo_of_many_messages_comes_back_in_order() throws Exception {
    serve(this::echo);
    RawClient client = open();
    int messages = 10_000;
    byte[][] frames = new byte[messages][];
    for (int i = 0; i < messages; i++) {
      frames[i] = text(Integer.toString(i));
    }
    Thread sending = sending(client, frames);
    for (int i = 0; i < messages; i++) {
      assertThat(client.next().text()).isEqualTo(Integer.toString(i));
    }
    sending.join();
    client.send(ClientFrames.close(1000, ""));
    assertThat(client.next()).hasToString("close 1000");
    assertThat(ends.poll(20, TimeUnit.SECONDS).code()).isEqualTo(1000);
  }

  @Test
  void an_echo_of_large_messages_comes_back_from_a_client_that_reads_late() throws Exception {
    serve(this::echo);
    RawClient client = open();
    int messages = 200;
    byte[] payload = new byte[60_000];
    new Random(1).nextBytes(payload);
    byte[][] frames = new byte[messages][];
    Arrays.fill(frames, binary(payload));
    Thread sending = sending(client, frames);
    sending.join(500);
    for (int i = 0; i < messages; i++) {
      assertThat(client.next().payload()).isEqualTo(payload);
    }
    sending.join();
  }

  private static Thread sending(RawClient client, byte[][] frames) {
    Thread sending =
        new Thread(
            () -> {
              try {
                client.send(frames);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    sending.start();
    return sending;
  }

  @Test
  void connections_do_not_wait_for_each_other() throws Exception {
    serve(this::echo);
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      clients.add(open());
    }
    for (int i = 99; i >= 0; i--) {
      clients.get(i).send(text("hello " + i));
      assertThat(clients.get(i).next()).hasToString("text hello " + i);
    }
  }

  @Test
  void undeploying_ends_conversations_with_1001() throws Exception {
    serve(this::echo);
    RawClient client = open();
    client.send(text("a"));
    assertThat(client.next()).hasToString("text a");
    Thread undeploying =
        new Thread(
            () -> {
              try {
                server.undeploy();
              } catch (Exception e) {
                throw new AssertionError(e);
              }
            });
    undeploying.start();
    assertThat(client.next()).hasToString("close 1001 server shuts down");
    client.answerClose(1001);
    assertThat(ends.poll(20, TimeUnit.SECONDS).code()).isEqualTo(1001);
    undeploying.join();
  }

  @Test
  void the_example_asks_for_a_name() throws Exception {
    serve(new DialogueServlet());
    RawClient client = open();
    assertThat(client.next()).hasToString("text your name?");
    client.send(text("ann"));
    client.send(text("hello"), binary(new byte[1]));
    assertThat(client.next()).hasToString("text ann: hello");
    assertThat(client.next()).hasToString("text ann: (binary)");
    client.send(ClientFrames.close(1000, ""));
    assertThat(client.next()).hasToString("close 1000");
  }

  @Test
  void the_example_gives_up_a_client_that_says_no_name() throws Exception {
    serve(new DialogueServlet());
    RawClient client = open();
    assertThat(client.next()).hasToString("text your name?");
    assertThat(client.next()).hasToString("close 1008 no name");
  }
}
