package io.github.upgradehandler.sample.talk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.jetty.UpgradeInputHandler;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chat by Socket.IO, packet by packet. */
class TalkTest {

  private final Server server = new Server();
  private final ServerConnector connector = new ServerConnector(server);
  private final List<TalkClient> clients = new ArrayList<>();

  @BeforeEach
  void start() throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletHolder holder = new ServletHolder(new TalkServlet());
    holder.setAsyncSupported(true);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(holder, "/socket.io/*");
    server.setHandler(new UpgradeInputHandler(context));
    server.start();
  }

  @AfterEach
  void stop() throws Exception {
    clients.forEach(TalkClient::close);
    server.stop();
  }

  private TalkClient connect(String auth) throws Exception {
    URI uri =
        URI.create(
            "ws://127.0.0.1:" + connector.getLocalPort() + "/socket.io/?EIO=4&transport=websocket");
    TalkClient client = new TalkClient(uri);
    clients.add(client);
    client.send("40" + auth.replace('\'', '"'));
    return client;
  }

  private TalkClient inLobby(String name) throws Exception {
    TalkClient client = connect("{'name':'" + name + "','rooms':['lobby']}");
    client.await("42['joined',{'room':'lobby'");
    return client;
  }

  @Test
  void whoever_comes_is_told_the_name_and_who_is_where() throws Exception {
    TalkClient ann = connect("{'name':' An<n> ','rooms':['lobby']}");
    assertThat(ann.await("42['welcome'")).contains("\"name\":\"Ann\",\"pingInterval\":3000");
    ann.await("42['present',{'lobby':['Ann']}");
    TalkClient bob = inLobby("Bob");
    ann.await("42['present',{'lobby':['Ann','Bob']}");
    bob.close();
    ann.await("42['present',{'lobby':['Ann']}");
  }

  @Test
  void without_a_name_one_is_a_guest() throws Exception {
    assertThat(connect("").await("42['welcome'")).contains("\"name\":\"guest-");
  }

  @Test
  void a_line_is_said_once_under_its_id() throws Exception {
    TalkClient ann = inLobby("Ann");
    TalkClient bob = inLobby("Bob");
    ann.send("421['say',{'room':'lobby','id':'x','text':' one '}]");
    String first = ann.await("431[{'at':").substring(3);
    ann.send("422['say',{'room':'lobby','id':'x','text':'one'}]");
    assertThat(ann.await("432[{'at':").substring(3)).isEqualTo(first);
    ann.send("423['say',{'room':'lobby','id':'y','text':'two'}]");
    assertThat(bob.await("42['said'")).contains("\"author\":\"Ann\",\"text\":\"one\"");
    assertThat(bob.await("42['said'")).contains("\"text\":\"two\"");
    assertThat(inLobby("Cay").lastAwaited()).contains("\"one\"", "\"two\"");
  }

  @Test
  void what_is_said_to_one_comes_to_all_its_connections_and_to_no_other() throws Exception {
    TalkClient ann = inLobby("Ann");
    TalkClient annAgain = inLobby("Ann");
    TalkClient bob = connect("{'name':'Bob'}");
    bob.await("42['welcome'");
    TalkClient cay = inLobby("Cay");
    ann.await("42['present',{'lobby':['Ann','Cay']}");
    ann.send("421['whisper',{'to':'Bob','id':'x','text':'psst'}]");
    ann.await("431[{'at':");
    String whispered = "42['whispered',{'to':'Bob','line':{'id':'x','author':'Ann','text':'psst'";
    bob.await(whispered);
    annAgain.await(whispered);
    ann.send("42['say',{'room':'lobby','id':'y','text':'loud'}]");
    cay.await("42['said'");
    assertThat(cay.seen()).noneMatch(packet -> packet.contains("psst"));
  }

  @Test
  void a_receipt_comes_to_the_author() throws Exception {
    TalkClient ann = inLobby("Ann");
    TalkClient bob = inLobby("Bob");
    bob.send("421['got',{'author':'Ann','id':'x'}]");
    bob.await("431[{}]");
    ann.await("42['got',{'id':'x','by':'Bob'}");
  }

  @Test
  void of_typing_the_others_are_told() throws Exception {
    TalkClient ann = inLobby("Ann");
    TalkClient bob = inLobby("Bob");
    bob.send("42['typing','lobby']");
    ann.await("42['typing','lobby','Bob'");
  }

  @Test
  void a_room_is_left() throws Exception {
    TalkClient ann = inLobby("Ann");
    ann.send("421['leave','lobby']");
    ann.await("431[{}]");
    ann.await("42['present',{}");
    ann.send("422['say',{'room':'lobby','id':'x','text':'hello?'}]");
    ann.await("432[{'problem':'not in that room'}]");
  }

  @Test
  void rooms_that_cannot_be_are_refused_where_they_are_asked_for() throws Exception {
    TalkClient ann = connect("{'name':'Ann','rooms':['<b>','lobby',1]}");
    ann.await("42['refused','<b>','a room has a name of ");
    ann.await("42['joined',{'room':'lobby'");
    ann.send("421['join','']");
    ann.await("431[{'problem':'a room has a name of ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '^',
      value = {
        "['say',{'room':'lobby','id':'x','text':'  '}]   | a line has 1 to 2000 characters",
        "['say',{'room':'lobby','id':'','text':'a'}]     | an id has 1 to 64 characters",
        "['say',{'room':'garden','id':'x','text':'a'}]   | not in that room",
        "['say',{'room':'lobby','id':'x','words':'a'}]   | argument 0 is no Say: ",
        "['say']                                         | argument 0 of an event that has 0",
        "['join',{}]                                     | argument 0 is no text",
        "['typing','garden']                             | not in that room",
        "['whisper',{'to':'Zoe','id':'x','text':'a'}]    | Zoe is not here",
        "['got',{'author':'Ann'}]                        | an id has 1 to 64 characters",
      })
  void what_is_not_done_is_answered_with_the_reason(String event, String reason) throws Exception {
    TalkClient ann = inLobby("Ann");
    ann.send("421" + event);
    ann.await("431[{'problem':'" + reason);
  }
}
